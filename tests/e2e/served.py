"""``budongi up`` on a small store, with the command line beside it."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from chat_process import ChatProcess, chat_process
from command_line import BUDONGI, CommandLine

START_SECONDS = 120
SOON_SECONDS = 60  # it takes one or two; a busy machine may take many times that


@dataclass(frozen=True)
class Served:
    """A running server, and the command line on the same home."""

    chat: ChatProcess
    budongi: CommandLine

    def post(self, path: str, **body: Any) -> Any:
        answered = httpx2.post(f"{self.chat.url}/v1/{path}", json=body, timeout=60)
        assert answered.status_code == 200, answered.text
        return answered.json()

    def becomes(self, look: Callable[[], Any], wanted: Any) -> None:
        """``look()`` gives what is wanted, soon."""
        deadline = time.monotonic() + SOON_SECONDS
        while (seen := look()) != wanted and time.monotonic() < deadline:
            time.sleep(0.2)
        assert seen == wanted, self.chat.printed


@contextmanager
def serve(budongi: CommandLine, folder: Path, **settings: str) -> Iterator[Served]:
    """A server on the command line's home, without a chat model, started in ``folder``."""
    given = {"BUDONGI_HOME": str(budongi.home), "BUDONGI_CHAT_MODEL": "none", "BUDONGI_API_PER_MINUTE": "100000"}
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    with chat_process([str(BUDONGI), "up", "--port", port], folder, given | settings, START_SECONDS) as chat:
        yield Served(chat, budongi)
