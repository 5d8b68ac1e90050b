"""The chat's page against an assistant that plays a script: streaming, stopping, failing, and what documents may do."""

from __future__ import annotations

import socket
import sys
import time
from pathlib import Path

import httpx
import pytest
from chat_page import OpenPage
from chat_process import ChatProcess, chat_process
from playwright.sync_api import expect

from assistant.domain import Language
from assistant.entrypoints.chat.texts import texts
from assistant.entrypoints.server import serve
from assistant.errors import BudongiError
from assistant.settings import Settings


def test_answer_cites_evidence_that_opens_at_the_side(scripted_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(scripted_chat.url, "en-US")
    assert "59~84 ㎡ at 3~4억" in page.ask("Which complex?")
    assert page.panel.count() == 0, "the side panel opened before anybody asked for it"

    panel = page.open_citation()
    for expected in ("Complex A", "가 단지", "512 units", "A second sentence.", "notices.csv"):
        assert expected in panel
    link = page.panel.get_by_role("link")
    assert link.get_attribute("href") == (
        "https://www.applyhome.co.kr/ai/aia/selectAPTLttotPblancDetail.do?houseManageNo=1&pblancNo=1"
    )
    assert page.page.locator(".message-content del").count() == 0, "a range was read as strike-through"


@pytest.mark.parametrize("width", [1280, 390])
def test_citation_of_a_pdf_opens_at_its_page(scripted_chat: ChatProcess, open_page: OpenPage, width: int) -> None:
    page = open_page(scripted_chat.url, "en-US", width=width)
    page.ask("In the pdf?")
    assert page.panel.count() == 0, "the side panel opened before anybody asked for it"
    panel = page.open_citation()
    assert "notice.pdf, page 2" in panel
    assert "/srv/private" not in panel, "the page tells where files lie on the server"
    picture = page.panel.get_by_role("img", name="page 2")
    expect(picture).to_be_visible()
    wide_enough = [picture.element_handle(), 0.5 * min(width, 480)]
    page.page.wait_for_function("([one, least]) => one.clientWidth > least", arg=wide_enough)  # the panel slides in
    shown = picture.evaluate("(one) => [one.naturalWidth, one.clientWidth, one.clientHeight]")
    assert shown[0] == 1000
    assert shown[2] == pytest.approx(1.414 * shown[1], rel=0.02), "the page is squeezed"
    assert page.violations() == []
    alone = page.panel.get_by_role("link", name="Page 2 by itself, larger").get_attribute("href") or ""
    address = scripted_chat.url + alone
    assert httpx.get(address).headers["content-type"] == "image/png"
    assert httpx.get(address.partition("?")[0]).status_code >= 400, "others' files are given away"


def test_notes_say_that_the_answer_is_degraded_and_what_was_left_out(
    scripted_chat: ChatProcess, open_page: OpenPage
) -> None:
    answer = open_page(scripted_chat.url, "en-US").ask("Which complex?")
    assert "No language model wrote this" in answer
    assert "1 sentence(s) were left out" in answer


def test_stop_button_stops_the_generation(scripted_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(scripted_chat.url, "ko-KR")
    closed = scripted_chat.printed.count("generator closed")
    page.send("slow")
    expect(page.last_message).to_contain_text("Sentence 3.", timeout=20_000)
    page.stop_button.click()
    expect(page.page.get_by_text("답변을 멈췄습니다")).to_be_visible()
    deadline = time.monotonic() + 5
    while scripted_chat.printed.count("generator closed") == closed and time.monotonic() < deadline:
        time.sleep(0.05)
    assert scripted_chat.printed.count("generator closed") == closed + 1
    expect(page.stop_button).to_have_count(0)
    page.ask("Which complex?")
    expect(page.last_message).to_contain_text("512 units")


def test_who_waits_for_the_model_is_told_how_many_are_before(scripted_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(scripted_chat.url, "en-US")
    page.send("Which complex, in a crowd?")
    waiting = page.page.get_by_text("questions before yours: 2")
    expect(waiting).to_be_visible()
    expect(page.last_message).to_contain_text("512 units")
    expect(waiting).to_have_count(0)


@pytest.mark.parametrize(
    ("locale", "lead"), [("ko-KR", "이번에는 답하지 못했습니다."), ("en-US", "I could not answer")]
)
def test_known_error_is_a_sentence_in_the_readers_language(
    scripted_chat: ChatProcess, open_page: OpenPage, locale: str, lead: str
) -> None:
    answer = open_page(scripted_chat.url, locale).ask("unavailable")
    assert lead in answer
    assert "Start it, then ask again." in answer


def test_bug_is_an_apology_and_its_trace_goes_to_the_log(scripted_chat: ChatProcess, open_page: OpenPage) -> None:
    answer = open_page(scripted_chat.url, "ko-KR").ask("bug")
    assert "죄송합니다" in answer
    assert "secret" not in answer
    assert "ZeroDivisionError: a secret of the implementation" in scripted_chat.printed


def test_text_from_documents_cannot_load_or_link_anything(scripted_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(scripted_chat.url, "en-US")
    page.ask("hostile")
    assert page.last_message.locator(".message-content img").count() == 0
    assert page.last_message.get_by_role("link", name="here").count() == 0
    assert page.hosts == {"127.0.0.1"}


def test_earlier_turns_are_passed_on_and_a_new_chat_forgets_them(
    scripted_chat: ChatProcess, open_page: OpenPage
) -> None:
    page = open_page(scripted_chat.url, "en-US")
    page.ask("Which complex?")
    assert "user=Which complex? / assistant=Complex A has 512 units" in page.ask("recall")
    page.page.locator("#new-chat-button").click()
    page.page.locator("#confirm").click()
    expect(page.starters.first).to_be_enabled()
    assert "Remembered:" in (answer := page.ask("recall"))
    assert "user=" not in answer


@pytest.mark.parametrize(
    ("locale", "starter", "guide"),
    [
        ("ko-KR", "국민평형이 뭐야?", "괄호 안의 숫자"),
        ("ko", "국민평형이 뭐야?", "괄호 안의 숫자"),
        ("en-GB", "What is the national standard size?", "The numbers in brackets"),
    ],
)
def test_page_speaks_the_browsers_language(
    scripted_chat: ChatProcess, open_page: OpenPage, locale: str, starter: str, guide: str
) -> None:
    given = httpx.get(f"{scripted_chat.url}/project/settings", params={"language": locale}).json()["markdown"]
    assert guide in given, "the server gives the page no guide"
    page = open_page(scripted_chat.url, locale)
    assert starter in page.starters.all_inner_texts()
    page.page.locator("#readme-button").click()
    expect(page.page.get_by_role("heading", name=guide)).to_be_visible()


@pytest.mark.parametrize(("locale", "language"), [("ko-KR", "ko"), ("en-US", "en")])
def test_profile_brings_its_starters_and_narrows_the_question(
    scripted_chat: ChatProcess, open_page: OpenPage, locale: str, language: Language
) -> None:
    page = open_page(scripted_chat.url, locale)
    for domain, starters in texts(language).starters.items():
        page.choose_profile(domain)
        assert page.starters.all_inner_texts() == [starter["label"] for starter in starters]
    assert "domain=listing" in page.ask("where")


def test_answer_from_another_section_says_so(scripted_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(scripted_chat.url, "ko-KR")
    assert "다른 메뉴" not in page.ask("Which complex?")
    page = open_page(scripted_chat.url, "ko-KR")
    page.choose_profile("faq")
    assert "another section: Find a home" in page.ask("Which complex?"), "the question's language is English"


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("locale", ["ko-KR", "en-US"])
def test_page_has_no_barrier(scripted_chat: ChatProcess, open_page: OpenPage, locale: str, width: int) -> None:
    page = open_page(scripted_chat.url, locale)
    page.page.set_viewport_size({"width": width, "height": 800})
    assert page.violations() == []
    page.ask("Which complex?")
    assert page.violations() == []
    page.open_citation()
    assert page.violations() == []


def test_enter_that_arrives_twice_asks_once(scripted_chat: ChatProcess, open_page: OpenPage) -> None:
    """As a Korean input method hands it over: the text again, and its last syllable by itself."""
    page = open_page(scripted_chat.url, "ko-KR", echoes=("", "트"))
    page.send("slow 아파트")
    expect(page.last_message).to_contain_text("Sentence 3.", timeout=20_000)
    page.stop_button.click()
    expect(page.page.get_by_text("답변을 멈췄습니다")).to_be_visible()
    expect(page.stop_button).to_have_count(0)
    page.page.wait_for_timeout(500)
    expect(page.messages).to_have_count(2), "the answer, and that it was stopped"
    expect(page.questions).to_have_count(1)


def test_edited_question_takes_back_what_followed(scripted_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(scripted_chat.url, "en-US")
    page.ask("Which complex?")
    page.ask("Which complex, again?")
    page.questions.first.hover()
    page.questions.first.locator(".edit-message").click()
    page.page.locator("#edit-chat-input").fill("recall")
    page.page.locator(".confirm-edit").click()
    expect(page.messages).to_have_count(1)
    expect(page.last_message).to_contain_text("Remembered:")
    assert "user=" not in page.last_message.inner_text()


def test_starter_asks_its_question(scripted_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(scripted_chat.url, "en-US")
    page.starters.last.click()
    expect(page.last_message).to_contain_text("512 units")


def test_other_sites_cannot_use_the_chat(scripted_chat: ChatProcess) -> None:
    socket_io = f"{scripted_chat.url}/ws/socket.io/"
    handshake = {"EIO": "4", "transport": "polling"}
    assert httpx.get(socket_io, params=handshake, headers={"Origin": scripted_chat.url}).status_code == 200
    assert httpx.get(socket_io, params=handshake, headers={"Origin": "http://outside.example"}).status_code == 400
    assert httpx.get(scripted_chat.url, headers={"Host": "outside.example"}).status_code == 400
    assert "frame-ancestors 'none'" in httpx.get(scripted_chat.url).headers["Content-Security-Policy"]


def test_ctrl_c_closes_the_assistant_and_leaves_the_working_directory_clean(tmp_path: Path) -> None:
    home, folder = tmp_path / "home", tmp_path / "folder"
    folder.mkdir()
    script = Path(__file__).with_name("scripted_chat.py")
    with chat_process([sys.executable, str(script), str(home)], folder, {}, 120) as chat:
        assert httpx.get(chat.url).status_code == 200
        assert chat.interrupt() == 0
    assert "assistant closed" in chat.printed
    assert "Traceback" not in chat.printed
    assert list(folder.iterdir()) == []


def test_taken_port_is_an_error_that_says_what_to_do(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(BudongiError, match=rf"Port {port} on 127\.0\.0\.1 cannot be used.*--port {port + 1}"):
            serve(Settings(home=tmp_path), port=port)
