"""A chat that is served to others: nobody uses it without logging in."""

from __future__ import annotations

import pytest
from chat_page import OpenPage
from chat_process import ChatProcess
from people import client
from pictures import Shoot
from playwright.sync_api import expect

# What a browser needs before anybody has logged in; it tells nothing of anybody.
OPEN = ["/", "/auth/config", "/project/translations?language=ko-KR", "/favicon", "/health", "/public/names.js"]
SOCKET = "/ws/socket.io/?EIO=4&transport=polling"


def test_nobody_uses_the_chat_without_logging_in(login_chat: ChatProcess) -> None:
    for one in (client(login_chat), client(login_chat, "kim", "wrong password"), client(login_chat, "nobody")):
        for path in OPEN:
            assert one.get(path).status_code == 200, path
        for path in ("/user", SOCKET):
            assert one.get(path).status_code == 401, path
    assert client(login_chat, "kim").get(SOCKET).status_code == 200


@pytest.mark.parametrize(
    ("locale", "told"),
    [("ko-KR", "이름이나 비밀번호가 맞지 않습니다"), ("en-US", "Name or password is not right")],
)
def test_login_page_has_no_barrier(
    login_chat: ChatProcess, open_page: OpenPage, shoot: Shoot, locale: str, told: str
) -> None:
    page = open_page(login_chat.url, locale, login=("kim", "wrong password"))
    expect(page.page.get_by_text(told)).to_be_visible()
    expect(page.page.locator("[data-sonner-toast]")).to_have_count(0, timeout=15_000)  # Chainlit's own, gone in seconds
    assert page.violations() == []
    shoot(page, f"login-{locale[:2]}-desktop")
