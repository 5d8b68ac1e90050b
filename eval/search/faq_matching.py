"""Whether a question in people's own words finds the help-centre entry that answers it, or is told that none does.

``datasets/matching/faq.jsonl``: ``{"id", "question", "language", "expected"}``; any of the ``expected`` FAQ ids is
right (an entry, its English twin, the official entry of the same matter), none of them where the list is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from pydantic import TypeAdapter

from assistant.domain import Answer, Question, Understanding
from assistant.retrieval.retriever import Retrieval
from eval.data.cases import DATASETS
from eval.data.lines import read_lines, sliced

DATASET = DATASETS / "matching" / "faq.jsonl"
RESULTS = 30
FACT = "fact:"


@dataclass(frozen=True, slots=True)
class FaqCase:
    """One question; ``expected`` are the ids of the entries that answer it."""

    id: str
    question: str
    language: str
    expected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FaqOutcome:
    """``ranked``: ids of the FAQ entries found, best first; ``cited``: source ids that the answer cites."""

    case: FaqCase
    ranked: tuple[str, ...]
    cited: tuple[str, ...]
    abstained: bool

    def within(self, count: int) -> bool:
        """Whether one of the first ``count`` entries found is right."""
        return bool(set(self.ranked[:count]) & set(self.case.expected))

    @property
    def answered(self) -> bool:
        """Whether the answer cites a right entry, or a shared fact, which states the rule itself."""
        return any(id_ in self.case.expected or id_.startswith(FACT) for id_ in self.cited)


class Asked(Protocol):
    """What is measured: an assistant without a chat model."""

    def ask(self, question: Question) -> Answer: ...

    def search(self, question: Question, limit: int = 10) -> tuple[Understanding, Retrieval]: ...


def load_faq_cases(path: Path = DATASET) -> list[FaqCase]:
    """The questions of a file.

    Raises:
        SourceError: a line is no such question; names file and line.
    """
    mend = "Give id, question, language, expected."
    return read_lines(path, TypeAdapter(FaqCase).validate_python, "no FAQ question", mend)


def match_all(cases: Iterable[FaqCase], assistant: Asked) -> Iterator[FaqOutcome]:
    """Outcomes in the order of the questions, each as soon as it is known."""
    for case in cases:
        _, found = assistant.search(Question(case.question), RESULTS)
        answer = assistant.ask(Question(case.question))
        ranked = dict.fromkeys(result.source_id for result in found.results if result.domain == "faq")
        cited = tuple(citation.source_id for citation in answer.citations)
        yield FaqOutcome(case, tuple(ranked), cited, answer.abstained)


def summary(outcomes: Sequence[FaqOutcome]) -> dict[str, Any]:
    """Per language and in all: shares found first, found among three, answered; and told that none fits."""
    return {name: _figures(group) for name, group in sliced(outcomes, ["language"], named=False).items()}


def _figures(group: Sequence[FaqOutcome]) -> dict[str, Any]:
    matching = [outcome for outcome in group if outcome.case.expected]
    none = [outcome for outcome in group if not outcome.case.expected]
    return {
        "questions": len(matching),
        "top_1": _share([outcome.within(1) for outcome in matching]),
        "top_3": _share([outcome.within(3) for outcome in matching]),
        "answered": _share([outcome.answered for outcome in matching]),
        "none": len(none),
        "none_recall": _share([outcome.abstained for outcome in none]),
    }


def _share(hits: Sequence[bool]) -> float | None:
    return round(sum(hits) / len(hits), 4) if hits else None


def failures(outcomes: Sequence[FaqOutcome]) -> str:
    """One line per question that was not answered by a right entry, or was answered where none fits."""
    lines = []
    for outcome in outcomes:
        case = outcome.case
        if case.expected and not (outcome.within(1) and outcome.answered):
            lines.append(f"{case.id}: {case.question} | first {outcome.ranked[:3]} | cited {outcome.cited[:3]}")
        elif not case.expected and not outcome.abstained:
            lines.append(f"{case.id}: {case.question} | none fits | cited {outcome.cited[:3]}")
    return "\n".join(lines)


def table(summed: dict[str, Any]) -> str:
    """The summary as aligned text."""
    columns = ("questions", "top_1", "top_3", "answered", "none", "none_recall")
    rows = [f"{'':<6}" + "".join(f"{name:>12}" for name in columns)]
    for name, figures in summed.items():
        shown = ("-" if figures[column] is None else f"{figures[column]}" for column in columns)
        rows.append(f"{name:<6}" + "".join(f"{value:>12}" for value in shown))
    return "\n".join(rows)
