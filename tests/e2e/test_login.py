"""A chat that is served to others: nobody uses it without logging in, and nobody as somebody else."""

from __future__ import annotations

import json
from uuid import uuid4

import httpx
import pytest
from chat_page import OpenPage
from chat_process import ChatProcess
from people import PASSWORD, client
from playwright.sync_api import expect

# What a browser needs before anybody has logged in; it tells nothing of anybody.
OPEN = ["/", "/auth/config", "/project/translations?language=ko-KR", "/favicon", "/health", "/public/names.js"]
ELEMENT = {"sessionId": "SESSION", "element": {"type": "custom", "id": "1", "name": "x", "display": "inline"}}
# Method, path, body: routes that give or change something.
CLOSED = [
    ("GET", "/user", None),
    ("GET", "/project/settings", None),
    ("GET", f"/project/thread/{uuid4()}", None),
    ("GET", f"/project/thread/{uuid4()}/element/{uuid4()}", None),
    ("POST", "/project/threads", {"pagination": {"first": 1}, "filter": {}}),
    ("PUT", "/project/thread", {"threadId": "1", "name": "x"}),
    ("PUT", "/project/thread/share", {"threadId": "1", "isShared": True}),
    ("DELETE", "/project/thread", {"threadId": "1"}),
    ("PUT", "/feedback", {"feedback": {"forId": "1", "value": 1}, "sessionId": "SESSION"}),
    ("DELETE", "/feedback", {"feedbackId": "1"}),
    ("PUT", "/project/element", ELEMENT),
    ("DELETE", "/project/element", ELEMENT),
    ("POST", "/project/action", {"sessionId": "SESSION", "action": {"name": "export", "payload": {}}}),
    ("GET", "/project/file/1?session_id=SESSION", None),
    ("POST", "/mcp", {"sessionId": "SESSION", "name": "x"}),
    ("DELETE", "/mcp", {"sessionId": "SESSION", "name": "x"}),
]


def _connect(one: httpx.Client) -> str:
    """What the chat's socket says to somebody who connects."""
    query = {"EIO": "4", "transport": "polling"}
    query["sid"] = json.loads(one.get("/ws/socket.io/", params=query).text[1:])["sid"]
    one.post("/ws/socket.io/", params=query, content='40{"sessionId":"1","clientType":"webapp"}')
    return one.get("/ws/socket.io/", params=query).text


def test_nobody_uses_the_chat_without_logging_in(login_chat: ChatProcess) -> None:
    for one in (client(login_chat), client(login_chat, "kim", "wrong password"), client(login_chat, "nobody")):
        for method, path, body in CLOSED:
            status = one.request(method, path, json=body).status_code
            assert status in (401, 403), f"{method} {path}: {status}"
        for path in OPEN:
            assert one.get(path).status_code == 200, path
        assert "refused" in _connect(one)
    assert "refused" not in _connect(client(login_chat, "kim"))


def test_who_logs_in_talks_and_others_do_not_reach_their_conversation(
    login_chat: ChatProcess, open_page: OpenPage
) -> None:
    page = open_page(login_chat.url, "ko-KR", login=("kim", PASSWORD))
    page.ask("Which complex?")
    page.page.wait_for_url("**/thread/*")  # the page shows the conversation anew at its own address
    with page.page.expect_request("**/project/action") as request:
        page.page.get_by_role("button", name="Helpful", exact=True).click()
    expect(page.page.get_by_text("고맙습니다")).to_be_visible()
    assert "by 'kim'" in login_chat.printed
    session = request.value.post_data_json["sessionId"]
    lee = client(login_chat, "lee")
    for method, path, body in CLOSED:
        if "SESSION" in f"{path}{body}":
            theirs = json.loads(json.dumps(body).replace("SESSION", session))
            status = lee.request(method, path.replace("SESSION", session), json=theirs).status_code
            assert status >= 400, f"{method} {path}: {status}"
    export = {"sessionId": session, "action": {"name": "export", "payload": {}}}
    assert lee.post("/project/action", json=export).status_code == 401
    assert "512 units" in client(login_chat, "kim").post("/project/action", json=export).json()["response"]


@pytest.mark.parametrize(
    ("locale", "told"),
    [("ko-KR", "이름이나 비밀번호가 맞지 않습니다"), ("en-US", "Name or password is not right")],
)
def test_login_page_has_no_barrier(login_chat: ChatProcess, open_page: OpenPage, locale: str, told: str) -> None:
    page = open_page(login_chat.url, locale, login=("kim", "wrong password"))
    expect(page.page.get_by_text(told)).to_be_visible()
    expect(page.page.locator("[data-sonner-toast]")).to_have_count(0, timeout=15_000)  # Chainlit's own, gone in seconds
    assert page.violations() == []
