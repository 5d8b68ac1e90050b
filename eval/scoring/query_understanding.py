"""``budongi eval readout``: what was understood of a question, against what a person wrote down beside it.

A line of ``datasets/understanding/readout.jsonl`` is ``{"id", "question", "language", "kind", "history"?,
"expect"}``; ``expect`` holds ``domain`` (``housing``, ``listing`` or ``other``), ``intent``, and where there is any:
``entities`` (source ids), ``filters`` (fields of :class:`assistant.domain.Filters`; ``around`` for neighbours),
``criteria`` (``park``, or ``station:300`` with its metres), ``facets`` (of questions on a complex), ``sort``,
``unknown``. What it does not name must not be read out: both directions count.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.domain import Message, Question, Understanding
from assistant.understanding.reading import NEAR_A_STATION
from eval.data.cases import DATASETS
from eval.data.lines import read_lines

READOUT = DATASETS / "understanding" / "readout.jsonl"
FIELDS = ("domain", "intent", "entities", "facets", "filters", "criteria", "sort", "unknown")
TOLERANCE = 0.006  # of a figure: 499 for "fewer than 500" is the same reading

Item = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ReadoutCase:
    """One question with what is to be read out of it."""

    id: str
    question: Question
    kind: str
    expect: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """Read-outs of one field over all questions: right, read but not there, there but not read."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """1 where there was nothing to read and nothing was."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self != Score() else 1.0


def load(path: Path = READOUT) -> list[ReadoutCase]:
    """All cases, in order.

    Raises:
        SourceError: a line is not a case; the message names file and line.
    """
    return read_lines(path, _case, "not a case", "See its module, query_understanding.py, for the form.")


def _case(row: Mapping[str, Any]) -> ReadoutCase:
    history = tuple(Message(turn["role"], turn["content"]) for turn in row.get("history", ()))
    return ReadoutCase(row["id"], Question(row["question"], history, id=row["id"]), row["kind"], row["expect"])


def expected(case: ReadoutCase) -> dict[str, list[Item]]:
    """What is to be read out, as (name, value) pairs per field."""
    want = case.expect
    return {
        "domain": [("domain", want["domain"])],
        "intent": [("intent", want["intent"])],
        "entities": [("entity", id_) for id_ in want.get("entities", ())],
        "facets": [("facet", facet) for facet in want.get("facets", ())],
        "filters": _filter_items(want.get("filters", {})),
        "criteria": [("criterion", wish) for wish in want.get("criteria", ())],
        "sort": [("sort", want["sort"])] if "sort" in want else [],
        "unknown": [("unknown", "name")] if want.get("unknown") else [],
    }


def read_out(understanding: Understanding) -> dict[str, list[Item]]:
    """What was read out, as (name, value) pairs per field."""
    filters: dict[str, Any] = dict(understanding.filters)
    filters["around"] = bool(filters.pop("neighbours", ()))
    # A station or line wanted is a wish for nearness by itself; only what was said counts.
    implied = "stations" in filters or "places" in filters
    wishes = [
        f"{wish.key}:{wish.within}"
        for wish in understanding.criteria
        if wish.key != "list" and not implied and (wish.words or wish.within != NEAR_A_STATION)
    ]
    about_one = bool(understanding.entities or understanding.unknown_names)
    return {
        "domain": [("domain", understanding.domain if understanding.domain in ("housing", "listing") else "other")],
        "intent": [("intent", understanding.intent)],
        "entities": [("entity", entity.id.partition(":")[2]) for entity in understanding.entities],
        "facets": [("facet", facet) for facet in understanding.facets] if about_one else [],
        "filters": _filter_items(filters) if understanding.domain == "housing" else [],
        "criteria": [("criterion", wish) for wish in wishes] if understanding.domain == "housing" else [],
        "sort": [("sort", understanding.sort)] if understanding.sort and understanding.domain == "housing" else [],
        "unknown": [("unknown", "name")] if understanding.unknown_names else [],
    }


def _filter_items(given: Mapping[str, Any]) -> list[Item]:
    items: list[Item] = []
    for name, value in given.items():
        if isinstance(value, list | tuple):
            items += [(name, str(one)) for one in value]
        elif value is True or isinstance(value, date) or value not in (None, False):
            items.append((name, str(value)))
    return items


def _same(one: Item, other: Item) -> bool:
    if one[0] != other[0]:
        return False
    if one[0] == "criterion":  # "park" stands for any distance, "station:300" for 300 m
        key, _, metres = one[1].partition(":")
        return other[1].partition(":")[0] == key and metres in ("", other[1].partition(":")[2])
    try:
        first, second = float(one[1]), float(other[1])
    except ValueError:
        return one[1] == other[1]
    return abs(first - second) <= TOLERANCE * max(abs(first), abs(second))


def compare(want: Sequence[Item], read: Sequence[Item]) -> Score:
    """Pair what was wanted with what was read, each once."""
    left = list(read)
    right = 0
    for item in want:
        match = next((one for one in left if _same(item, one)), None)
        if match is not None:
            left.remove(match)
            right += 1
    return Score(right, len(left), len(want) - right)


def measure(cases: Iterable[tuple[ReadoutCase, Understanding]]) -> tuple[dict[str, Score], list[str]]:
    """Score per field, of all fields, and of all fields per kind and language; and what was read wrong, by question."""
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    lines = []
    for case, understanding in cases:
        want, read = expected(case), read_out(understanding)
        faults = []
        for field in FIELDS:
            score = compare(want[field], read[field])
            for name in (field, "all", f"kind {case.kind}", f"language {understanding.language}"):
                totals[name].update(right=score.right, wrong=score.wrong, missed=score.missed)
            if score.wrong or score.missed:
                faults.append(f"{field}: wanted {_shown(want[field])}, read {_shown(read[field])}")
        if faults:
            lines.append(f"{case.id}  {case.question.text}\n    " + "\n    ".join(faults))
    names = [*FIELDS, "all", *(name for name in totals if " " in name)]
    return {name: Score(**totals[name]) for name in names}, lines


def _shown(items: Sequence[Item]) -> str:
    return ", ".join(f"{name}={value}" for name, value in items) or "nothing"
