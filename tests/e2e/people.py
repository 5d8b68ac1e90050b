"""Who may log in to the chat that asks people to."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import httpx
from chat_process import ChatProcess

from assistant.entrypoints.accounts import AccountRole

PASSWORD: Final = "correct horse battery"
PEOPLE: Final[dict[str, AccountRole]] = {"kim": "user", "lee": "user", "park": "agent", "choi": "admin"}
# Somebody whose password is guessed at: nobody else's login may suffer.
GUESSED: Final = "moon"


def scripted_command(users: Path, settings: Mapping[str, Any] | None = None) -> list[str]:
    """What starts the scripted chat for the people of a file, in whose folder it makes its home."""
    script = Path(__file__).with_name("scripted_chat.py")
    return [sys.executable, str(script), str(users.parent), str(users), json.dumps(settings or {})]


def client(chat: ChatProcess, name: str = "", password: str = PASSWORD) -> httpx.Client:
    """A program that is logged in as ``name``; as nobody without one."""
    one = httpx.Client(base_url=chat.url)
    if name:
        one.post("/login", data={"username": name, "password": password})
    return one
