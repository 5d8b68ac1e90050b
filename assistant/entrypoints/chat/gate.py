"""What stands before every request to the server: who may come in, and how much they may send."""

from __future__ import annotations

from importlib.resources import files
from string import Template
from typing import Any, Final

import chainlit as cl
from chainlit.config import config
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.entrypoints.chat.access import ACTIONS, EVENTS, access_to, allowed, role_of
from assistant.entrypoints.chat.login import Logins
from assistant.entrypoints.chat.session import browser_language
from assistant.entrypoints.chat.texts import Texts, spoken_language, texts

MOST_BYTES: Final = 256 * 1024  # of a request's body, and of what a page's socket sends at once
NOT_FOUND_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"


class PageGate:
    """ASGI middleware around the whole server. ``logins`` None: nobody has to log in, whoever asks is its owner.

    What is let in finds the name that somebody logged in with as ``person`` of the request's state.
    """

    def __init__(self, app: ASGIApp, logins: Logins | None) -> None:
        self.app = app
        self.logins = logins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection = HTTPConnection(scope) if scope["type"] in ("http", "websocket") else None
        if connection is None:
            await self.app(scope, receive, send)
        elif refusal := self._refusal(connection):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})  # before it is accepted: a 403
            else:
                await refusal(scope, receive, send)
        else:
            await self._pass(scope, receive, send)

    def _refusal(self, connection: HTTPConnection) -> Response | None:
        scope = connection.scope
        phrases = texts(spoken_language(connection.headers.get("accept-language")))
        access = access_to(scope.get("method", ""), scope["path"])
        if access == "closed":
            return _nothing_here(connection, phrases)
        name, role = (self.logins.of(connection) or ("", None)) if self.logins else ("", "admin")
        if allowed(access, role):
            scope.setdefault("state", {})["person"] = name
            return _oversized(connection, phrases)
        if role is None:
            if scope.get("method") in ("GET", "HEAD") and access == "admin":  # a page of its own, and no part of one
                return RedirectResponse("/login", 303)
            return _told(401, phrases.say("errors.login"))
        return _told(403, phrases.say("errors.admins"))

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start" and scope["scheme"] == "https":
                _secure_cookies(message)
            await send(message)

        # Chainlit answers GET alone; the server sends no body to who asked for the head.
        asked = {**scope, "method": "GET"} if scope.get("method") == "HEAD" else scope
        await self.app(asked, receive, send_secured)


def _oversized(connection: HTTPConnection, phrases: Texts) -> Response | None:
    """A refusal of too large a body; the API, which programs use, has its own."""
    declared = connection.headers.get("content-length", "0")
    if connection.scope["path"].startswith("/v1/"):
        return None
    if "transfer-encoding" in connection.headers:  # no browser sends a page's requests so
        return _told(411, phrases.say("errors.too_large", size=MOST_BYTES // 1024))
    if not declared.isdecimal() or int(declared[:20]) > MOST_BYTES:
        return _told(413, phrases.say("errors.too_large", size=MOST_BYTES // 1024))
    return None


def _nothing_here(connection: HTTPConnection, phrases: Texts) -> Response:
    """A 404: a page for who looks for one, and a sentence for programs."""
    told = phrases.say("errors.closed")
    if connection.scope.get("method") not in ("GET", "HEAD") or "text/html" not in connection.headers.get("accept", ""):
        return _told(404, told)
    page = files("assistant.entrypoints.chat").joinpath("not_found.html").read_text(encoding="utf-8")
    filled = Template(page).substitute(language=phrases.language, told=told, back=phrases.say("errors.to_chat"))
    return HTMLResponse(filled, 404, {"Content-Security-Policy": NOT_FOUND_POLICY, "X-Content-Type-Options": "nosniff"})


def close_the_rest(socket_server: Any) -> None:
    """Take their handlers from closed events, have every button ask for the role it needs, and bound what is sent.

    Raises:
        LookupError: an event or a button has no place in :mod:`assistant.entrypoints.chat.access`.
    """
    handlers = socket_server.handlers["/"]
    if strangers := (set(handlers) - set(EVENTS)) | (set(config.code.action_callbacks) - set(ACTIONS)):
        raise LookupError(f"chat/access.py does not say who may use {', '.join(sorted(strangers))}")
    socket_server.eio.max_http_buffer_size = MOST_BYTES
    for event in [name for name in handlers if EVENTS[name] == "closed"]:
        del handlers[event]
    for name, callback in list(config.code.action_callbacks.items()):
        config.code.action_callbacks[name] = _guarded(name, callback)


def _guarded(name: str, callback: Any) -> Any:
    async def guarded(action: Any) -> Any:
        if allowed(ACTIONS[name], role_of(cl.context.session.user)):
            return await callback(action)
        return {"problem": texts(browser_language()).say("desk.refused")}

    return guarded


def _secure_cookies(message: Message) -> None:
    headers = MutableHeaders(scope=message)
    cookies = headers.getlist("set-cookie")
    del headers["set-cookie"]
    for cookie in cookies:
        headers.append("set-cookie", cookie if "; secure" in cookie.lower() else f"{cookie}; Secure")


def _told(status: int, sentence: str) -> Response:
    return JSONResponse({"detail": sentence}, status)
