"""Answers in Slack, where ``BUDONGI_SLACK=on`` asks for it: plain text, each citation with its sentence."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from typing import Any

import chainlit as cl

from assistant.domain import Answer, Finished, Language
from assistant.errors import BudongiError
from assistant.interface.conversation import Conversation, Turn
from assistant.interface.notes import notes
from assistant.interface.streaming import Answering, streamed
from assistant.interface.texts import Texts, texts
from assistant.understanding.text import is_korean

CLIENT = "slack"  # what Chainlit calls a session of Slack
MOST_THREADS = 500  # that are remembered; a question in an older one starts afresh
MOST_LETTERS = 2900  # Slack takes 3,000 in a block


class SlackThreads:
    """The conversations of Slack's threads, the latest of them: Chainlit opens a session for every message."""

    def __init__(self) -> None:
        self._held: OrderedDict[str, Conversation] = OrderedDict()

    def of(self, thread_id: str) -> Conversation:
        """The conversation of a thread, begun where there is none."""
        talk = self._held.pop(thread_id, None) or Conversation()
        self._held[thread_id] = talk
        while len(self._held) > MOST_THREADS:
            self._held.popitem(last=False)
        return talk


def speak_to(address: str) -> None:
    """Have Chainlit's Slack app call Slack's API at ``address``. Call it after Chainlit's server was imported."""
    from chainlit.slack.app import slack_app

    slack_app.client.base_url = address


async def answer_in_slack(assistant: Answering, message: Any, threads: SlackThreads) -> None:
    """Answer one message of Slack in its thread; one that only repeats the last, as Slack may, is left alone."""
    talk = threads.of(cl.context.session.thread_id)
    if not message.content.strip() or talk.echoes(message.id, message.content):
        return
    turn = Turn(message.id, talk.question(message.content, None))
    talk.begin(turn)
    try:
        async with streamed(lambda: assistant.stream(turn.question)) as events:
            async for event in events:
                if isinstance(event, Finished):
                    turn.answer, turn.released = event.answer, event.answer.text
    except BudongiError as error:
        language: Language = "ko" if is_korean(message.content) else "en"
        await _say(escaped(texts(language).say("errors.known", message=str(error))))
    if turn.answer:
        for part in slack_messages(turn.answer, texts(turn.answer.understanding.language)):
            await _say(part)


async def _say(text: str) -> None:
    """Into the thread, past Chainlit's messages, which a history of the page would keep."""
    emitter = cl.context.emitter
    block = {"type": "section", "text": {"type": "mrkdwn", "text": text}}
    await emitter.say(text=text, blocks=[block], thread_ts=emitter.thread_ts)


def slack_messages(answer: Answer, phrases: Texts) -> Iterator[str]:
    """The answer, its citations and notes, in pieces that Slack takes, each of whole lines."""
    parts = [answer.text.strip(), *(f"_{note}_" for note in notes(answer, None, phrases))]
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
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
