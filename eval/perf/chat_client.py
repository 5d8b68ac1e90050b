"""One open page of the chat, without a browser: the socket that Chainlit's page speaks, and what comes back on it."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx2
import socketio

TURN_SECONDS = 60.0  # a turn that takes longer has failed


@dataclass
class Reply:
    """What one message brought: the answer's text, everything else that was shown, and whether it is an error.

    ``evidence`` are the texts behind its citations; ``seconds`` until the page was told that the turn is over.
    """

    text: str = ""
    shown: str = ""
    evidence: list[str] = field(default_factory=list)
    is_error: bool = False
    seconds: float = 0.0


class ChatClient:
    """A session of its own on the chat at ``url``. Connect, ask one question after the other, close."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._session = str(uuid4())
        self._socket = socketio.AsyncClient(reconnection=True, reconnection_delay=0.2)
        self._http = httpx2.AsyncClient(base_url=url, timeout=TURN_SECONDS)
        self._over = asyncio.Event()
        self._opening = True
        self._messages: dict[str, dict[str, Any]] = {}
        self._elements: list[dict[str, Any]] = []
        for name, handler in {
            "connect": self._connected,
            "task_end": self._ended,
            "new_message": self._message,
            "update_message": self._message,
            "stream_start": self._message,
            "stream_token": self._token,
            "element": self._element,
        }.items():
            self._socket.on(name, handler)

    async def connect(self) -> None:
        """Open the page; returns once it may ask.

        Raises:
            socketio.exceptions.ConnectionError, TimeoutError: it cannot be opened.
        """
        who = {"sessionId": self._session, "clientType": "webapp", "userEnv": "{}", "chatProfile": "housing"}
        headers = {"Accept-Language": "ko-KR", "Origin": self._url}
        await self._socket.connect(self._url, headers, who, ["websocket"], socketio_path="/ws/socket.io")
        await asyncio.wait_for(self._over.wait(), TURN_SECONDS)

    async def ask(self, question: str) -> Reply:
        """Send a message, and wait until the turn is over.

        Raises:
            TimeoutError: it is not, within TURN_SECONDS.
        """
        self._messages.clear()
        self._elements.clear()
        self._over.clear()
        self._opening = False
        began = time.monotonic()
        message = {"id": str(uuid4()), "type": "user_message", "output": question} | {"name": "user", "createdAt": ""}
        await self._socket.emit("client_message", {"message": message, "fileReferences": []})
        await asyncio.wait_for(self._over.wait(), TURN_SECONDS)
        seconds = time.monotonic() - began
        answers = [one for one in self._messages.values() if one.get("type") == "assistant_message"]
        others = [
            one for one in self._messages.values() if one.get("type") not in ("assistant_message", "user_message")
        ]
        return Reply(
            text="\n".join(one.get("output") or "" for one in answers),
            shown=json.dumps([others, self._elements], ensure_ascii=False),
            evidence=[await self._read(one) for one in self._elements if one.get("type") == "text"],
            is_error=any(one.get("isError") for one in answers),
            seconds=seconds,
        )

    async def close(self) -> None:
        await self._socket.disconnect()
        await self._http.aclose()

    async def _read(self, element: dict[str, Any]) -> str:
        """The text of an element, fetched as the page does when its citation is opened."""
        params = {"session_id": self._session}
        return (await self._http.get(f"/project/file/{element['chainlitKey']}", params=params)).text

    async def _connected(self) -> None:
        await self._socket.emit("connection_successful")

    async def _ended(self, *_: Any) -> None:
        # What the page does when it opens ends like a turn, and may end only after the first question was sent.
        if self._opening or any(one.get("type") == "assistant_message" for one in self._messages.values()):
            self._over.set()

    async def _message(self, message: dict[str, Any]) -> None:
        self._messages[message["id"]] = message

    async def _token(self, piece: dict[str, Any]) -> None:
        message = self._messages.setdefault(piece["id"], {"type": "assistant_message", "output": ""})
        message["output"] = piece["token"] if piece.get("isSequence") else message["output"] + piece["token"]

    async def _element(self, element: dict[str, Any]) -> None:
        self._elements.append(element)
