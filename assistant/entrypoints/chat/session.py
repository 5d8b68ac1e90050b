"""What Chainlit holds for one open page: its conversation, its language and its profile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import chainlit as cl

from assistant.domain import Domain, Language
from assistant.entrypoints.chat.conversation import Conversation
from assistant.entrypoints.chat.profiles import DESK, DOMAINS
from assistant.entrypoints.chat.texts import spoken_language

CONVERSATION = "conversation"

T = TypeVar("T")


def held(key: str, make: Callable[[], T]) -> T:
    """What the page's session holds under ``key``; made where it holds nothing yet."""
    value: T | None = cl.user_session.get(key)
    if value is None:
        value = make()
        cl.user_session.set(key, value)
    return value


def conversation() -> Conversation:
    """The conversation of this page."""
    return held(CONVERSATION, Conversation)


def browser_language() -> Language:
    """The language the browser asks for, as the chat speaks it."""
    return spoken_language(cl.context.session.language)


def at_desk() -> bool:
    """Whether the page is open with the desk's profile; whether its user may is another question."""
    return bool(cl.user_session.get("chat_profile") == DESK)


def chosen_domain() -> Domain | None:
    """The domain of the profile that the page is open with; None for a page without one."""
    name = cl.user_session.get("chat_profile")
    return next((domain for domain in DOMAINS if domain == name), None)
