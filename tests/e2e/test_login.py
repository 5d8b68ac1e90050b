"""A chat that is served to others: nobody uses it without logging in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from chat_page import OpenPage
from chat_process import ChatProcess
from command_line import CommandLine
from people import GUESSED, PASSWORD, client
from pictures import Shoot
from playwright.sync_api import expect

# What a browser needs before anybody has logged in; it tells nothing of anybody.
OPEN = ["/", "/auth/config", "/project/translations?language=ko-KR", "/favicon", "/healthz", "/public/names.js"]
SOCKET = "/ws/socket.io/?EIO=4&transport=polling"


def test_nobody_uses_the_chat_without_logging_in(login_chat: ChatProcess) -> None:
    for one in (client(login_chat), client(login_chat, "kim", "wrong password"), client(login_chat, "nobody")):
        for path in OPEN:
            assert one.get(path).status_code == 200, path
        for path in ("/user", SOCKET):
            assert one.get(path).status_code == 401, path
    assert client(login_chat, "kim").get(SOCKET).status_code == 200


@pytest.fixture
def users(login_chat: ChatProcess) -> Iterator[Path]:
    """The file of accounts of the chat, as it is again after the test."""
    path = Path(login_chat.process.args[3])  # type: ignore[index, arg-type]
    before = path.read_bytes()
    yield path
    path.write_bytes(before)


def test_accounts_count_while_the_chat_runs(login_chat: ChatProcess, users: Path) -> None:
    def write(role: str) -> None:
        """`budongi user yoon --role ROLE`, as an administrator runs it beside the chat."""
        budongi = CommandLine(users.parent)
        done = budongi("user", "yoon", "--role", role, "--password", PASSWORD, BUDONGI_AUTH_USERS=str(users))
        assert done.code == 0, done.printed

    assert client(login_chat, "yoon").get("/user").status_code == 401
    write("user")
    one = client(login_chat, "yoon")
    assert (one.get("/user").status_code, one.get("/curation/").status_code) == (200, 403)
    write("admin")
    assert one.get("/user").status_code == 401  # logged in as what they are no more
    one = client(login_chat, "yoon")
    assert one.get("/curation/").status_code == 200
    whole = users.read_text(encoding="utf-8")
    users.write_text(f"{whole}lim:boss:half a line\n", encoding="utf-8")
    assert [one.get("/user").status_code for _ in range(3)] == [200] * 3  # an error is no removal
    assert client(login_chat, "lim").get("/user").status_code == 401
    assert login_chat.printed.count("this is no account") == 1
    users.write_text("".join(line for line in whole.splitlines(True) if not line.startswith("yoon")), encoding="utf-8")
    assert one.get("/user").status_code == 401
    assert client(login_chat, "yoon").get("/user").status_code == 401
    assert client(login_chat, "kim").get("/user").status_code == 200


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


def test_guessed_name_is_locked_says_so_and_opens_in_time(login_chat: ChatProcess, open_page: OpenPage) -> None:
    _pass_time(login_chat, 300)  # what a try before this one may have locked
    one, right = client(login_chat), {"username": GUESSED, "password": PASSWORD}
    for _ in range(5):
        assert one.post("/login", data={"username": GUESSED, "password": "a guess"}).status_code == 401
    locked = [one.post("/login", data=right, headers={"accept-language": "ko"}) for _ in range(3)]
    assert {reply.status_code for reply in locked} == {429}
    waits = [int(reply.headers["retry-after"]) for reply in locked]
    assert sorted(waits, reverse=True) == waits, "trying makes the lock longer"
    assert f"{waits[-1]}초 뒤에 다시 로그인" in locked[-1].json()["detail"]
    for locale, told in (("ko-KR", "5분 안에 풀리니"), ("en-US", "locked for up to 5 minutes")):
        page = open_page(login_chat.url, locale, login=(GUESSED, PASSWORD))
        expect(page.page.get_by_text(told)).to_be_visible()
    _pass_time(login_chat, waits[0])
    assert one.post("/login", data=right).status_code == 200


def _pass_time(chat: ChatProcess, seconds: int) -> None:
    later = Path(chat.process.args[2]) / "later"  # type: ignore[index, arg-type]
    later.write_text(str(seconds + (int(later.read_text()) if later.exists() else 0)), encoding="ascii")
