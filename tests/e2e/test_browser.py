"""``budongi up`` on the sample corpus, in a browser: a question, the stream's end, a citation, its evidence."""

from __future__ import annotations

import re

import httpx
import pytest
from chat_page import OpenPage
from chat_process import ChatProcess
from playwright.sync_api import expect

from assistant.domain import Language
from assistant.entrypoints.chat.texts import texts
from ingest.reading import SAMPLES

KOREAN = "금천구 주변에 걷기 좋은 공원 있는 아파트 알려줘"
ENGLISH = "Which apartments in Geumcheon-gu have a park within walking distance?"
LOCAL_ANSWER_SECONDS = 120


@pytest.fixture(params=["none", "local"])
def chat(request: pytest.FixtureRequest) -> ChatProcess:
    """The chat without a model, then with the real local one."""
    chat: ChatProcess = request.getfixturevalue("composed_chat" if request.param == "none" else "local_chat")
    return chat


def test_korean_question_is_answered_with_evidence(chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(chat.url, "ko-KR")
    answer = page.ask(KOREAN, LOCAL_ANSWER_SECONDS)
    assert "공원" in answer
    assert re.search(r"\d+\s?m", answer), "no distance in the answer"
    panel = page.open_citation()
    assert "금천구" in panel or "공원" in panel
    quote = page.panel.locator("blockquote").inner_text().strip()
    # Once as the quotation, once in bold within its paragraph.
    assert page.panel.get_by_text(quote, exact=True).count() == 2, "the cited sentence is not marked in its paragraph"
    link = page.panel.get_by_role("link", name="청약홈에서 공고 보기")
    assert "houseManageNo=" in (link.get_attribute("href") or "")


def test_step_shows_what_was_understood_and_found(composed_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(composed_chat.url, "ko-KR")
    page.ask(KOREAN)
    step = page.open_step()
    assert "금천구" in step
    assert "직선거리 800m 이내 ← “걷기 좋은" in step
    assert "찾은 문서" in step


def test_english_question_is_answered_with_english_evidence(chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(chat.url, "en-US")
    answer = page.ask(ENGLISH, LOCAL_ANSWER_SECONDS)
    assert "park" in answer.lower()
    assert re.search(r"\d+\s?m\b", answer), "no distance in the answer"
    page.open_citation()
    quote = page.panel.locator("blockquote").inner_text()
    assert "straight line" in quote
    assert not re.search(r"[가-힣]{4,}", quote), "evidence for an English answer is in Korean"


def test_every_citation_of_an_answer_opens_its_own_evidence(composed_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(composed_chat.url, "ko-KR")
    page.ask(KOREAN)
    quotes = set()
    for index in range(page.citations.count()):
        page.open_citation(index)
        quotes.add(page.panel.locator("blockquote").inner_text())
    assert len(quotes) == len(set(page.citations.all_inner_texts())) > 1


def test_homes_that_were_found_are_steered_with_clicks(composed_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(composed_chat.url, "ko-KR")
    page.ask(KOREAN)
    assert [chip.partition(":")[0] for chip in page.chips.all_inner_texts()] == ["지역", "걷기 좋은 공원 가까움"]
    for number in range(2):
        page.cards.nth(number).get_by_role("checkbox").check()
    page.page.get_by_role("button", name="비교하기").click()
    expect(page.page.get_by_role("region", name="단지 비교")).to_be_visible()
    names = page.cards.locator("div").first.inner_text()
    page.chips.first.get_by_role("button", name="빼고 다시 찾기").click()
    expect(page.messages).to_have_count(2)
    expect(page.understood).to_have_count(2)
    assert "지역" not in " ".join(page.chips.all_inner_texts())
    expect(page.page.locator(".candidates")).to_have_count(2)
    page.page.get_by_label("빠진 단지가 있나요?").first.fill(names)
    page.page.get_by_role("button", name="왜 빠졌나요?").first.click()
    expect(page.messages).to_have_count(3)
    expect(page.last_message).to_contain_text(names)


def test_page_fits_a_phone(composed_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(composed_chat.url, "en-US", width=390)
    page.ask(ENGLISH)
    assert page.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.violations() == []


def test_question_beyond_the_documents_is_not_answered(chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(chat.url, "ko-KR")
    answer = page.ask("달나라 무지개아파트 주차 대수가 몇 대야?", LOCAL_ANSWER_SECONDS)
    assert page.citations.count() == 0
    assert not re.search(r"\d+\s?대", answer)


def test_follow_up_question_is_about_the_same_place(composed_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(composed_chat.url, "ko-KR")
    page.ask("한신더휴 하이엔에듀포레 입주는 언제야?")
    answer = page.ask("거기는 총 몇 세대야?")
    assert re.search(r"\d+\s?세대", answer)
    assert "한신더휴 하이엔에듀포레" in answer


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_starter_is_answered_with_evidence(composed_chat: ChatProcess, language: Language) -> None:
    """Notices, help-centre answers and marketplace posts. That the page asks them is the scripted chat's test."""
    for domain, starters in texts(language).starters.items():
        for starter in starters:
            asked = {"question": starter["message"], "domain": domain}
            answer = httpx.post(f"{composed_chat.url}/v1/ask", json=asked, timeout=60).json()
            assert answer["citations"], starter["message"]


def test_panel_of_a_post_names_file_and_line(composed_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(composed_chat.url, "ko-KR")
    page.choose_profile("listing")
    page.ask(texts("ko").starters["listing"][0]["message"])
    panel = page.open_citation()
    assert str(SAMPLES) not in panel, "where files lie on the server is nobody's business"
    assert re.search(r"\w+\.jsonl, \d+번째 줄$", panel.strip()), panel


def test_two_complexes_of_a_list_are_compared(composed_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(composed_chat.url, "ko-KR")
    page.ask(KOREAN)
    answer = page.ask("둘 중 어디가 더 싸?")
    assert re.search(r"보다 \d.*원 더 쌉니다", answer)


def test_nothing_is_written_where_budongi_was_started(composed_chat: ChatProcess) -> None:
    assert list(composed_chat.folder.iterdir()) == []
