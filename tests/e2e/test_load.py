"""People chat at once over the served app, and its Postgres is killed in the middle."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from chat_process import ChatProcess

from assistant.settings import Settings
from eval.perf.chat_client import Reply
from eval.perf.chats import measure, wrong

CHATS = 3


def test_open_chats_keep_apart_and_go_on_when_postgres_dies(composed_chat: ChatProcess, sample_home: Path) -> None:
    with ThreadPoolExecutor(max_workers=1) as thread:  # in this one a browser's event loop may be running
        load = thread.submit(measure, Settings(home=sample_home), CHATS, seconds=12, think=0.5).result()
    assert not load.problems
    assert load.went_on == CHATS
    assert len(load.turns) >= 2 * CHATS
    begin, end = load.growth
    assert end < 1.25 * begin
    assert composed_chat.process.poll() is None  # the other process on the same home


def test_a_mix_up_would_be_seen() -> None:
    mine = Reply("가 단지는 512세대입니다. [1]", evidence=["가 단지"])
    assert not wrong(mine, "512세대", ["나 단지"])
    assert wrong(mine, "300세대", ["나 단지"])
    assert wrong(Reply(mine.text, evidence=["나 단지"]), "512세대", ["나 단지"])
