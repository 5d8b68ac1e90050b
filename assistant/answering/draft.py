"""An answer as it comes to be: what has been released so far, and how long each step took."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from assistant.answering.derived import Conclusion
from assistant.domain import Dropped, Evidence, Released, Usage
from assistant.errors import ModelError

STEPS = ("understand", "embed", "search", "prompt", "first_token", "generate", "ground", "total")


@dataclass
class Clock:
    """Milliseconds per step; a step entered again adds up. ``waited``: seconds in line for the chat model."""

    spent: dict[str, float] = field(default_factory=lambda: dict.fromkeys(STEPS, 0.0))
    begun: float = field(default_factory=time.perf_counter)
    waited: float = 0.0

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        start = time.perf_counter()
        try:
            yield
        finally:
            self.spent[name] += (time.perf_counter() - start) * 1000

    @property
    def seconds(self) -> float:
        """Since the turn began, but for those in line: others' answers are no part of its time."""
        return time.perf_counter() - self.begun - self.waited

    def done(self) -> dict[str, float]:
        self.spent["total"] = (time.perf_counter() - self.begun) * 1000
        return {name: round(value, 1) for name, value in self.spent.items()}


@dataclass
class Draft:
    """What a turn has released so far."""

    text: str = ""
    cited: list[Evidence] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    usage: Usage = field(default_factory=Usage)
    problem: ModelError | None = None
    concluded: list[Conclusion] = field(default_factory=list)
    told: set[tuple[str, str]] = field(default_factory=set)
    unchecked: bool = False  # what the model wrote went out as it was

    def copy(self) -> Draft:
        """A draft that stands where this one does and goes on by itself."""
        return replace(
            self,
            cited=list(self.cited),
            dropped=list(self.dropped),
            concluded=list(self.concluded),
            told=set(self.told),
        )

    def release(self, sentence: str, held_by: Sequence[Evidence], *, bullet: bool) -> Released:
        marks = "".join(f"[{item.n}]" for item in held_by)
        piece = f"- {sentence} {marks}" if bullet else f"{sentence} {marks}"
        separator = (
            ""
            if not self.text or self.text.endswith("\n")
            else "\n"
            if bullet or self.text.rsplit("\n", 1)[-1].startswith("- ")
            else " "
        )
        self.cited += [item for item in held_by if item not in self.cited]
        self.told |= {(item.document_id, item.facet) for item in held_by}
        return self.append(separator + piece)

    def append_as_written(self, sentence: str, cited: Sequence[Evidence]) -> Released:
        """A sentence that nobody checked, with the marks that it came with."""
        self.unchecked = True
        self.cited += [item for item in cited if item not in self.cited]
        listed = sentence.startswith(("-", "*", "•"))
        return self.append(("\n" if listed else " ") * bool(self.text and not self.text.endswith("\n")) + sentence)

    def conclude(self, conclusion: Conclusion, *, bullet: bool) -> Released:
        told = set(self.told)
        released = self.release(conclusion.text, conclusion.held_by, bullet=bullet)
        self.concluded.append(conclusion)
        if not conclusion.whole:
            self.told = told
        return released

    def append(self, piece: str) -> Released:
        self.text += piece
        return Released(piece)

    def answers(self, item: Evidence) -> bool:
        """Whether something released already says of this complex what ``item`` is about."""
        return (item.document_id, item.facet) in self.told

    @property
    def only_concluded(self) -> bool:
        """Whether nothing was said yet but conclusions: a corrected premise leaves the question itself to answer."""
        return all(any(item in one.held_by for one in self.concluded) for item in self.cited)

    @property
    def declines(self) -> bool:
        """Whether all that was said is why there is no answer."""
        reasons = {item for conclusion in self.concluded if conclusion.declines for item in conclusion.held_by}
        return bool(self.cited) and all(item in reasons or item.missing for item in self.cited)
