"""What Chainlit calls: a message, the starters of the empty page, the stop button."""

from __future__ import annotations

import logging
from typing import Any

import chainlit as cl

from assistant.domain import Language, Message, Question
from assistant.errors import BudongiError
from assistant.interface.history import remembered
from assistant.interface.markdown import literal
from assistant.interface.reply import Reply
from assistant.interface.streaming import Answering, streamed
from assistant.interface.texts import spoken_language, texts

logger = logging.getLogger(__name__)

# What Chainlit itself writes when the stop button is pressed, in English whatever the page's language.
CHAINLIT_STOPPED = "Task manually stopped."
HISTORY = "history"


def install(assistant: Answering) -> None:
    """Make this process's chat answer with ``assistant``."""

    async def on_message(message: Any) -> None:
        await respond(assistant, message.content)

    cl.on_message(on_message)
    cl.on_stop(translate_stop_message)
    cl.set_starters(offer_starters)


async def respond(assistant: Answering, text: str) -> None:
    """Answer one message on the page, and remember the turn in the session."""
    language = browser_language()
    if not text.strip():
        await cl.Message(content=texts(language).say("errors.empty")).send()
        return
    history: tuple[Message, ...] = cl.user_session.get(HISTORY) or ()
    question = Question(text=text, history=history)
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
        cl.user_session.set(HISTORY, remembered(history, text, reply.released))
        await reply.end()
    if problem:
        await cl.ErrorMessage(content=problem).send()


async def offer_starters(_user: Any, language: str | None = None) -> list[Any]:
    """The starters in the browser's language."""
    return [
        cl.Starter(label=starter.label, message=starter.message)
        for starter in texts(spoken_language(language)).starters
    ]


async def translate_stop_message() -> None:
    """Say in the browser's language that the answer was stopped."""
    for message in reversed(cl.chat_context.get()):
        if message.content == CHAINLIT_STOPPED:
            message.content = texts(browser_language()).say("stopped")
            await message.update()
            return


def browser_language() -> Language:
    """The language the browser asks for, as the chat speaks it."""
    return spoken_language(cl.context.session.language)
