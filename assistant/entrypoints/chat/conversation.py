"""One page's conversation: its turns, which of them is running, and what an eager keyboard sent twice."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from assistant.domain import Answer, ConversationState, Domain, Message, Question, Reading

REMEMBERED_TURNS = 6  # the understanding reads as many
# A Korean input method may hand Enter over twice, or leave the last syllable behind to be sent by itself.
ECHO_SECONDS = 1.0
_SYLLABLE = re.compile(r"[ㄱ-ㆎ가-힣]")


@dataclass
class Turn:
    """One question and its answer. ``id`` is that of its message on the page; ``released`` the text that was shown.

    ``answer`` is None while the turn has none, and of one that was stopped or failed before there was any; while
    ``wording`` it is the composed one, which a model is putting into words. ``taken_back`` are the conditions
    that the question was asked again without, as their chips said them.
    """

    id: str
    question: Question
    taken_back: tuple[Reading, ...] = ()
    released: str = ""
    answer: Answer | None = None
    wording: bool = False
    rating_id: str = field(default_factory=lambda: str(uuid4()))  # not ``id``, which the browser makes up


@dataclass(frozen=True, slots=True)
class Panel:
    """What the panel of conditions shows: those of the last turn that looked for something, by key, in words."""

    turn: Turn
    shown: Mapping[str, str]


@dataclass
class Conversation:
    """The turns so far, oldest first, of which the first ``forgotten`` no longer count: a fresh start was asked for."""

    turns: list[Turn] = field(default_factory=list)
    forgotten: int = 0
    task: asyncio.Task[None] | None = None
    asked_at: float = float("-inf")
    panel: Panel | None = None

    def history(self) -> tuple[Message, ...]:
        """The last turns that count, as the next question carries them; one without an answer by its question only."""
        messages = []
        for turn in self.turns[self.forgotten :][-REMEMBERED_TURNS:]:
            messages.append(Message("user", turn.question.text))
            if turn.released.strip():
                messages.append(Message("assistant", turn.released.strip()))
        return tuple(messages)

    def question(self, text: str, domain: Domain | None) -> Question:
        """``text`` asked where the conversation stands."""
        answer = self.turns[-1].answer if len(self.turns) > self.forgotten else None
        state = answer.state if answer else None if self.history() else ConversationState()
        return Question(text, self.history(), state=state, domain=domain)

    def begin(self, turn: Turn, task: asyncio.Task[None] | None = None) -> None:
        """Add a turn, answered by ``task``."""
        self.turns.append(turn)
        self.task = task
        self.asked_at = time.monotonic()

    def take_back(self, id_: str) -> None:
        """Forget the turn of this id, if there is one, and all that followed it: it was edited."""
        ids = [turn.id for turn in self.turns]
        if id_ in ids:
            del self.turns[ids.index(id_) :]
            self.forgotten = min(self.forgotten, len(self.turns))

    def forget(self) -> None:
        """Start afresh: what was said so far no longer counts."""
        self.forgotten = len(self.turns)

    def find(self, id_: str) -> Turn | None:
        return next((turn for turn in self.turns if turn.id == id_), None)

    @property
    def running(self) -> asyncio.Task[None] | None:
        """The task of the turn that is being answered."""
        return self.task if self.task is not None and not self.task.done() else None

    def hurry(self) -> None:
        """Leave the running turn at the answer that stands, if one does: who asks on does not wait for its wording."""
        if (running := self.running) and self.turns[-1].wording:
            running.cancel()

    def echoes(self, id_: str, text: str) -> bool:
        """Whether a message only repeats the last one: the same text, or its last syllable, right after it."""
        if not self.turns or self.turns[-1].id == id_:
            return False
        last, said = self.turns[-1].question.text.strip(), text.strip()
        soon = time.monotonic() - self.asked_at < ECHO_SECONDS
        if said == last:
            return soon or self.running is not None
        return soon and bool(_SYLLABLE.fullmatch(said)) and last.endswith(said)
