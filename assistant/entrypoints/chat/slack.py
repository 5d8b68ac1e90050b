"""Answers in Slack, where ``BUDONGI_SLACK=on`` asks for it: plain text, each citation with its sentence."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import chainlit as cl

from assistant.answering.turn import Assistant
from assistant.domain import Answer, Composed, Finished, Language
from assistant.entrypoints.chat.conversation import Conversation, Turn
from assistant.entrypoints.chat.notes import notes
from assistant.entrypoints.chat.texts import Texts, texts
from assistant.entrypoints.streaming import streamed
from assistant.errors import BudongiError
from assistant.language.text import is_korean
from assistant.language.web_addresses import unlinked

logger = logging.getLogger(__name__)

CLIENT = "slack"  # what Chainlit calls a session of Slack
MOST_THREADS = 500  # that are remembered; a question in an older one starts afresh
MOST_LETTERS = 2900  # Slack takes 3,000 in a block


@lru_cache(maxsize=MOST_THREADS)
def conversation_of(thread_id: str) -> Conversation:  # noqa: ARG001
    """The conversation of one of Slack's threads, begun where there is none: Chainlit's sessions are of a message."""
    return Conversation()


def speak_to(address: str) -> None:
    """Have Chainlit's Slack app call Slack's API at ``address``. Call it after Chainlit's server was imported."""
    _client().base_url = address


async def answer_in_slack(assistant: Assistant, message: Any) -> None:
    """Answer one message of Slack in its thread; one that only repeats the last, as Slack may, is left alone."""
    talk = conversation_of(cl.context.session.thread_id)
    if not message.content.strip() or talk.echoes(message.id, message.content):
        return
    turn, said = Turn(message.id, talk.question(message.content, None)), _Said()
    talk.begin(turn)
    try:
        async with streamed(lambda: assistant.stream(turn.question)) as events:
            async for event in events:
                if isinstance(event, Composed | Finished):
                    answer, before = event.answer, turn.answer
                    turn.answer, turn.released = answer, answer.text
                    phrases = texts(answer.understanding.language)
                    parts = list(slack_messages(answer, phrases, before))
                    await (said.give_way(parts) if before else said.become(parts))
    except BudongiError as error:
        language: Language = "ko" if is_korean(message.content) else "en"
        await _say(escaped(texts(language).say("errors.known", message=str(error))))


class _Said:
    """The messages of one answer in its thread."""

    def __init__(self) -> None:
        self._parts: list[tuple[str, Any]] = []  # the text, and what Slack replied to it

    async def give_way(self, parts: list[str]) -> None:
        """Become ``parts`` where Slack lets messages be edited; else what was said stands, and is right too."""
        from slack_sdk.errors import SlackApiError

        try:
            await self.become(parts)
        except SlackApiError as error:
            logger.warning("An answer in Slack stays as it was composed: %s", error)

    async def become(self, parts: list[str]) -> None:
        """Say ``parts``, in place of what was said where that is anything else."""
        for at, part in enumerate(parts):
            if at == len(self._parts):
                self._parts.append((part, await _say(part)))
            elif self._parts[at][0] != part:
                posted = self._parts[at][1]
                await _client().chat_update(channel=posted["channel"], ts=posted["ts"], text=part, blocks=_blocks(part))
                self._parts[at] = (part, posted)
        while len(self._parts) > len(parts):
            _, posted = self._parts.pop()
            await _client().chat_delete(channel=posted["channel"], ts=posted["ts"])


async def _say(text: str) -> Any:
    """Into the thread, past Chainlit's messages, which a history of the page would keep; what Slack replies."""
    emitter = cl.context.emitter
    return await emitter.say(text=text, blocks=_blocks(text), thread_ts=emitter.thread_ts)


def _blocks(text: str) -> list[dict[str, Any]]:
    return [{"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}]


def _client() -> Any:
    """What Chainlit's Slack app calls Slack's API with."""
    from chainlit.slack.app import slack_app

    return slack_app.client


def slack_messages(answer: Answer, phrases: Texts, before: Answer | None = None) -> Iterator[str]:
    """The answer, its citations and notes, in pieces that Slack takes, each of whole lines.

    ``before`` is the answer that stood until this one.
    """
    parts = [answer.text.strip(), *(f"_{note}_" for note in notes(answer, None, phrases, before))]
    if answer.citations:
        rows = (f"[{one.n}] {one.quote.strip()} ({one.source_id})" for one in answer.citations)
        parts.append("\n".join([f"*{phrases.say('export.sources')}*", *rows]))
    held = ""
    for line in escaped("\n\n".join(parts)).splitlines(keepends=True):
        if held and len(held) + len(line) > MOST_LETTERS:
            yield held.strip()
            held = ""
        held += line[:MOST_LETTERS]
    if held.strip():
        yield held.strip()


def escaped(text: str) -> str:
    """Text in which Slack finds no link, no mention and no channel."""
    return unlinked(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
