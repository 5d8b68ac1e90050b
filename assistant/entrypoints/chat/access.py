"""Who may use which route, event and button of the chat. What is not named here is closed, so that what a later version
of Chainlit adds stays closed until it has its place.

Chainlit itself sees to it that a person reaches their own sessions and conversations alone.
"""

from __future__ import annotations

from typing import Any, Final, Literal, get_args

from starlette.routing import compile_path

from assistant.entrypoints.accounts import AccountRole

AGENTS: Final[tuple[AccountRole, ...]] = ("agent", "admin")  # whom the agent's desk is for
# open: also before anybody has logged in; closed: nobody, ever.
Access = Literal["open", "user", "agent", "admin", "closed"]
RANKS: Final[dict[Access, int]] = {"open": 0, "user": 1, "agent": 2, "admin": 3, "closed": 4}

# Addresses of the page itself; that of shared conversations is none, for nothing is shared.
PAGES: Final = (
    "GET /",
    "GET /login",
    "GET /login/callback",
    "GET /thread",
    "GET /thread/{thread_id}",
    "GET /element/{element_id}",
    "GET /env",
)

# As Chainlit registers them: the first that fits a request decides. ANY: every method, and a web socket.
ROUTES: Final[dict[str, Access]] = {
    # Beside Chainlit: the API has its own keys (assistant.entrypoints.http), and curation its own forms to guard.
    "ANY /v1{rest:path}": "open",
    "ANY /curation{rest:path}": "admin",
    "GET /healthz": "open",
    "GET /readyz": "open",
    "GET /openapi.json": "closed",
    "GET /docs": "closed",
    "GET /docs/oauth2-redirect": "closed",
    "GET /redoc": "closed",
    "ANY /ws/socket.io{rest:path}": "user",
    # The page itself, and what it needs to let somebody in.
    "GET /public/{filename:path}": "open",
    "GET /assets/{filename:path}": "open",
    "GET /copilot/{filename:path}": "closed",
    "POST /slack/events": "open",  # there with BUDONGI_SLACK alone; Slack signs what it sends
    "GET /auth/config": "open",
    "POST /login": "open",
    "POST /logout": "open",
    "POST /auth/jwt": "closed",
    "POST /auth/header": "open",
    "GET /auth/oauth/{provider_id}": "closed",
    "GET /auth/oauth/{provider_id}/callback": "closed",
    "POST /auth/oauth/azure-ad-hybrid/callback": "closed",
    "GET /user": "user",
    "POST /set-session-cookie": "user",
    "GET /project/translations": "open",
    "GET /project/settings": "user",
    # Answers are rated by a button of ours, which keeps the rating with its turn.
    "PUT /feedback": "closed",
    "DELETE /feedback": "closed",
    "POST /project/threads": "user",
    "GET /project/thread/{thread_id}": "user",
    "GET /project/share/{thread_id}": "closed",
    "GET /project/thread/{thread_id}/element/{element_id}": "user",
    # A page writes no elements, only the server does.
    "PUT /project/element": "closed",
    "DELETE /project/element": "closed",
    "PUT /project/thread": "user",
    "PUT /project/thread/share": "closed",
    "DELETE /project/thread": "user",
    "POST /project/action": "user",  # each button for itself: ACTIONS
    "POST /mcp": "closed",
    "DELETE /mcp": "closed",
    "POST /project/file": "closed",
    "GET /project/file/{file_id}": "user",
    "GET /favicon": "open",
    "GET /logo": "open",
    "GET /avatars/{avatar_id:str}": "open",
    "HEAD /": "open",
    "GET /health": "open",  # as /readyz; Chainlit's says that all is well whatever is
    # What the page itself routes. Chainlit gives it to whatever else is asked for, too.
    **dict.fromkeys(PAGES, "open"),
    "GET /{full_path:path}": "closed",
}
_COMPILED: Final = [
    (method, compile_path(path)[0], access)
    for route, access in ROUTES.items()
    for method, path in [route.split(" ", 1)]
]

# What a page's socket may ask for. ``connect`` checks the login; closed events lose their handler.
EVENTS: Final[dict[str, Access]] = {
    "connect": "user",
    "connection_successful": "user",
    "clear_session": "user",
    "disconnect": "user",
    "stop": "user",
    "client_message": "user",
    "edit_message": "user",
    "chat_settings_change": "user",
    "chat_settings_edit": "user",
    "message_favorite": "closed",
    "fetch_favorites": "closed",
    "window_message": "closed",
    "audio_start": "closed",
    "audio_chunk": "closed",
    "audio_end": "closed",
}

# The buttons of our own elements; each reaches the conversation of its own page alone.
ACTIONS: Final[dict[str, Access]] = {
    "rate": "user",
    "export": "user",
    "take_back": "user",
    "change": "user",
    "start_afresh": "user",
    "desk_open": "agent",
    "desk_show_entry": "agent",
    "desk_draft": "agent",
    "desk_use_entry": "agent",
    "desk_show_evidence": "agent",
    "desk_accept": "agent",
    "desk_reject": "agent",
}


def access_to(method: str, path: str) -> Access:
    """Who may use a path by a method; ``method`` of a web socket: empty."""
    for known, pattern, access in _COMPILED:
        if known in ("ANY", method) and pattern.match(path):
            return access
    return access_to("GET", path) if method == "HEAD" else "closed"


def allowed(access: Access, role: AccountRole | None) -> bool:
    """Whether somebody may come in; ``role`` None: they have not logged in."""
    return RANKS[access] <= (RANKS[role] if role else 0)


def role_of(user: Any) -> AccountRole:
    """What a user, as :mod:`assistant.entrypoints.chat.login` makes one, may do.

    None is whoever uses a chat without a login: this computer's owner.
    """
    if user is None:
        return "admin"
    role = (user.metadata or {}).get("role")
    return next((known for known in get_args(AccountRole) if known == role), "user")
