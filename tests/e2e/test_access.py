"""Who may use what of a chat that is served to others: each route, asked for by everybody, lets in whom it may."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import httpx
import jwt
import pytest
from chat_page import OpenPage
from chat_process import ChatProcess, chat_process
from conftest import START_SECONDS
from people import PASSWORD, PEOPLE, client, scripted_command
from playwright.sync_api import Browser, expect

from assistant.entrypoints.chat.access import ACTIONS, ROUTES, allowed
from assistant.entrypoints.chat.texts import texts

KEY = "an-api-key-that-nobody-guesses"
REFUSALS = {texts("en").say(f"errors.{key}"): key for key in ("login", "admins", "closed")}


def _secret(chat: ChatProcess) -> str:
    """What the chat signs its logins with."""
    home = Path(chat.process.args[2])  # type: ignore[index, arg-type]
    return (home / "chat-secret").read_text(encoding="ascii")


def _refused(one: httpx.Client, route: str) -> str:
    """Why the gate refuses this request; empty where it lets it in, whatever the server makes of it then."""
    method, path = route.split(" ", 1)
    path = re.sub(r"\{rest:path\}", "/", path)
    path = re.sub(r"\{[^}]*\}", str(uuid4()), path)
    reply = one.request("GET" if method == "ANY" else method, path, json={}, headers={"accept-language": "en"})
    if reply.status_code == 303 and reply.headers["location"] == "/login":
        return "login"
    told = reply.json() if reply.headers.get("content-type") == "application/json" and reply.content else {}
    return REFUSALS.get(str(told.get("detail")), "") if isinstance(told, dict) else ""


@pytest.mark.parametrize("name", ["", *PEOPLE])
def test_every_route_lets_in_whom_it_may(login_chat: ChatProcess, name: str) -> None:
    role = PEOPLE.get(name)
    one = client(login_chat, name)
    for route, access in ROUTES.items():
        if route == "POST /logout":
            continue
        expected = "" if allowed(access, role) else "closed" if access == "closed" else "admins" if role else "login"
        assert _refused(one, route) == expected, f"{route} as {name or 'nobody'}"


def test_nobody_reaches_anothers_page(login_chat: ChatProcess, open_page: OpenPage) -> None:
    page = open_page(login_chat.url, "ko-KR", login=("kim", PASSWORD))
    page.ask("Which complex?")
    page.page.wait_for_url("**/thread/*")  # the page shows the conversation anew at its own address
    with page.page.expect_request("**/project/action") as request:
        page.page.get_by_role("button", name="Helpful", exact=True).click()
    expect(page.page.get_by_text("고맙습니다")).to_be_visible()
    assert "by 'kim'" in login_chat.printed
    session = request.value.post_data_json["sessionId"]
    actions = [{"sessionId": session, "action": {"name": name, "payload": {}}} for name in ("export", "rate", "change")]
    for other in ("lee", "park", "choi"):
        one = client(login_chat, other)
        for action in actions:
            assert one.post("/project/action", json=action).status_code == 401
        assert one.get(f"/project/file/1?session_id={session}").status_code == 401
    kim = client(login_chat, "kim")
    assert "512 units" in kim.post("/project/action", json=actions[0]).json()["response"]
    for name in (name for name, access in ACTIONS.items() if access != "user"):
        action = {"sessionId": session, "action": {"name": name, "payload": {"message": "x", "entry": "1"}}}
        answer = kim.post("/project/action", json=action).json()["response"]
        assert answer == {"problem": texts("ko").say("desk.refused")}
    assert "2,001자입니다" in page.ask("가" * 2001)


def test_more_than_the_server_reads_is_refused(login_chat: ChatProcess) -> None:
    one = client(login_chat, "kim")
    reply = one.put("/project/thread", json={"threadId": "1", "name": "x" * 300_000})
    assert (reply.status_code, "256 KiB" in reply.text) == (413, True)
    chunked = one.post("/project/threads", content=iter([b"{}"]))
    assert chunked.status_code == 411


def test_login_ends_when_it_should(login_chat: ChatProcess, open_page: OpenPage) -> None:
    one = httpx.Client(base_url=login_chat.url)
    cookie = one.post("/login", data={"username": "kim", "password": PASSWORD}).headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    behind = {"x-forwarded-proto": "https"}  # as a proxy on this computer says it
    assert (
        "; secure"
        in one.post("/login", data={"username": "kim", "password": PASSWORD}, headers=behind)
        .headers["set-cookie"]
        .lower()
    )

    page = open_page(login_chat.url, "en-US", login=("kim", PASSWORD))
    copied = {item["name"]: item["value"] for item in page.page.context.cookies() if item["name"] == "access_token"}
    assert httpx.get(f"{login_chat.url}/user", cookies=copied).status_code == 200
    page.page.locator("#user-nav-button").click()
    page.page.get_by_role("menuitem", name="Logout").click()
    expect(page.page.locator("#password")).to_be_visible()
    assert httpx.get(f"{login_chat.url}/user", cookies=copied).status_code == 401

    secret = _secret(login_chat)
    claims = {"identifier": "kim", "metadata": {"role": "user"}, "exp": time.time() + 60}
    for changes, key, status in (
        ({}, secret, 200),
        ({"exp": time.time() - 1}, secret, 401),
        ({"metadata": {"role": "admin"}}, secret, 401),  # what kim may have been once
        ({"identifier": "gone"}, secret, 401),
        ({}, secret[::-1], 401),
    ):
        token = jwt.encode(claims | changes, key, algorithm="HS256")
        assert httpx.get(f"{login_chat.url}/user", cookies={"access_token": token}).status_code == status, changes


@pytest.fixture(scope="module")
def header_chat(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChatProcess]:
    """A chat behind a proxy that logs people in, as talkative in its log as it gets."""
    users = tmp_path_factory.mktemp("home") / "users"
    users.write_text("kim:user:*\nlee:user:*\n", encoding="utf-8")
    more = {"auth_header": "X-User", "history_days": 0, "log_level": "debug", "api_keys": f"app:{KEY}"}
    command = scripted_command(users, more)
    with chat_process(command, tmp_path_factory.mktemp("working-directory"), {}, START_SECONDS) as chat:
        yield chat


def test_proxy_says_who_is_logged_in(header_chat: ChatProcess, browser: Browser) -> None:
    context = browser.new_context(locale="en-US", extra_http_headers={"X-User": "kim"})
    page = context.new_page()
    page.goto(header_chat.url)
    expect(page.locator("#starters button").first).to_be_enabled(timeout=30_000)
    assert context.request.get(f"{header_chat.url}/user").json()["identifier"] == "kim"
    cookies = {item["name"]: item["value"] for item in context.cookies()}
    context.close()
    for header, status in (({"X-User": "kim"}, 200), ({"X-User": "lee"}, 401), ({"X-User": "nobody"}, 401), ({}, 401)):
        assert httpx.get(f"{header_chat.url}/user", headers=header, cookies=cookies).status_code == status
    assert httpx.post(f"{header_chat.url}/auth/header", headers={"X-User": "nobody"}).status_code == 401
    assert httpx.post(f"{header_chat.url}/auth/header").status_code == 401


def test_secrets_are_in_no_log_and_on_no_page(header_chat: ChatProcess, login_chat: ChatProcess) -> None:
    secret = _secret(header_chat)
    one = httpx.Client(base_url=header_chat.url, headers={"X-User": "kim"})
    token = one.post("/auth/header").cookies["access_token"]
    pages = [one.get(path).text for path in ("/", "/user", "/project/settings", "/auth/config", "/nowhere")]
    pages += [
        one.post("/v1/search", headers={"Authorization": f"Bearer {given}"}, json={"question": ""}).text
        for given in (KEY, f"{KEY}x")
    ]
    pages.append(client(login_chat, "kim", "a wrong password").get("/user").text)
    shown = json.dumps([pages, header_chat.printed, login_chat.printed])
    for hidden in (secret, KEY, token.rsplit(".", 1)[1], PASSWORD, "a wrong password"):
        assert hidden not in shown
    assert "eyJ" not in shown, "a login's cookie is in the log"
