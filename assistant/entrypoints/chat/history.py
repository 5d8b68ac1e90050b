"""What Chainlit keeps of the conversations of people who log in: its data layer, over the assistant's own store.

Everything is written in the order in which it came about, by one thread: Chainlit hands it over in tasks of their own,
and a step is soon followed by its update. A store that is away loses what came about meanwhile, and stops no answer.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import chainlit as cl
from chainlit.config import config
from chainlit.context import ChainlitContextException
from chainlit.data.utils import queue_until_user_message
from chainlit.types import PageInfo, PaginatedResponse

from assistant.entrypoints.accounts import Accounts
from assistant.entrypoints.chat.conversation import Conversation, Turn
from assistant.entrypoints.chat.profiles import DESK
from assistant.entrypoints.chat.session import held
from assistant.entrypoints.chat.turn_record import turn_record
from assistant.errors import StoreError
from assistant.language.masking.redaction import Redaction
from assistant.language.wellformed import wellformed
from assistant.ports import Conversations, PartKind, StoredConversation

logger = logging.getLogger(__name__)

MOST_NAME = 80  # letters of a question that name its conversation
MOST_LISTED = 50
REDACTION = "redaction"
KEPT_OF_ELEMENTS = ("id", "type", "name", "display", "size", "language", "page", "props", "forId", "mime", "url")
JOINED = "1970-01-01T00:00:00.000Z"  # Chainlit wants to know, and does nothing with it


class History:
    """Chainlit's ``BaseDataLayer``, but for what closed routes and events would call: ratings are kept with their turns
    (``Assistant.rate``), and nothing is marked as a favourite. What is private in people's words is masked.
    """

    def __init__(self, conversations: Conversations, accounts: Accounts) -> None:
        self._conversations = conversations
        self._accounts = accounts
        self._writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="history")

    async def get_user(self, identifier: str) -> Any:
        """The person with the role they have now, whatever it was when they logged in; None: no longer anybody."""
        role = self._accounts.role(identifier)
        if role is None:
            return None
        return cl.PersistedUser(id=identifier, createdAt=JOINED, identifier=identifier, metadata={"role": role})

    async def create_user(self, user: Any) -> Any:
        return await self.get_user(user.identifier)

    async def get_thread_author(self, thread_id: str) -> str:
        found = await asyncio.to_thread(self._conversations.find, thread_id)
        return found.owner if found else ""

    async def list_threads(self, pagination: Any, filters: Any) -> Any:
        limit = max(1, min(pagination.first, MOST_LISTED))
        found = await asyncio.to_thread(
            self._conversations.page,
            filters.userId or "",
            limit + 1,
            after=pagination.cursor,
            search=wellformed(filters.search or ""),
        )
        rows = [_thread(one) for one in found[:limit]]
        ends = (rows[0]["id"], rows[-1]["id"]) if rows else (None, None)
        return PaginatedResponse(pageInfo=PageInfo(len(found) > limit, *ends), data=rows)

    async def get_thread(self, thread_id: str) -> Any:
        """The conversation; each of its elements has what it shows as ``content``, which Chainlit does not know."""

        def read() -> Any:
            found = self._conversations.find(thread_id)
            if found is None:
                return None
            parts = {kind: self._conversations.parts(thread_id, kind) for kind in ("step", "element")}
            # Tasks may overtake each other; the page needs what a step belongs to ahead of the step.
            steps = sorted(parts["step"], key=lambda step: step.get("createdAt") or "")
            return _thread(found) | {"steps": steps, "elements": parts["element"]}

        return await asyncio.to_thread(read)

    async def update_thread(
        self,
        thread_id: str,
        name: str | None = None,
        user_id: str | None = None,
        metadata: dict[str, Any] | None = None,
        **_tags: Any,
    ) -> None:
        """Called when a conversation begins (with a name), is renamed, and when its page is left (with metadata)."""
        session, owner = _session(), user_id or await self.get_thread_author(thread_id) or _owner()
        if user_id:
            await self._write(lambda: self._conversations.begin(thread_id, owner))
            metadata = {"chat_profile": session.chat_profile if session else None}
        # A conversation that begins with a button is named for the button: what is asked next tells more.
        if name in config.code.action_callbacks:
            name = None
        words, kept = _redaction(), metadata or {}
        title = words.said(wellformed(name))[:MOST_NAME] if name else None
        profile, settings = kept.get("chat_profile"), _said(kept.get("chat_settings"), words) or None
        await self._write(
            lambda: self._conversations.change(thread_id, owner, name=title, profile=profile, settings=settings)
        )

    async def delete_thread(self, thread_id: str) -> None:
        owner = await self.get_thread_author(thread_id)
        await self._write(lambda: self._conversations.delete(thread_id, owner))

    async def create_step(self, step_dict: Any) -> None:
        words, step = _redaction(), wellformed(dict(step_dict))
        thread_id, owner, said = step["threadId"], _owner(), step["type"] == "user_message"
        for key in ("output",) if said else ("input",) if step["type"] == "run" else ():  # Chainlit's, around a message
            step[key] = words.said(step.get(key) or "")
        kept = words.derived(step)

        def write() -> None:
            if said:
                self._conversations.begin(thread_id, owner)
            self._conversations.put(thread_id, owner, "step", step["id"], kept)

        await self._write(write)

    update_step = create_step

    async def delete_step(self, step_id: str) -> None:
        await self._remove("step", step_id)

    async def create_element(self, element: Any) -> None:
        shown = {key: value for key, value in element.to_dict().items() if key in KEPT_OF_ELEMENTS}
        shown["threadId"] = element.thread_id
        if element.type != "custom" and isinstance(element.content, str):
            shown["content"] = element.content
        await self._put(element.thread_id, "element", element.id, _redaction().derived(wellformed(shown)))

    async def get_element(self, thread_id: str, element_id: str) -> Any:
        found = await asyncio.to_thread(self._conversations.parts, thread_id, "element")
        return next((element for element in found if element["id"] == element_id), None)

    async def delete_element(self, element_id: str, thread_id: str | None = None) -> None:
        await self._remove("element", element_id, thread_id)

    # Until a person says something, what the page shows is held back: a page that is only opened is no conversation.
    create_step, update_step, delete_step, create_element, delete_element = (
        queue_until_user_message()(one)
        for one in (create_step, update_step, delete_step, create_element, delete_element)
    )

    async def put_turn(self, turn: Turn, talk: Conversation) -> None:
        """Keep ``turn``, and no other than those that the conversation still has."""
        words, session = _redaction(), _session()
        words.said(turn.question.text)
        record = words.derived(wellformed(turn_record(turn, talk.forgotten)))
        await self._put(session.thread_id, "turn", turn.id, record)
        thread_id, owner, ids = session.thread_id, _owner(), [one.id for one in talk.turns]
        await self._write(lambda: self._conversations.keep_turns(thread_id, owner, ids))
        await self._write(lambda: self._conversations.change(thread_id, owner))

    async def take_back(self, message_id: str) -> None:
        """Forget what followed a message that was edited: Chainlit forgets later messages, and not their steps."""
        thread_id, owner = _session().thread_id, _owner()
        asking_again = cl.context.current_run.id

        def write() -> None:
            steps = {step["id"]: step for step in self._conversations.parts(thread_id, "step")}
            edited = steps.pop(message_id, {"createdAt": ""})
            gone = {id_ for id_, step in steps.items() if (step["createdAt"] or "") > edited["createdAt"]}
            gone -= {asking_again}
            kept = {message_id, *steps} - gone
            for element in self._conversations.parts(thread_id, "element"):
                if element.get("forId") not in kept:
                    self._conversations.remove(thread_id, owner, "element", element["id"])
            for id_ in gone:
                self._conversations.remove(thread_id, owner, "step", id_)

        await self._write(write)

    async def turns(self, thread_id: str) -> list[dict[str, Any]]:
        return await asyncio.to_thread(self._conversations.parts, thread_id, "turn")

    def close(self) -> None:
        """Write what is still to be written."""
        self._writer.shutdown()

    async def _put(self, thread_id: str, kind: PartKind, id_: str, content: Mapping[str, Any]) -> None:
        owner = _owner()
        await self._write(lambda: self._conversations.put(thread_id, owner, kind, id_, content))

    async def _remove(self, kind: PartKind, id_: str, thread_id: str | None = None) -> None:
        thread_id, owner = thread_id or _session().thread_id, _owner()
        await self._write(lambda: self._conversations.remove(thread_id, owner, kind, id_))

    async def _write(self, write: Callable[[], None]) -> None:
        session = _session()
        if session is not None and session.chat_profile == DESK:
            return  # an agent's desk is no conversation: what is decided there is kept as inquiries
        try:
            await asyncio.get_running_loop().run_in_executor(self._writer, write)
        except StoreError as error:
            logger.warning("A part of a conversation was not kept: %s", error)


def _thread(found: StoredConversation) -> dict[str, Any]:
    return {
        "id": found.id,
        "createdAt": found.changed_at,
        "name": found.name or None,
        "userId": found.owner,
        "userIdentifier": found.owner,
        "tags": [],
        "metadata": {"chat_profile": found.profile, "chat_settings": dict(found.settings)},
    }


def _session() -> Any:
    """The session of the page that something is written for; None for a request that is of no page."""
    try:
        return cl.context.session
    except ChainlitContextException:
        return None


def _owner() -> str:
    session = _session()
    return session.user.identifier if session and session.user else ""


def _redaction() -> Redaction:
    return held(REDACTION, Redaction) if _session() else Redaction()


def _said(value: Any, words: Redaction) -> Any:
    match value:
        case str():
            return words.said(value)
        case list():
            return [_said(item, words) for item in value]
        case dict():
            return {key: _said(item, words) for key, item in value.items()}
    return value
