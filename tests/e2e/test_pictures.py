"""The pictures of docs/screenshots: each feature of the chat as people meet it, Korean and English, desktop and phone.

Run by ``make screenshots`` alone: what they show is asserted elsewhere. Each page that is pictured must fit its window
and hold no barrier.
"""

from __future__ import annotations

import pytest
from chat_page import ChatPage, OpenPage
from chat_process import ChatProcess
from pictures import Shoot
from playwright.sync_api import expect

DESKTOP, PHONE = 1280, 390
PARKS = {
    "ko": "금천구 주변에 걷기 좋은 공원 있는 아파트 알려줘",
    "en": "Which apartments in Geumcheon-gu have a park within walking distance?",
}
LOCALES = {"ko": "ko-KR", "en": "en-US"}


def _fits(page: ChatPage) -> None:
    width = page.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert width <= 0, f"the page is {width} px wider than its window"
    assert page.violations() == []


@pytest.mark.parametrize(("language", "width"), [("ko", DESKTOP), ("en", PHONE)])
def test_welcome(composed_chat: ChatProcess, open_page: OpenPage, shoot: Shoot, language: str, width: int) -> None:
    page = open_page(composed_chat.url, LOCALES[language], width=width)
    _fits(page)
    shoot(page, f"welcome-{language}-{_device(width)}")


@pytest.mark.parametrize(("language", "width"), [("ko", DESKTOP), ("en", DESKTOP), ("ko", PHONE), ("en", PHONE)])
def test_answer(composed_chat: ChatProcess, open_page: OpenPage, shoot: Shoot, language: str, width: int) -> None:
    """Chips, answer, evidence at the side; then the homes as cards, compared."""
    page = open_page(composed_chat.url, LOCALES[language], width=width)
    page.ask(PARKS[language])
    _fits(page)
    shoot(page, f"answer-{language}-{_device(width)}", page.questions.last)
    for number in range(2):
        page.cards.nth(number).get_by_role("checkbox").check()
    page.page.get_by_role("button", name={"ko": "비교하기", "en": "Compare"}[language], exact=True).click()
    _fits(page)
    shoot(page, f"compare-{language}-{_device(width)}", page.page.locator(".candidates").last)
    page.open_citation()
    _fits(page)
    shoot(page, f"evidence-{language}-{_device(width)}", page.questions.last)


def test_feedback(composed_chat: ChatProcess, open_page: OpenPage, shoot: Shoot) -> None:
    page = open_page(composed_chat.url, LOCALES["en"], width=PHONE)
    page.ask("What is the national standard size (국민평형) of an apartment?")
    page.page.get_by_role("button", name="Not helpful").click()
    page.page.get_by_label("Something is missing").check()
    _fits(page)
    shoot(page, "feedback-en-phone")


@pytest.mark.parametrize("width", [DESKTOP, PHONE])
def test_page_of_a_pdf(scripted_chat: ChatProcess, open_page: OpenPage, shoot: Shoot, width: int) -> None:
    page = open_page(scripted_chat.url, LOCALES["en"], width=width)
    page.ask("By the pdf, how long may guests stay?")
    page.open_citation()
    expect(page.panel.get_by_role("img", name="page 2")).to_be_visible()
    _fits(page)
    shoot(page, f"pdf-en-{_device(width)}")


@pytest.mark.parametrize(("language", "width"), [("ko", DESKTOP), ("en", PHONE)])
def test_conditions(composed_chat: ChatProcess, open_page: OpenPage, shoot: Shoot, language: str, width: int) -> None:
    """A chip that is being changed, and the panel that mirrors the chips."""
    page = open_page(composed_chat.url, LOCALES[language], width=width)
    page.ask(PARKS[language])
    page.chips.first.get_by_role("button").first.click()
    _fits(page)
    shoot(page, f"chip-{language}-{_device(width)}", page.questions.last)
    page.conditions.click()
    expect(page.page.get_by_role("dialog")).to_be_visible()
    _fits(page)
    shoot(page, f"panel-{language}-{_device(width)}")


def test_change_of_topic(composed_chat: ChatProcess, open_page: OpenPage, shoot: Shoot) -> None:
    page = open_page(composed_chat.url, LOCALES["ko"])
    page.ask("철산자이 더 헤리티지 입주 언제야?")
    page.ask("중고 자전거 있어?")
    expect(page.page.get_by_role("button", name="새 주제로")).to_be_visible()
    _fits(page)
    shoot(page, "new-topic-ko-desktop", page.questions.first)


def _device(width: int) -> str:
    return "phone" if width == PHONE else "desktop"
