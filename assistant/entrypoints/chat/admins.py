"""Pages for admins alone: whoever runs the chat on this computer, or is logged in to it as one."""

from __future__ import annotations

from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.entrypoints.chat.login import Logins
from assistant.entrypoints.chat.security import LOOPBACK_HOSTS, SecurityHeaders
from assistant.entrypoints.chat.texts import spoken_language, texts

SAFE_METHODS = ("GET", "HEAD")
# No script at all; forms go back to this server.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class AdminsOnly:
    """ASGI middleware before pages that change things: who asks is an admin, and asks from these pages.

    ``logins``: people log in to the chat, and it says who they are. Without, the server listens on this computer
    alone, and a request must have named it so: a page of another site can reach it under a name of its own.
    """

    def __init__(self, app: ASGIApp, logins: Logins | None) -> None:
        self.logins = logins
        self.app = app if logins else TrustedHostMiddleware(app, allowed_hosts=list(LOOPBACK_HOSTS), www_redirect=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope)
        refusal = self._refusal(request) or _forged(request)
        # With "no-referrer" a browser hides the origin of a form from its own server too.
        answered = SecurityHeaders(refusal or self.app, CONTENT_SECURITY_POLICY, referrer="same-origin")
        await answered(scope, receive, send)

    def _refusal(self, request: Request) -> Response | None:
        login = self.logins.of(request) if self.logins else ("", "admin")
        if login is None:
            return RedirectResponse("/login", 303) if request.method in SAFE_METHODS else _told(request, 401)
        name, role = login
        if role != "admin":
            return _told(request, 403)
        request.scope.setdefault("state", {})["admin"] = name
        return None


def _forged(request: Request) -> Response | None:
    """A refusal of what may come from a page of another site: a change whose origin is not this server."""
    if request.method in SAFE_METHODS:
        return None
    origin, host = request.headers.get("origin", ""), request.headers.get("host", "")
    same = request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
    return None if same and host and origin.split("://")[-1] == host else _told(request, 403)


def _told(connection: HTTPConnection, status: int) -> Response:
    language = spoken_language(connection.headers.get("accept-language"))
    return PlainTextResponse(texts(language).say("errors.admins"), status)
