"""What the page's own buttons do: change a condition or take it back, start afresh, rate an answer, keep the talk."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any
from uuid import uuid4

import chainlit as cl

from assistant.answering.turn import Assistant
from assistant.domain import ConversationState, Rating, Reading
from assistant.entrypoints.chat.asking_again import asked_with, asked_without, same_kind
from assistant.entrypoints.chat.conversation import Turn
from assistant.entrypoints.chat.export import conversation_markdown
from assistant.entrypoints.chat.offers import MOST_COMMENT
from assistant.entrypoints.chat.session import browser_language, conversation
from assistant.entrypoints.chat.texts import texts
from assistant.errors import BudongiError
from assistant.language.ko import time as korean_time

logger = logging.getLogger(__name__)

MOST_WORDS = 100  # letters of one condition

Respond = Callable[[Turn], Coroutine[Any, Any, None]]


def install_actions(assistant: Callable[[], Assistant], respond: Respond) -> None:
    """Have the page's buttons call back; ``respond`` answers a turn on the page, ``assistant`` gives that of now.

    A click reaches the conversation of its own page only: others' turns are not found.
    """

    async def take_back(action: Any) -> None:
        turn = _turn(action)
        key = str(action.payload.get("key", ""))
        if turn and key:
            await start(respond, asked_without(turn, key, str(action.payload.get("text", ""))))

    async def change(action: Any) -> str:
        """What was wrong with the words, or nothing: then the question is asked again with them."""
        turn = _turn(action)
        key, words = (str(action.payload.get(name, "")).strip() for name in ("key", "words"))
        if turn is None or not words:
            return ""
        changed = asked_with(turn, Reading(key, words[:MOST_WORDS]))
        if unread := await unread_conditions(assistant(), changed):
            return texts(browser_language()).say("chips.unread", words=", ".join(unread))
        await start(respond, changed)
        return ""

    async def start_afresh(action: Any) -> None:
        turn = _turn(action)
        if turn:
            conversation().forget()
            fresh = replace(turn.question, history=(), state=ConversationState())
            await start(respond, Turn(str(uuid4()), fresh))

    async def rate(action: Any) -> str:
        turn, phrases = _turn(action), texts(browser_language())
        given = {name: str(action.payload.get(name, "")) for name in ("rating", "reason", "comment")}
        if turn is None or turn.answer is None or given["rating"] not in ("up", "down"):
            return phrases.say("tools.labels.failed")
        reason = given["reason"] if given["reason"] in phrases.group("tools.reasons") else ""
        user = cl.context.session.user
        rating = Rating(
            turn.rating_id,
            given["rating"] == "up",
            reason,
            given["comment"][:MOST_COMMENT],
            user.identifier if user else "",
        )
        try:
            await asyncio.to_thread(assistant().rate, rating, turn.answer)
        except BudongiError:
            logger.exception("A rating was not kept")
            return phrases.say("tools.labels.failed")
        return phrases.say("tools.thanks")

    async def export(_action: Any) -> str:
        return conversation_markdown(conversation().turns, korean_time.today(), texts(browser_language()))

    cl.action_callback("rate")(rate)
    cl.action_callback("export")(export)
    cl.action_callback("take_back")(take_back)
    cl.action_callback("change")(change)
    cl.action_callback("start_afresh")(start_afresh)


def _turn(action: Any) -> Turn | None:
    return conversation().find(str(action.payload.get("turn", "")))


async def unread_conditions(assistant: Assistant, turn: Turn) -> list[str]:
    """The words of conditions set anew that nothing could be made of."""
    understood = await asyncio.to_thread(assistant.understand, turn.question)
    return [
        one.words
        for one in turn.question.instead
        if not any(read.words == one.words and same_kind(read.key, one.key) for read in understood.readings)
    ]


async def start(respond: Respond, turn: Turn) -> None:
    """Ask in a task of its own, once the running turn is done: the click itself is over at once, and can be stopped."""
    session, emitter, running = cl.context.session, cl.context.emitter, conversation().running

    async def answer() -> None:
        if running:
            conversation().hurry()
            await asyncio.wait({running})
        await emitter.task_start()
        try:
            await respond(turn)
        finally:
            await emitter.task_end()

    session.current_task = asyncio.create_task(answer())
