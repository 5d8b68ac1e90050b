"""Logging in to the chat: with a password, or as whom a proxy on this computer says one is; and who is logged in."""

from __future__ import annotations

import asyncio
import hashlib
import time
from typing import Any

import chainlit as cl
from chainlit.auth import get_token_from_cookies
from chainlit.auth.jwt import decode_jwt
from chainlit.config import config
from chainlit.server import app, sio
from chainlit.session import ws_sessions_id
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response

from assistant.entrypoints.accounts import AccountRole, Accounts, LockedOut
from assistant.entrypoints.chat.texts import spoken_language, texts

LONGEST_SECONDS = 86_400  # as user_session_timeout of config.toml: no login is older


class Logins:
    """Who is logged in. Whoever has another role by now, or is in the file of accounts no more, has to log in again:
    the file counts as it is at each request.

    Whoever logs out is out on every page that was opened with that login, and its cookie is refused, also when
    somebody copied it, until the server is started again or the cookie has expired.
    """

    def __init__(self, accounts: Accounts, header: str | None) -> None:
        self._accounts = accounts
        self._header = header
        self._ended: dict[bytes, float] = {}

    def of(self, connection: HTTPConnection) -> tuple[str, AccountRole] | None:
        """Name and role of whoever asks; None: nobody is logged in."""
        name = self.name(get_token_from_cookies(connection.cookies))
        # The cookie of somebody who used this browser before is no login of whom the proxy names now.
        if name is None or (self._header and connection.headers.get(self._header) != name):
            return None
        role = self._accounts.role(name)  # None: removed since the line above
        return (name, role) if role else None

    def name(self, token: str | None) -> str | None:
        """Whose login a token is; None where it has expired, was ended, or is of nobody any more."""
        try:
            user = decode_jwt(token or "")
        except Exception:  # whatever is wrong with a token, nobody is logged in
            return None
        role = self._accounts.role(user.identifier)
        current = role is not None and user.metadata.get("role") == role
        return str(user.identifier) if current and _digest(token or "") not in self._ended else None

    async def end(self, request: Any, _response: Any) -> dict[str, bool]:
        """Log out whoever asks, on all pages of this login."""
        token, now = get_token_from_cookies(request.cookies), time.monotonic()
        if self.name(token):
            self._ended = {one: at for one, at in self._ended.items() if now - at < LONGEST_SECONDS}
            self._ended[_digest(token or "")] = now
            for session in [one for one in ws_sessions_id.values() if one.token == token]:
                await sio.disconnect(session.socket_id)
        return {"success": True}


def require_login(accounts: Accounts, header: str | None) -> Logins:
    """Let in only people of ``accounts``: whom ``header`` names where it is set, else those who know their password."""

    async def by_password(username: str, password: str) -> Any:
        # In a thread: the check takes its time on purpose, and other people's pages go on meanwhile.
        return _user(username, await asyncio.to_thread(accounts.check, username, password))

    async def by_header(headers: Any) -> Any:
        name = headers.get(header, "")
        return _user(name, accounts.role(name))

    logins = Logins(accounts, header)
    if header:
        cl.header_auth_callback(by_header)
    else:
        # Not by its decorator, which makes a wrong password of whatever is raised.
        config.code.password_auth_callback = by_password
        app.add_exception_handler(LockedOut, _told_locked)
    cl.on_logout(logins.end)
    return logins


async def _told_locked(request: Request, error: Exception) -> Response:
    """For a moment the page shows this sentence, and as long as it stands its own (``auth.login.errors``) for 429."""
    assert isinstance(error, LockedOut)
    phrases = texts(spoken_language(request.headers.get("accept-language")))
    told = phrases.say("errors.locked", seconds=error.seconds)
    return JSONResponse({"detail": told}, 429, {"Retry-After": str(error.seconds)})


def _user(name: str, role: str | None) -> Any:
    return cl.User(identifier=name, metadata={"role": role}) if role else None


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
