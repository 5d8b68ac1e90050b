"""A chat server that is slow for as long as a test wants it to be."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler

from eval.perf.fake_server import FakeServer, spoken

LONGEST_SECONDS = 120


class HeldModel:
    """Answers each request with ``says``, once it ``may_answer``."""

    def __init__(self) -> None:
        self.says = ""
        self.may_answer = threading.Event()
        self._server = FakeServer()
        self._server.responses = [self._respond]

    @property
    def settings(self) -> dict[str, str]:
        """What a process is told to have it for its chat model, and to wait for it."""
        return {
            "OPENAI_BASE_URL": f"{self._server.address}/v1",
            "OPENAI_API_KEY": "key",
            "BUDONGI_TURN_TIMEOUT": str(LONGEST_SECONDS),
        }

    def hold(self, says: str) -> None:
        """From now on say ``says``, and not before it may."""
        self.says = says
        self.may_answer.clear()

    def close(self) -> None:
        self.may_answer.set()
        self._server.close()

    def _respond(self, handler: BaseHTTPRequestHandler) -> None:
        self.may_answer.wait(LONGEST_SECONDS)
        spoken(self.says)(handler)
