"""Measures of answers that are no yes or no: which complexes were named, how long it took, what it cost."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.domain import Answer
from eval.statistics.intervals import percentile


@dataclass(frozen=True, slots=True)
class SetScore:
    """``precision``: of what was named, the share that fits; ``recall``: of what fits, the share that was named."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


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


@dataclass(frozen=True, slots=True)
class Spent:
    """What answering took: seconds of a turn and until its first token, tokens in all."""

    seconds_median: float
    seconds_p95: float
    first_token_median: float
    input_tokens: int
    output_tokens: int


def spent(answers: Sequence[Answer], seconds: Sequence[float]) -> Spent:
    """Over all answers; ``seconds`` of each turn. First tokens count only where a model was asked.

    Raises:
        ValueError: there is no answer, or not a time for each.
    """
    if not answers or len(answers) != len(seconds):
        raise ValueError(f"{len(seconds)} times of {len(answers)} answers")
    first = [answer.timings_ms["first_token"] / 1000 for answer in answers if answer.timings_ms.get("first_token")]
    return Spent(
        seconds_median=percentile(seconds, 0.5),
        seconds_p95=percentile(seconds, 0.95),
        first_token_median=percentile(first, 0.5) if first else 0.0,
        input_tokens=sum(answer.usage.input_tokens for answer in answers),
        output_tokens=sum(answer.usage.output_tokens for answer in answers),
    )
