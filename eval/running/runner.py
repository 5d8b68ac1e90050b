"""Run a suite: every question through the assistant, every answer through the scorers."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Protocol, TypeVar

from tqdm import tqdm

from assistant.answering.turn import Assistant
from assistant.domain import Answer, Question
from assistant.errors import StoreError
from eval.data.cases import Case
from eval.data.lines import sliced
from eval.data.public_data import SAMPLES, table
from eval.running.answer_cache import Answered
from eval.running.case_setting import set_for
from eval.scoring.scorers import problems

# "Next year" and "open now" are read as of the sample corpus's last notices, or gold would go stale by itself.
AS_OF = date(2025, 12, 1)
SLICES = ("kind", "domain", "language")  # of a case
T = TypeVar("T")


class Asked(Protocol):
    """What is measured: anything that answers a question."""

    def ask(self, question: Question) -> Answer: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """One case run: ``problems`` is empty where the answer is right; ``seconds`` is the whole turn; ``epoch`` counts
    from 1 where a suite is asked several times."""

    case: Case
    answer: Answer
    problems: tuple[str, ...]
    seconds: float
    epoch: int = 1

    @property
    def id(self) -> str:
        return self.case.id

    @property
    def right(self) -> bool:
        return not self.problems


def as_of_corpus(assistant: Assistant) -> Assistant:
    """The assistant on the day as of which the gold was written."""
    return replace(assistant, today=lambda: AS_OF)


def require_samples(assistant: Assistant, folder: Path = SAMPLES) -> None:
    """Gold holds for the notices of one folder alone: with others beside them, more complexes fit a question.

    Raises:
        StoreError: the store holds less or more than these notices.
    """
    sample = {f"housing:{row['주택관리번호']}" for row in table("housing/notices", folder)}
    held = {name.id for name, _ in assistant.vocabulary.entities if name.id.startswith("housing:")}
    if held != sample:
        corpus = "the sample corpus" if folder == SAMPLES else folder
        raise StoreError(
            f"The evaluation needs just the {len(sample)} notices of {corpus}; the store lacks "
            f"{len(sample - held)} of them and holds {len(held - sample)} others. Set BUDONGI_HOME to an empty folder "
            f"and run `budongi ingest` on {'ingest/samples' if folder == SAMPLES else folder}, then evaluate there."
        )


def question_of(case: Case) -> Question:
    """What the assistant is given of a case."""
    return Question(case.question, case.history, case.role, case.id)


def timed(assistant: Asked, question: Question) -> Answered:
    """The answer, and the seconds that it took."""
    began = time.perf_counter()
    answer = assistant.ask(question)
    return Answered(answer, time.perf_counter() - began)


def run(cases: Iterable[Case], assistant: Asked) -> Iterator[Outcome]:
    """Outcomes in the order of the cases, each as soon as it is known."""
    for case in cases:
        answered = timed(set_for(assistant, case), question_of(case))
        yield Outcome(case, answered.answer, problems(case, answered.answer), answered.seconds)


def slices_of(cases: Iterable[Case]) -> dict[str, list[str]]:
    """The ids of the cases of each kind, domain and language, under names such as ``kind fact``."""
    return {name: [case.id for case in of] for name, of in sliced(cases, SLICES).items() if name != "all"}


class Judged(Protocol):
    """An answer that was judged, here or in a run's file."""

    @property
    def id(self) -> str: ...
    @property
    def right(self) -> bool: ...


def scores_of(outcomes: Iterable[Judged]) -> dict[str, list[float]]:
    """Of each case, whether it was answered rightly (1) or not (0) at each repeat."""
    found: dict[str, list[float]] = {}
    for one in outcomes:
        found.setdefault(one.id, []).append(float(one.right))
    return found


def shares(outcomes: Iterable[Judged]) -> dict[str, float]:
    """Of each case, the share of its repeats that are right."""
    return {id_: sum(scores) / len(scores) for id_, scores in scores_of(outcomes).items()}


def all_of(items: Iterable[T], total: int, unit: str = "question") -> list[T]:
    """Everything, with a bar of progress where somebody looks on."""
    return list(tqdm(items, total=total, unit=unit, disable=not sys.stderr.isatty()))
