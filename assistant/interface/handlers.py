"""What Chainlit calls: a message, the profiles of the page, the stop button."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import chainlit as cl

from assistant.domain import Language, Question
from assistant.errors import BudongiError
from assistant.interface.conversation import Conversation, Turn
from assistant.interface.markdown import literal
from assistant.interface.profiles import chosen_domain, offer_profiles
from assistant.interface.reply import Reply
from assistant.interface.streaming import Answering, streamed
from assistant.interface.texts import spoken_language, texts

logger = logging.getLogger(__name__)

# What Chainlit itself writes when the stop button is pressed, in English whatever the page's language.
CHAINLIT_STOPPED = "Task manually stopped."
CONVERSATION = "conversation"


def install(assistant: Answering) -> None:
    """Make this process's chat answer with ``assistant``."""

    async def on_message(message: Any) -> None:
        await receive(assistant, message)

    cl.on_message(on_message)
    cl.on_stop(translate_stop_message)
    cl.set_chat_profiles(offer_profiles)


async def receive(assistant: Answering, message: Any) -> None:
    """Answer a message that was sent or edited, after the turn that is running; drop one that only repeats the last."""
    talk = conversation()
    echo = talk.echoes(message.id, message.content)
    if echo:
        await message.remove()
    if running := talk.running:
        # The stop button stops the task that the session names; that of this message has nothing to stop.
        cl.context.session.current_task = running
        await asyncio.wait({running})
    if not echo:
        # Also for an edited message, of which Chainlit does not note the task.
        cl.context.session.current_task = asyncio.current_task()
        await respond(assistant, message.id, message.content)


async def respond(assistant: Answering, id_: str, text: str) -> None:
    """Answer one question on the page, and remember the turn in the session."""
    language = browser_language()
    if not text.strip():
        await cl.Message(content=texts(language).say("errors.empty")).send()
        return
    turn = Turn(id_, text)
    history = conversation().begin(turn, asyncio.current_task())
    question = Question(text=text, history=history, domain=chosen_domain())
    reply = Reply(language)
    problem = ""
    try:
        await reply.begin()
        async with streamed(lambda: assistant.stream(question)) as events:
            async for event in events:
                await reply.show(event)
    except BudongiError as error:
        problem = texts(language).say("errors.known", message=literal(str(error)))
    except Exception:
        # The one place where a bug meets a person: the log gets the trace, the page a sentence.
        logger.exception("A turn failed on %r", text)
        problem = texts(language).say("errors.unknown")
    finally:
        # Also when the stop button cancelled this task: the step is closed, and what was said is kept.
        turn.released, turn.answer = reply.released, reply.answer
        await reply.end()
    if problem:
        await cl.ErrorMessage(content=problem).send()


async def translate_stop_message() -> None:
    """Say in the browser's language that the answer was stopped."""
    for message in reversed(cl.chat_context.get()):
        if message.content == CHAINLIT_STOPPED:
            message.content = texts(browser_language()).say("stopped")
            await message.update()
            return


def conversation() -> Conversation:
    """The conversation of this page."""
    held: Conversation | None = cl.user_session.get(CONVERSATION)
    if held is None:
        held = Conversation()
        cl.user_session.set(CONVERSATION, held)
    return held


def browser_language() -> Language:
    """The language the browser asks for, as the chat speaks it."""
    return spoken_language(cl.context.session.language)
