"""What the person behind a page may do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, get_args

from assistant.entrypoints.accounts import AccountRole

AGENTS: tuple[AccountRole, ...] = ("agent", "admin")  # whom the agent's desk is for


class LoggedIn(Protocol):
    """A Chainlit user, as :mod:`assistant.entrypoints.chat.login` makes one."""

    metadata: Mapping[str, Any]


def role_of(user: LoggedIn | None) -> AccountRole:
    """What ``user`` may do; None is whoever uses a chat without a login: this computer's owner."""
    if user is None:
        return "admin"
    role = (user.metadata or {}).get("role")
    return next((known for known in get_args(AccountRole) if known == role), "user")
