"""Logging in to the chat: with a password, or as whom a proxy on this computer says one is."""

from __future__ import annotations

import asyncio
from typing import Any

import chainlit as cl

from assistant.accounts import Accounts


def require_login(accounts: Accounts, header: str | None) -> None:
    """Let in only people of ``accounts``: whom ``header`` names where it is set, else those who know their password."""

    async def by_password(username: str, password: str) -> Any:
        # In a thread: the check takes its time on purpose, and other people's pages go on meanwhile.
        return _user(username, await asyncio.to_thread(accounts.check, username, password))

    async def by_header(headers: Any) -> Any:
        name = headers.get(header, "")
        return _user(name, accounts.roles.get(name))

    if header:
        cl.header_auth_callback(by_header)
    else:
        cl.password_auth_callback(by_password)


def _user(name: str, role: str | None) -> Any:
    return cl.User(identifier=name, metadata={"role": role}) if role else None
