"""What Chainlit calls: a message, the profiles of the page, the stop button."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any

import chainlit as cl

from assistant.answering.turn import Assistant
from assistant.desk import Desk
from assistant.entrypoints.chat.actions import Respond, install_actions
from assistant.entrypoints.chat.conversation import Turn
from assistant.entrypoints.chat.desk import begin, install_desk, refuse
from assistant.entrypoints.chat.limits import Limits
from assistant.entrypoints.chat.markdown import literal
from assistant.entrypoints.chat.panel import install_panel
from assistant.entrypoints.chat.profiles import offer_profiles, offer_profiles_and_curation
from assistant.entrypoints.chat.reply import Reply
from assistant.entrypoints.chat.resuming import keep_turn, take_back_kept
from assistant.entrypoints.chat.session import at_desk, browser_language, chosen_domain, conversation
from assistant.entrypoints.chat.slack import CLIENT as SLACK
from assistant.entrypoints.chat.slack import answer_in_slack
from assistant.entrypoints.chat.texts import texts
from assistant.entrypoints.streaming import streamed
from assistant.errors import BudongiError
from assistant.language.masking import mask

logger = logging.getLogger(__name__)

# What Chainlit itself writes when the stop button is pressed, in English whatever the page's language.
CHAINLIT_STOPPED = "Task manually stopped."


def install(desk: Callable[[], Desk], limits: Limits, *, curation: bool) -> None:
    """Make this process's chat answer with the desk's assistant, and agents with the desk, within ``limits``.

    ``desk`` is asked anew at each turn: the store may have changed since the last. ``curation``: its pages are served,
    and admins get a link to them.
    """

    async def on_chat_start() -> None:
        if at_desk():
            await begin(desk())

    async def answer(turn: Turn) -> None:
        await respond(desk().assistant, limits, turn)

    async def on_message(message: Any) -> None:
        if cl.context.session.client_type == SLACK:
            await answer_in_slack(desk().assistant, message)
        elif at_desk():
            # Its element takes customers' messages: this one was sent past it, and is not kept as it is.
            message.content = mask(message.content)
            await message.update()
            await refuse()
        else:
            await receive(answer, message)

    cl.on_chat_start(on_chat_start)
    cl.on_message(on_message)
    cl.on_stop(translate_stop_message)
    cl.set_chat_profiles(offer_profiles_and_curation if curation else offer_profiles)
    install_actions(lambda: desk().assistant, answer)
    install_panel(lambda: desk().assistant, answer)
    install_desk(desk)


async def receive(answer: Respond, message: Any) -> None:
    """Answer a message that was sent or edited, after the turn that is running; drop one that only repeats the last."""
    talk = conversation()
    echo = talk.echoes(message.id, message.content)
    if echo:
        await message.remove()
    if running := talk.running:
        # The stop button stops the task that the session names; that of this message has nothing to stop.
        cl.context.session.current_task = running
        if not echo:
            talk.hurry()
        await asyncio.wait({running})
    if echo:
        return
    if not message.content.strip():
        await cl.Message(content=texts(browser_language()).say("errors.empty")).send()
        return
    # Also for an edited message, of which Chainlit does not note the task.
    cl.context.session.current_task = asyncio.current_task()
    if talk.find(message.id):
        talk.take_back(message.id)
        await take_back_kept(message.id)
    question = talk.question(message.content, chosen_domain())
    await answer(Turn(message.id, question))


async def respond(assistant: Assistant, limits: Limits, turn: Turn) -> None:
    """Answer one question on the page, and remember the turn in the session; say so where it is too much."""
    if refusal := limits.refusal(turn.question.text):
        await cl.ErrorMessage(content=refusal).send()
        return
    language = browser_language()
    conversation().begin(turn, asyncio.current_task())
    reply = Reply(turn, assistant, language)
    problem = ""
    try:
        await reply.begin()
        async with streamed(lambda: assistant.stream(turn.question)) as events:
            async for event in events:
                await reply.show(event)
    except BudongiError as error:
        problem = texts(language).say("errors.known", message=literal(str(error)))
    except Exception:
        # The one place where a bug meets a person: the log gets the trace, the page a sentence.
        logger.exception("A turn failed on %r", mask(turn.question.text))
        problem = texts(language).say("errors.unknown")
    finally:
        # Also when the stop button cancelled this task: the step is closed, and what was said is kept.
        await reply.end()
        await keep_turn(turn)
    if problem:
        await cl.ErrorMessage(content=problem).send()


async def translate_stop_message() -> None:
    """Say in the browser's language that the answer was stopped."""
    for message in reversed(cl.chat_context.get()):
        if message.content == CHAINLIT_STOPPED:
            message.content = texts(browser_language()).say("stopped")
            await message.update()
            return
