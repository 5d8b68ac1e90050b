"""Who may log in to the chat that asks people to."""

from __future__ import annotations

from typing import Final

import httpx
from chat_process import ChatProcess

from assistant.accounts import AccountRole

PASSWORD: Final = "correct horse battery"
PEOPLE: Final[dict[str, AccountRole]] = {"kim": "user", "lee": "user", "park": "agent", "choi": "admin"}


def client(chat: ChatProcess, name: str = "", password: str = PASSWORD) -> httpx.Client:
    """A program that is logged in as ``name``; as nobody without one."""
    one = httpx.Client(base_url=chat.url)
    if name:
        one.post("/login", data={"username": name, "password": password})
    return one
