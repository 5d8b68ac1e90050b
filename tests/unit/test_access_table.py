"""Every route, event and button of the chat has its place in the table of who may use it."""

from __future__ import annotations

import pytest
from starlette.routing import Mount, Route

from assistant.domain import MOST_QUESTION
from assistant.entrypoints.chat.access import EVENTS, PAGES, RANKS, ROUTES, access_to, allowed
from assistant.entrypoints.chat.limits import Limits
from assistant.entrypoints.chat.texts import texts

# Not Chainlit's, or only there with Slack.
BESIDE = {
    *("ANY /v1{rest:path}", "ANY /curation{rest:path}", "GET /healthz", "GET /readyz", "POST /slack/events"),
    *PAGES,
}


def test_every_route_of_chainlit_has_its_place() -> None:
    """One that a new version brings fails here until somebody has decided on it."""
    from chainlit.server import app, router  # not above: every process of a run would import it to collect tests

    own = [route for route in app.routes if isinstance(route, (Route, Mount))]
    found = {f"ANY {route.path}{{rest:path}}" for route in own if isinstance(route, Mount)}
    found |= {f"GET {route.path}" for route in own if isinstance(route, Route)}
    found |= {f"{method} {route.path}" for route in router.routes for method in route.methods}
    assert found == set(ROUTES) - BESIDE


def test_every_event_of_chainlits_socket_has_its_place() -> None:
    from chainlit.server import sio

    assert set(sio.handlers["/"]) <= set(EVENTS)


@pytest.mark.parametrize(
    ("method", "path", "access"),
    [
        ("GET", "/thread/1", "open"),  # the page, which then asks for the conversation
        ("GET", "/", "open"),
        ("HEAD", "/login/callback", "open"),
        ("GET", "/share/1", "closed"),
        ("GET", "/healthz/more", "closed"),
        ("GET", "/wp-admin", "closed"),
        ("GET", "/project/thread/1", "user"),
        ("HEAD", "/project/thread/1", "user"),
        ("DELETE", "/project/thread/1", "closed"),
        ("PUT", "/project/thread/share", "closed"),
        ("PATCH", "/project/thread", "closed"),
        ("POST", "/teams/events", "closed"),
        ("GET", "/curation", "admin"),
        ("POST", "/curation/questions", "admin"),
        ("", "/ws/socket.io/", "user"),  # a web socket
        ("", "/elsewhere", "closed"),
    ],
)
def test_the_first_route_that_fits_decides(method: str, path: str, access: str) -> None:
    assert access_to(method, path) == access


def test_who_may_more_may_what_others_may() -> None:
    roles = [None, "user", "agent", "admin"]
    may = {access: [role for role in roles if allowed(access, role)] for access in RANKS}  # type: ignore[arg-type]
    assert may == {"open": roles, "user": roles[1:], "agent": roles[2:], "admin": roles[3:], "closed": []}


def test_too_much_of_one_person_is_refused_in_words_and_others_go_on() -> None:
    limits, phrases = Limits(2, None), texts("ko")
    assert [limits.too_much("공원 옆 아파트", "kim", phrases) for _ in range(2)] == ["", ""]
    assert "1분 동안 물어볼 수 있는 2번" in limits.too_much("공원 옆 아파트", "kim", phrases)
    assert limits.too_much("공원 옆 아파트", "lee", phrases) == ""
    assert "2,001자입니다" in limits.too_much("가" * (MOST_QUESTION + 1), "park", phrases)
    assert limits.too_much("가" * MOST_QUESTION, "park", phrases) == ""
