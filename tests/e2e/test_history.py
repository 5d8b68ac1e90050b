"""Conversations of people who log in: found again, gone on with, deleted; nobody else's, and nothing private in it."""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import httpx
import pytest
from chat_page import ChatPage, OpenPage
from chat_process import ChatProcess
from people import PASSWORD, client
from pictures import Shoot
from playwright.sync_api import expect

QUESTION = "Call 010-1234-5678: homes near a park?"
KEPT = "Call [연락처 가림]: homes near a park?"


@pytest.fixture
def page(login_chat: ChatProcess, open_page: OpenPage) -> ChatPage:
    """Kim's page, with a conversation of one turn."""
    page = open_page(login_chat.url, "en-US", login=("kim", PASSWORD))
    page.ask(QUESTION)
    page.page.wait_for_url("**/thread/*")  # the page shows the conversation anew at its own address
    expect(page.cards).to_have_count(2)
    return page


def _threads(one: httpx.Client) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = one.post(
        "/project/threads", json={"pagination": {"first": 50}, "filter": {"userId": "kim"}}
    ).json()["data"]
    return listed


def test_conversation_goes_on_where_it_stood(login_chat: ChatProcess, page: ChatPage, shoot: Shoot) -> None:
    expect(page.page.get_by_role("button", name="Save this conversation")).to_be_visible()
    page.page.goto(login_chat.url)
    page.page.locator("header #sidebar-trigger-button, #header #sidebar-trigger-button").last.click()
    listed = page.page.locator("#thread-history a")
    expect(listed.first).to_contain_text(KEPT[:20])
    assert page.violations() == []
    listed.first.click()
    expect(page.questions).to_have_text([KEPT])
    expect(page.cards).to_have_count(2)
    expect(page.citations).to_have_count(1)
    expect(page.panel).to_have_count(0)
    assert page.violations() == []
    shoot(page, "history-en-desktop")
    assert "A second sentence." in page.open_citation()

    page.chips.first.get_by_role("button", name="Ask again without").click()
    expect(page.understood).to_have_count(2)
    expect(page.chips).to_have_count(1)
    remembered = page.ask("recall")
    assert "user=" + KEPT in remembered
    assert "1234" not in remembered
    with page.page.expect_download() as download:
        page.page.get_by_role("button", name="Save this conversation").last.click()
    saved = download.value.path().read_text(encoding="utf-8")
    assert saved.count(f"## {KEPT}") == 2


def test_nobody_but_its_owner_reads_renames_or_deletes_a_conversation(
    login_chat: ChatProcess, page: ChatPage, open_page: OpenPage
) -> None:
    id_ = page.page.url.rsplit("/", 1)[1]
    kim, lee, nobody = (client(login_chat, name) for name in ("kim", "lee", ""))
    assert KEPT in [one["name"] for one in _threads(kim)]
    assert _threads(lee) == []
    thread = kim.get(f"/project/thread/{id_}").json()
    assert KEPT in [step["output"] for step in thread["steps"]]
    assert "1234-5678" not in json.dumps(thread)
    element = thread["elements"][0]["id"]
    for method, path, body in (
        ("GET", f"/project/thread/{id_}", None),
        ("GET", f"/project/thread/{id_}/element/{element}", None),
        ("PUT", "/project/thread", {"threadId": id_, "name": "theirs"}),
        ("DELETE", "/project/thread", {"threadId": id_}),
    ):
        for other in (lee, nobody):
            assert other.request(method, path, json=body).status_code in (401, 403), f"{method} {path}"
    theirs = open_page(login_chat.url, "en-US", login=("lee", PASSWORD))
    theirs.page.goto(page.page.url)
    theirs.page.wait_for_timeout(1000)
    assert theirs.questions.count() == 0
    assert kim.get(f"/project/thread/{id_}").json() == thread

    assert kim.put("/project/thread", json={"threadId": id_, "name": "my homes, 010-1234-5678"}).status_code == 200
    assert "my homes, [연락처 가림]" in [one["name"] for one in _threads(kim)]
    assert kim.request("DELETE", "/project/thread", json={"threadId": id_}).status_code == 200
    assert kim.get(f"/project/thread/{id_}").status_code == 404
    assert id_ not in [one["id"] for one in _threads(kim)]
    assert kim.get(f"/project/thread/{uuid4()}").status_code == 404


def test_edited_question_takes_back_what_followed_in_what_is_kept(login_chat: ChatProcess, page: ChatPage) -> None:
    page.ask("Which complex?")
    page.questions.first.hover()
    page.questions.first.locator(".edit-message").click()
    page.page.locator("#edit-chat-input").fill("recall")
    page.page.locator(".confirm-edit").click()
    expect(page.last_message).to_contain_text("Remembered:")
    expect(page.stop_button).to_have_count(0)
    id_, kim = page.page.url.rsplit("/", 1)[1], client(login_chat, "kim")
    page.page.reload()
    expect(page.questions).to_have_text(["recall"])
    thread = kim.get(f"/project/thread/{id_}").json()
    assert "near a park" not in json.dumps([thread["steps"], thread["elements"]])
    assert page.ask("recall").count("user=") == 1
