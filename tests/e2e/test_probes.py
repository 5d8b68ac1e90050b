"""Whether the server lives and can answer, as a supervisor asks, and what is at an address that is none."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import psutil
import pytest
from chat_page import OpenPage
from chat_process import ChatProcess
from playwright.sync_api import expect

PAGES = ["/", "/login", "/login/callback", "/thread", "/thread/1", "/element/1", "/env"]
NO_PAGES = ["/nowhere", "/share/1", "/.env", "/wp-admin/setup.php", "/healthz/more", "/docs", "/thread/1/2"]


@contextmanager
def _stopped(home: Path) -> Iterator[None]:
    """Postgres and its sessions are there meanwhile, and answer nobody."""
    server = psutil.Process(int((home / "postgres" / "data" / "postmaster.pid").read_text().split("\n", 1)[0]))
    processes = [server, *server.children()]
    for process in processes:
        process.suspend()
    try:
        yield
    finally:
        for process in processes:
            process.resume()


def test_probes_say_whether_questions_can_be_answered(composed_chat: ChatProcess, sample_home: Path) -> None:
    def probe(path: str) -> httpx.Response:
        return httpx.get(f"{composed_chat.url}{path}", headers={"accept": "text/html, */*"}, timeout=60)

    for path in ("/healthz", "/readyz", "/health"):
        assert probe(path).status_code == 200, path
    with _stopped(sample_home):
        with ThreadPoolExecutor(20) as many:
            replies = list(many.map(probe, ["/readyz", "/health"] * 10))
        assert {reply.status_code for reply in replies} == {503}
        assert replies[0].json()["status"] == "unavailable"
        assert str(sample_home) not in replies[0].text
        told = httpx.post(f"{composed_chat.url}/v1/ask", json={"question": "광명시 아파트 알려 주세요."}, timeout=20)
        assert told.status_code == 503
        assert "Postgres" in told.text
        assert probe("/healthz").json() == {"status": "ok"}
    deadline = time.monotonic() + 60
    while probe("/readyz").status_code != 200 and time.monotonic() < deadline:
        pass  # each waits for the store itself
    assert probe("/readyz").json()["status"] == "ready"


def test_only_pages_are_at_addresses_and_probes_need_no_login(login_chat: ChatProcess) -> None:
    one = httpx.Client(base_url=login_chat.url, headers={"accept": "text/html"})
    for path in PAGES:
        page, head = one.get(path), one.head(path)
        assert (page.status_code, page.headers["content-type"][:9]) == (200, "text/html"), path
        assert (head.status_code, head.text, head.headers["content-type"][:9]) == (200, "", "text/html"), path
    for path in NO_PAGES:
        told = one.get(path, headers={"accept": "*/*", "accept-language": "ko"})
        assert (told.status_code, told.json()) == (404, {"detail": "여기에는 아무것도 없습니다."}), path
        assert one.get(path).status_code == one.head(path).status_code == 404, path
    assert one.get("/healthz").json() == {"status": "ok"}
    assert one.head("/healthz").status_code == 200
    # Nothing has been loaded there: nobody gets an answer.
    assert one.get("/readyz").json() == {"status": "unavailable", "reason": "The store holds no documents."}
    assert one.head("/readyz").status_code == one.get("/health").status_code == 503


@pytest.mark.parametrize(
    ("locale", "told", "back"), [("ko-KR", "아무것도 없습니다", "채팅으로"), ("en-US", "nothing here", "To the chat")]
)
def test_who_mistypes_an_address_reads_a_page(
    scripted_chat: ChatProcess, open_page: OpenPage, locale: str, told: str, back: str
) -> None:
    page = open_page(scripted_chat.url, locale)
    page.page.goto(f"{scripted_chat.url}/nowhere")
    expect(page.page.get_by_text(told)).to_be_visible()
    assert page.violations() == []
    page.page.get_by_role("link", name=back).click()
    expect(page.starters.first).to_be_enabled(timeout=30_000)
