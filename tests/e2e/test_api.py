"""The HTTP API of a running server: beside the page, for programs on this computer, until they hang up."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import httpx2
import psutil
import pytest
from chat_process import ChatProcess


def test_page_and_api_stand_beside_each_other(scripted_chat: ChatProcess) -> None:
    page = httpx2.get(scripted_chat.url)
    assert "<html" in page.text
    answer = httpx2.post(f"{scripted_chat.url}/v1/ask", json={"question": "park"}, timeout=30)
    assert answer.json()["answer"].endswith("[1]")
    unknown = httpx2.get(f"{scripted_chat.url}/v1/nothing")
    assert unknown.json()["error"]["type"] == "not_found"


def test_page_of_another_site_cannot_use_the_api(scripted_chat: ChatProcess) -> None:
    url = f"{scripted_chat.url}/v1/ask"
    named = httpx2.post(url, json={"question": "park"}, headers={"Host": "site.example"})
    assert named.status_code == 403
    # What a browser sends without asking first is no JSON, and what it asks first about is not allowed.
    assert httpx2.post(url, content='{"question": "park"}', headers={"Content-Type": "text/plain"}).status_code == 422
    asked = httpx2.options(url, headers={"Origin": "http://site.example", "Access-Control-Request-Method": "POST"})
    assert "access-control-allow-origin" not in asked.headers


@pytest.mark.parametrize("stream", [False, True])
def test_who_hangs_up_stops_the_generation(scripted_chat: ChatProcess, stream: bool) -> None:
    closed = scripted_chat.printed.count("generator closed")
    body = {"question": "slow", "stream": stream}
    with (
        suppress(httpx2.ReadTimeout),  # without streaming nothing comes
        httpx2.stream("POST", f"{scripted_chat.url}/v1/ask", json=body, timeout=3) as answer,
    ):
        lines = answer.iter_lines()
        assert [next(lines) for _ in range(4)][3] == "event: released"
    deadline = time.monotonic() + 10
    while scripted_chat.printed.count("generator closed") == closed and time.monotonic() < deadline:
        time.sleep(0.1)
    assert scripted_chat.printed.count("generator closed") == closed + 1


LONG = ("1" * 2000, "가" * 2000, "1억" * 1000)


def test_longest_questions_are_answered_and_hold_nobody_up(composed_chat: ChatProcess) -> None:
    def ask(question: str) -> httpx2.Response:
        return httpx2.post(f"{composed_chat.url}/v1/ask", json={"question": question}, timeout=120)

    assert ask("국민평형이 뭐야?").status_code == 200  # what is loaded once
    server = psutil.Process(composed_chat.process.pid)
    began = sum(server.cpu_times()[:2])
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(ask, (*LONG, "국민평형이 뭐야?")))
    assert [answer.status_code for answer in answers] == [200] * 4
    assert "84" in answers[-1].json()["answer"]
    # One alone took 8 s to read, another 18 s to search for; most of what is left is the embedding.
    assert sum(server.cpu_times()[:2]) - began < 15
    refused = ask("1" * 2001)
    assert refused.status_code == 422
    assert '"question": this has 2,001 characters, and may have 2,000' in refused.json()["error"]["message"]


def test_a_log_of_a_bug_holds_nothing_private(scripted_chat: ChatProcess) -> None:
    body = {"question": "a bug in 8억 5,000만원, call me at 010-7391-4286 or mina.kang@post.example", "stream": True}
    assert "event: error" in httpx2.post(f"{scripted_chat.url}/v1/ask", json=body, timeout=30).text
    deadline = time.monotonic() + 10
    while "A turn failed on 'a bug in" not in scripted_chat.printed and time.monotonic() < deadline:
        time.sleep(0.1)
    assert "A turn failed on 'a bug in 8억 5,000만원, call me at [" in scripted_chat.printed
    assert not any(one in scripted_chat.printed for one in ("7391", "4286", "mina.kang"))
