"""Pages for admins alone: whoever runs the chat on this computer, or is logged in to it as one."""

from __future__ import annotations

from chainlit.auth import get_token_from_cookies
from chainlit.auth.jwt import decode_jwt
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.accounts import Accounts
from assistant.interface.security import LOOPBACK_HOSTS, SecurityHeaders
from assistant.interface.texts import spoken_language, texts

SAFE_METHODS = ("GET", "HEAD")
# No script at all; forms go back to this server.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class AdminsOnly:
    """ASGI middleware before pages that change things: who asks is an admin, and asks from these pages.

    ``accounts``: people log in to the chat, and its cookie says who they are; what they may do, the accounts say, as it
    is now. None: the server listens on this computer alone, and a request must have named it so, for a page of another
    site can reach it under a name of its own.
    """

    def __init__(self, app: ASGIApp, accounts: Accounts | None) -> None:
        self.accounts = accounts
        here = TrustedHostMiddleware(app, allowed_hosts=list(LOOPBACK_HOSTS), www_redirect=False)
        self.app = app if accounts else here

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        request = Request(scope)
        refusal = self._refusal(request) or _forged(request)
        # With "no-referrer" a browser hides the origin of a form from its own server too.
        answered = SecurityHeaders(refusal or self.app, CONTENT_SECURITY_POLICY, referrer="same-origin")
        await answered(scope, receive, send)

    def _refusal(self, request: Request) -> Response | None:
        admin = ""
        if self.accounts:
            try:
                admin = decode_jwt(get_token_from_cookies(request.cookies) or "").identifier
            except Exception:  # whatever is wrong with a cookie, nobody is logged in
                return RedirectResponse("/login", 303) if request.method in SAFE_METHODS else _told(request, 401)
            if self.accounts.roles.get(admin) != "admin":
                return _told(request, 403)
        request.scope.setdefault("state", {})["admin"] = admin
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
