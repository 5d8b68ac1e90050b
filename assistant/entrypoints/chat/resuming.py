"""Conversations that go on after their page was closed, for people who log in."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import chainlit as cl
from chainlit.data import get_data_layer

from assistant.entrypoints.accounts import Accounts
from assistant.entrypoints.chat.conversation import Turn
from assistant.entrypoints.chat.history import History
from assistant.entrypoints.chat.session import CONVERSATION, conversation
from assistant.entrypoints.chat.turn_record import conversation_from_records
from assistant.ports import Conversations

SHOWN_SECONDS = 0.5


def keep_history(conversations: Conversations, accounts: Accounts) -> History:
    """Have Chainlit keep conversations, list them, and open them again."""
    history = History(conversations, accounts)
    sending: set[asyncio.Task[None]] = set()  # a task that nobody holds may be collected before it ends
    cl.data_layer(lambda: history)

    async def resume(thread: Any) -> None:
        cl.user_session.set(CONVERSATION, conversation_from_records(await history.turns(thread["id"])))
        for element in thread["elements"]:
            await _serve(element)
        beside = [element for element in thread["elements"] if element["display"] == "side"]
        thread["elements"] = [element for element in thread["elements"] if element not in beside]
        sending.add(task := asyncio.create_task(_send_evidence(beside)))
        task.add_done_callback(sending.discard)

    cl.on_chat_resume(resume)
    return history


async def keep_turn(turn: Turn) -> None:
    """Keep a turn that has ended, where conversations are kept."""
    history = get_data_layer()
    if isinstance(history, History):
        # Also when the stop button cancelled the turn: what was said of it is kept.
        await asyncio.shield(history.put_turn(turn, conversation()))


async def take_back_kept(message_id: str) -> None:
    """Forget what followed a message that was edited, where conversations are kept."""
    history = get_data_layer()
    if isinstance(history, History):
        await history.take_back(message_id)


async def _send_evidence(elements: Sequence[Mapping[str, Any]]) -> None:
    """Send what citations open, once the page shows the conversation: a page that begins with it opens it unasked."""
    await asyncio.sleep(SHOWN_SECONDS)
    for element in elements:
        await cl.context.emitter.send_element(element)
    await cl.ElementSidebar.set_elements([])


async def _serve(element: dict[str, Any]) -> None:
    """Give what an element shows to the page's session, and say where the page loads it from."""
    session, content = cl.context.session, element.pop("content", None)
    if content is not None:
        mime = element.get("mime") or "text/plain"
        file = await session.persist_file(element["name"], mime, content=content)
        element["url"] = f"/project/file/{file['id']}?session_id={session.id}"
