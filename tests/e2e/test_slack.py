"""Answers in Slack: a signed event of a fake Slack on loopback is answered in its thread, anything else is refused."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import pytest
from chat_process import ChatProcess, chat_process
from slack_sdk.signature import SignatureVerifier

SECRET = "signing-secret"
REPLIES: dict[str, dict[str, Any]] = {
    "auth.test": {"user_id": "UBOT", "bot_id": "BBOT", "team_id": "T1", "user": "budongi", "team": "t", "url": ""},
    "users.info": {"user": {"profile": {"email": "kim@example.com", "real_name": "Kim"}}},
    "chat.postMessage": {"ts": "2.0", "channel": "C1"},
}


class FakeSlack(ThreadingHTTPServer):
    """Slack's API on loopback. ``posted``: the messages it was sent; ``updated``: what took the place of one."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.posted: list[dict[str, Any]] = []
        self.updated: list[dict[str, Any]] = []

    def wait_for(self, count: int) -> list[dict[str, Any]]:
        return _grown(self.posted, count)


def _grown(messages: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    deadline = time.monotonic() + 20
    while len(messages) < count and time.monotonic() < deadline:
        time.sleep(0.05)
    return messages


class _Handler(BaseHTTPRequestHandler):
    server: FakeSlack

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        method = self.path.partition("?")[0].rpartition("/")[2]
        if method in ("chat.postMessage", "chat.update"):
            is_json = "json" in self.headers.get("Content-Type", "")
            given = json.loads(body) if is_json else {key: one[0] for key, one in parse_qs(body).items()}
            (self.server.posted if method == "chat.postMessage" else self.server.updated).append(given)
        reply = json.dumps({"ok": True, **REPLIES.get(method, {})}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(reply)))
        self.end_headers()
        self.wfile.write(reply)

    do_GET = do_POST

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def _fake_slack() -> Iterator[FakeSlack]:
    with FakeSlack() as slack:
        threading.Thread(target=slack.serve_forever, daemon=True).start()
        yield slack
        slack.shutdown()


@pytest.fixture(scope="module")
def slack() -> Iterator[FakeSlack]:
    with _fake_slack() as slack:
        yield slack


@pytest.fixture(scope="module")
def chat(slack: FakeSlack, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChatProcess]:
    script, home = Path(__file__).with_name("scripted_chat.py"), tmp_path_factory.mktemp("home")
    settings = {"slack": "on", "slack_bot_token": "xoxb-1", "slack_signing_secret": SECRET}
    settings["slack_api"] = f"http://127.0.0.1:{slack.server_port}/api/"
    with chat_process([sys.executable, str(script), str(home), "", json.dumps(settings)], home, {}, 120) as process:
        yield process


def _event(text: str, ts: str, thread: str = "") -> bytes:
    event = {"type": "app_mention", "user": "U1", "text": f"<@UBOT> {text}", "ts": ts, "channel": "C1"}
    event |= {"thread_ts": thread} if thread else {}
    return json.dumps({"type": "event_callback", "team_id": "T1", "event_id": ts, "event": event}).encode()


def _send(chat: ChatProcess, body: bytes, secret: str = SECRET) -> int:
    now = str(int(time.time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=now, body=body) or ""
    headers = {
        "X-Slack-Request-Timestamp": now,
        "X-Slack-Signature": signature,
        "Content-Type": "application/json",
    }
    return httpx.post(f"{chat.url}/slack/events", content=body, headers=headers, timeout=20).status_code


def test_mention_is_answered_in_its_thread_with_citations(chat: ChatProcess, slack: FakeSlack) -> None:
    assert _send(chat, _event("Homes near a park", "1.0")) == 200
    posts = slack.wait_for(1)
    assert posts, chat.printed
    (posted,) = posts
    assert (posted["channel"], posted["thread_ts"]) == ("C1", "1.0")
    assert posted["text"].startswith("Complex A has 512 units")
    assert "[1] Complex A has 512 units of 59~84 ㎡ at 3~4억. (1)" in posted["text"]
    assert "No language model wrote this" in posted["text"]

    assert _send(chat, _event("recall", "1.1", thread="1.0")) == 200
    assert "user=Homes near a park" in slack.wait_for(2)[1]["text"], "the thread was forgotten"
    assert _send(chat, _event("recall", "3.0")) == 200
    assert "user=" not in slack.wait_for(3)[2]["text"], "another thread was told of this one"

    assert _send(chat, _event("unavailable", "4.0")) == 200
    assert "Start it, then ask again." in slack.wait_for(4)[3]["text"]
    assert _send(chat, _event("hostile", "5.0")) == 200
    assert "&lt;img" in slack.wait_for(5)[4]["text"]


def test_a_composed_answer_is_posted_at_once_and_edited_where_the_models_says_anything_else(
    chat: ChatProcess, slack: FakeSlack
) -> None:
    before = len(slack.posted)
    assert _send(chat, _event("What stands?", "20.0")) == 200
    assert _send(chat, _event("Can you reword it?", "21.0")) == 200
    (updated,) = _grown(slack.updated, 1)
    assert (updated["channel"], updated["ts"]) == ("C1", "2.0")
    assert updated["text"].startswith("In other words: 512 homes. [1]")
    assert "In other words" in json.dumps(updated["blocks"])
    posts = slack.posted[before:]
    assert [post["thread_ts"] for post in posts] == ["20.0", "21.0"]
    assert all(post["text"].startswith("Complex A has 512 units") for post in posts)


def test_event_that_slack_did_not_sign_is_refused(chat: ChatProcess, slack: FakeSlack) -> None:
    before = len(slack.posted)
    assert _send(chat, _event("Which complex?", "9.0"), secret="another") == 401
    time.sleep(0.5)
    assert len(slack.posted) == before


def test_slack_is_not_there_unless_it_is_asked_for(scripted_chat: ChatProcess) -> None:
    assert httpx.post(f"{scripted_chat.url}/slack/events", content=b"{}").status_code in (404, 405)
