"""The server asks no other computer for anything while it answers; of the pages, ``open_page`` sees to it."""

from __future__ import annotations

import ipaddress
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx
import psutil
from chat_page import OpenPage
from chat_process import ChatProcess

EVERY_SECONDS = 0.01


@contextmanager
def watched(pid: int) -> Iterator[set[str]]:
    """Addresses that this process, and those it started, are connected to, as often as can be looked."""
    seen: set[str] = set()
    done = threading.Event()

    def watch() -> None:
        server = psutil.Process(pid)
        while not done.is_set():
            with suppress(psutil.NoSuchProcess):  # a child that ended meanwhile
                for process in (server, *server.children(recursive=True)):
                    seen.update(one.raddr.ip for one in process.net_connections("inet") if one.raddr)
            done.wait(EVERY_SECONDS)

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield seen
    finally:
        done.set()
        watcher.join()


def test_server_talks_to_this_computer_alone(composed_chat: ChatProcess, open_page: OpenPage) -> None:
    with watched(composed_chat.process.pid) as seen:
        page = open_page(composed_chat.url, "ko-KR")
        page.ask("금천구 주변에 걷기 좋은 공원 있는 아파트 알려줘")
        page.open_citation()
        httpx.post(f"{composed_chat.url}/v1/ask", json={"question": "국민평형이 뭐야?"}, timeout=60).raise_for_status()
        httpx.post(f"{composed_chat.url}/v1/assist", json={"message": "환불은 언제 되나요?"}, timeout=60)
    assert seen, "nothing was seen, not even the browser"
    assert [address for address in seen if not ipaddress.ip_address(address).is_loopback] == []
