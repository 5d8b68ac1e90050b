"""Measures of answers that are no yes or no: which complexes were named, what it cost."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetScore:
    """``precision``: of what was named, the share that fits; ``recall``: of what fits, the share that was named."""

    precision: float
    recall: float


def set_score(named: Collection[str], right: Collection[str]) -> SetScore:
    """Named against right ids. Nothing named is precise; where nothing fits, everything that fits was named."""
    hits = len(set(named) & set(right))
    return SetScore(hits / len(set(named)) if named else 1.0, hits / len(set(right)) if right else 1.0)


@dataclass(frozen=True, slots=True)
class Price:
    """US dollars per million tokens, as a provider's price list says."""

    input: float
    output: float

    def of(self, read: int, written: int) -> float:
        """US dollars for so many tokens."""
        return (read * self.input + written * self.output) / 1e6
