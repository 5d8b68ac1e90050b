"""Who may use the API, how often, and how much they may send: settled before a request's body is read as anything."""

from __future__ import annotations

import ipaddress
from typing import Final

from fastapi import HTTPException
from starlette.datastructures import URL, Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.entrypoints.http.keys import Keys
from assistant.entrypoints.http.problems import problem_response
from assistant.entrypoints.rates import Rate

MOST_BYTES: Final = 64 * 1024  # of a request's body
LOOPBACK_NAMES: Final = ("127.0.0.1", "localhost", "::1")


class Gate:
    """ASGI middleware in front of the API.

    With ``keys``, whoever shows one comes in. Without, programs on this computer do (``open_here``), under a name of
    this computer: a page of another site could have its own name point here. ``per_minute`` requests are served to
    each key, or each address without one.
    """

    def __init__(self, app: ASGIApp, *, keys: Keys, per_minute: int, open_here: bool) -> None:
        self.app = app
        self.keys = keys
        self.open_here = open_here
        self._rate = Rate(per_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        app = self._refusal(scope) or self.app
        await app(scope, _limited(receive), send)

    def _refusal(self, scope: Scope) -> Response | None:
        """Why a request is not served, as its response; None where it is."""
        address = scope["client"][0] if scope.get("client") else ""
        name = self.keys.owner(Headers(scope=scope).get("authorization", ""))
        caller = f"key {name}" if name is not None else f"address {address}"
        if wait := self._rate.wait(caller):
            message = f"More than {self._rate.most} requests within a minute. Wait {wait} s."
            return problem_response(429, message, {"Retry-After": str(wait)})
        if name is not None:
            scope.setdefault("state", {})["role"] = self.keys.roles[name]
            return None
        if self.keys or not self.open_here:
            message = (
                "This needs a key. Send the header `Authorization: Bearer KEY`."
                if self.keys
                else "The API has no keys, and the chat has a login: nobody may use the API. Set BUDONGI_API_KEYS."
            )
            return problem_response(401, message, {"WWW-Authenticate": "Bearer"})
        if not _is_loopback(address) or _hostname(scope) not in LOOPBACK_NAMES:
            return problem_response(
                403, "Without BUDONGI_API_KEYS only programs on this computer are served, at http://127.0.0.1."
            )
        return None


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _hostname(scope: Scope) -> str | None:
    try:
        return URL(scope=scope).hostname
    except ValueError:  # a Host header that names nothing
        return None


def _limited(receive: Receive) -> Receive:
    """``receive`` up to :data:`MOST_BYTES`. FastAPI has a limit of its own, which answers with plain text."""
    read = 0

    async def limited() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > MOST_BYTES:
            raise HTTPException(
                413, f"The request is larger than {MOST_BYTES // 1024} KiB. Send less, such as fewer turns of history."
            )
        return message

    return limited
