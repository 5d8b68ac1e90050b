"""What a running turn reports, in order."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.domain.answers import Answer
from assistant.domain.evidence import Evidence, Result
from assistant.domain.understood import Understanding


@dataclass(frozen=True, slots=True)
class Understood:
    understanding: Understanding


@dataclass(frozen=True, slots=True)
class Retrieved:
    results: tuple[Result, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """A whole answer from the evidence's own words, given before a chat model is asked to word it.

    Its text begins with what was released so far; what is released later belongs to the answer that takes its place.
    """

    answer: Answer


@dataclass(frozen=True, slots=True)
class Waiting:
    """The chat model is answering others, ``ahead`` of whom are before this question; comes every second."""

    ahead: int


@dataclass(frozen=True, slots=True)
class Released:
    """A piece of the answer that may be shown: its claims hold."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    answer: Answer


Event = Understood | Retrieved | Composed | Waiting | Released | Finished
