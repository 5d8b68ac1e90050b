"""What the page's own buttons do: take a condition back, start afresh."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import replace
from typing import Any
from uuid import uuid4

import chainlit as cl

from assistant.domain import ConversationState, Question
from assistant.interface.conversation import Turn
from assistant.interface.session import conversation

Respond = Callable[[Turn], Coroutine[Any, Any, None]]


def install_actions(respond: Respond) -> None:
    """Have the page's buttons call back; ``respond`` answers a turn on the page."""

    async def take_back(action: Any) -> None:
        turn = _turn(action)
        key = str(action.payload.get("key", ""))
        if turn and key:
            question = replace(turn.question, without=(*turn.question.without, key))
            await _start(respond, question, (*turn.taken_back, str(action.payload.get("text", ""))))

    async def start_afresh(action: Any) -> None:
        turn = _turn(action)
        if turn:
            conversation().forget()
            await _start(respond, replace(turn.question, history=(), state=ConversationState()), ())

    cl.action_callback("take_back")(take_back)
    cl.action_callback("start_afresh")(start_afresh)


def _turn(action: Any) -> Turn | None:
    return conversation().find(str(action.payload.get("turn", "")))


async def _start(respond: Respond, question: Question, taken_back: tuple[str, ...]) -> None:
    """Ask in a task of its own, once the running turn is done: the click itself is over at once, and can be stopped."""
    session, emitter, running = cl.context.session, cl.context.emitter, conversation().running

    async def answer() -> None:
        if running:
            await asyncio.wait({running})
        await emitter.task_start()
        try:
            await respond(Turn(str(uuid4()), question, taken_back))
        finally:
            await emitter.task_end()

    session.current_task = asyncio.create_task(answer())
