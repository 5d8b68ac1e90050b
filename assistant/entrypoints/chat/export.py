"""A conversation as Markdown, to be kept: questions, answers, and the sentences that the answers stand on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.entrypoints.chat.asking_again import again
from assistant.entrypoints.chat.conversation import Turn
from assistant.entrypoints.chat.texts import Texts
from assistant.language.web_addresses import unlinked


def conversation_markdown(turns: Sequence[Turn], today: date, texts: Texts) -> str:
    """Every turn that has an answer, oldest first."""
    return "\n\n".join([f"# {texts.say('export.title', day=today.isoformat())}", *_turns(turns, texts)]) + "\n"


def _turns(turns: Sequence[Turn], texts: Texts) -> Iterator[str]:
    for turn in turns:
        yield f"## {_inert(turn.question.text.strip())}"
        if changes := again(turn, texts):
            yield f"*{changes}*"
        yield _inert(turn.released.strip()) or texts.say("export.unanswered")
        if turn.answer and turn.answer.citations:
            rows = [f"- [{one.n}] {_inert(one.quote.strip())} ({one.source_id})" for one in turn.answer.citations]
            yield "\n".join([f"**{texts.say('export.sources')}**", "", *rows])


def _inert(text: str) -> str:
    """Text whose lists and emphasis stay, and in which no reader of Markdown finds a link, a picture or HTML."""
    return unlinked(text).replace("](", r"]\(").replace("][", r"]\[").replace("<", r"\<")
