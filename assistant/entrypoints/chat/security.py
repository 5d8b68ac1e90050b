"""What a browser may do with the chat: talk to this server from this server's own page, and to nobody else."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.entrypoints.chat.texts import spoken_language, texts

LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")
SAFE_METHODS = ("GET", "HEAD")

# Chainlit's page holds an inline script, styles components inline, and makes custom elements of their source as it runs
# ('unsafe-eval'). That source is ours, from /public; what documents and models wrote is handed over as data.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws: wss:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ]
)
# Of pages without any script, whose forms go back to this server.
FORMS_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


class SecurityHeaders:
    """ASGI middleware that tells the browser to load nothing from other hosts and to show the page in no frame."""

    def __init__(self, app: ASGIApp, policy: str = CONTENT_SECURITY_POLICY, referrer: str = "no-referrer") -> None:
        self.app = app
        self.policy = policy
        self.referrer = referrer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Security-Policy"] = self.policy
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Referrer-Policy"] = self.referrer
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def secure(app: Any, socket_server: Any, any_host: bool = False) -> None:
    """Limit Chainlit's app to its own page; ``any_host`` where people log in, under whatever name they reach it.

    A page of any site can reach a server on this computer. Chainlit checks no Origin on its socket, so we let the
    library do it (None = same origin only), and refuse names that only point here by DNS.
    """
    socket_server.eio.cors_allowed_origins = None
    app.add_middleware(SecurityHeaders)
    if not any_host:
        app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(LOOPBACK_HOSTS), www_redirect=False)


class OwnForms:
    """ASGI middleware before pages that change things: a change is asked for by these pages, and by no other site's.

    ``any_host`` as :func:`secure` takes it.
    """

    def __init__(self, app: ASGIApp, *, any_host: bool) -> None:
        self.app = app
        if not any_host:
            self.app = TrustedHostMiddleware(app, allowed_hosts=list(LOOPBACK_HOSTS), www_redirect=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        # With "no-referrer" a browser hides the origin of a form from its own server too.
        answered = SecurityHeaders(_forged(Request(scope)) or self.app, FORMS_POLICY, referrer="same-origin")
        await answered(scope, receive, send)


def _forged(request: Request) -> Response | None:
    """A refusal of what may come from a page of another site: a change whose origin is not this server."""
    origin, host = request.headers.get("origin", ""), request.headers.get("host", "")
    same = request.headers.get("sec-fetch-site", "same-origin") == "same-origin"
    if request.method in SAFE_METHODS or (same and host and origin.split("://")[-1] == host):
        return None
    return PlainTextResponse(texts(spoken_language(request.headers.get("accept-language"))).say("errors.admins"), 403)
