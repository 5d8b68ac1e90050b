"""An optional rewrite by the chat model of a question in which the rules leave words unread.

The model corrects, spells out and makes self-contained; the rules then read what it wrote as if a person had, so that
nothing it says can become a fact. A rewrite with a figure or a name that the conversation does not hold is not used,
nor is one in which the rules no longer read all that they did: "700m" is no distance because a model takes it for one.
Where the model fails, or takes too long, the question stays as it was asked.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from assistant.answering import prompting
from assistant.answering.answerability import asks_nothing
from assistant.domain import Question, Understanding
from assistant.errors import ModelError
from assistant.kinds.housing.attributes import attributes
from assistant.language.masking import mask
from assistant.language.text import squeeze
from assistant.ports import ChatModel
from prompts.loader import Prompts

logger = logging.getLogger(__name__)

WITHIN = 5.0  # seconds: a reader who waits longer has less of the better question than of the answer
MAX_TOKENS = 160
TURNS = 4  # earlier messages that are shown
SHOWN = 300  # characters of each
LONGEST = 400  # characters of a question
SAME = 70.0  # of 100: how like a name must be to something in the conversation
_FIGURE = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """``question`` in the language it was asked in; ``english`` the same in English."""

    question: str
    english: str


@dataclass(frozen=True)
class Rewriter:
    """Rewrites questions with a chat model, within so many seconds."""

    prompts: Prompts
    model: ChatModel
    within: float = WITHIN

    def understood(
        self, question: Question, asked: Understanding, read: Callable[[Question], Understanding]
    ) -> Understanding:
        """``read`` of the question anew; ``asked``, that of the question as it stands, where it cannot be used."""
        try:
            shown = _masked(question)
            rewritten = _checked(self._completed(shown), shown)
            # A Korean question of which nothing is read may still be told from its English.
            for text in dict.fromkeys((rewritten.question, rewritten.english)):
                understanding = read(replace(question, text=text))
                _check_kept(asked, understanding, question)
                if not leaves_words(understanding):
                    return replace(understanding, language=asked.language)
            raise ValueError(f"no more is read in {rewritten.question!r}")
        except (ModelError, ValueError) as error:
            logger.warning("The question is read as it was asked, for it could not be rewritten: %s", error)
            return asked

    def warm(self) -> None:
        """Have the model read the static part of its prompt before the first question."""
        self.model.warm([prompting.spelled_out(self.prompts, "")])

    def _completed(self, question: Question) -> str:
        prompt = prompting.spelled_out(self.prompts, _conversation_shown(question))
        written = ""
        for delta in self.model.stream(prompt, max_tokens=MAX_TOKENS, timeout=self.within):
            if delta.ahead:
                raise ValueError("the model is busy, and a rewrite is not worth standing in line for")
            written += delta.text
        return written


def _masked(question: Question) -> Question:
    """The question as a model is shown it. Masked before it is cut short: half a number is not known for one."""
    history = tuple(replace(turn, content=mask(turn.content)) for turn in question.history)
    return replace(question, text=mask(question.text), history=history)


def _conversation_shown(question: Question) -> str:
    told = [f"{turn.role}: {turn.content[:SHOWN]}" for turn in question.history[-TURNS:]]
    return "\n".join([*told, f"Question: {question.text[:LONGEST]}"])


def _checked(text: str, question: Question) -> Rewritten:
    """What the model wrote, where it is a question of the same figures.

    Raises:
        ValueError: it is not; the message says why.
    """
    start = text.find("{")
    if start < 0:
        raise ValueError(f"no JSON object in {text[:80]!r}")
    found, _ = json.JSONDecoder().raw_decode(text, start)
    asked, english = found.get("question"), found.get("english", "")
    if not isinstance(asked, str) or not isinstance(english, str) or not 0 < len(asked.strip()) <= LONGEST:
        raise ValueError(f"no question in {text[:80]!r}")
    figures = set(_FIGURE.findall(_conversation(question)))
    for written in (asked, english):
        if added := set(_FIGURE.findall(written)) - figures:
            raise ValueError(f"{written!r} has a figure that nobody wrote: {', '.join(sorted(added))}")
    if lost := set(_FIGURE.findall(question.text)) - set(_FIGURE.findall(asked)):
        raise ValueError(f"{asked!r} leaves a figure out: {', '.join(sorted(lost))}")
    return Rewritten(asked.strip(), english.strip())


def leaves_words(understanding: Understanding) -> bool:
    """Whether the rules read nothing in a question, or left a word in it that may matter."""
    return asks_nothing(understanding) or any(left.told and not left.absent for left in understanding.unmatched)


def _check_kept(asked: Understanding, rewritten: Understanding, question: Question) -> None:
    """Nothing that was read may be lost or become something else, and no name may be new.

    Raises:
        ValueError: something is; the message says what.
    """
    for name, before in asked.filters.items():
        if before != rewritten.filters.get(name):
            raise ValueError(f"{name} is no longer {before} in {rewritten.text!r}")
    if set(asked.entities) - set(rewritten.entities) or set(asked.facets) - set(rewritten.facets):
        raise ValueError(f"a name or what is asked is lost in {rewritten.text!r}")
    told = squeeze(_conversation(question))
    named = {"entity", *(key for key, one in attributes().items() if one.place or one.excluded)}
    names = [reading.words for reading in rewritten.readings if reading.key in named]
    if strange := [name for name in names if fuzz.partial_ratio(squeeze(name), told) < SAME]:
        raise ValueError(f"{rewritten.text!r} has names that nobody wrote: {', '.join(strange)}")


def _conversation(question: Question) -> str:
    return " ".join((question.text, *(turn.content for turn in question.history)))
