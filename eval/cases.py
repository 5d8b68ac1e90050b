"""Cases of a suite: a question as people type it, and what a right answer must hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from assistant.domain import Language, Message
from assistant.errors import SourceError
from eval.figures import parse_figure

DATASETS = Path(__file__).parent / "datasets"
KINDS = ("fact", "find", "definition", "faq", "follow_up", "unanswerable", "false_premise")


@dataclass(frozen=True, slots=True)
class Expect:
    """What a right answer holds.

    ``facts``: of each group, one alternative must be said; an alternative is words, or a figure as ``won:1273400000``.
    ``forbidden``: none of these may be said. ``entities_any``: at least one of these source ids, and no other complex;
    ``entities_all``: all of these, and no other. ``abstain``: whether the answer must decline.
    """

    facts: tuple[tuple[str, ...], ...] = ()
    forbidden: tuple[str, ...] = ()
    entities_any: tuple[str, ...] = ()
    entities_all: tuple[str, ...] = ()
    abstain: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """One question with its gold. ``gold`` says where it comes from: a rule of ``eval.gold``, or ``hand: …``."""

    id: str
    question: str
    language: Language
    kind: str
    expect: Expect
    gold: str
    tags: tuple[str, ...] = ()
    history: tuple[Message, ...] = ()


def suite_path(suite: str) -> Path:
    """The file of a suite: a name of ``eval/datasets``, or a path.

    Raises:
        SourceError: there is no such suite.
    """
    named = DATASETS / f"{suite}.jsonl"
    path = named if named.is_file() else Path(suite)
    if not path.is_file():
        known = ", ".join(sorted(one.stem for one in DATASETS.glob("*.jsonl")))
        raise SourceError(suite, "there is no such suite.", f"Give one of: {known}, or the path of a JSON Lines file.")
    return path


def load(path: Path) -> list[Case]:
    """All cases of a suite, in order.

    Raises:
        SourceError: a line is not a case, or an id comes twice; the message names file and line.
    """
    cases: dict[str, Case] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            case = _case(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SourceError(
                path, f"this is not a case ({error}).", "See eval/README.md for what a case holds.", line=number
            ) from error
        if case.id in cases:
            raise SourceError(path, f"the id {case.id!r} comes twice.", "Give each case its own id.", line=number)
        cases[case.id] = case
    if not cases:
        raise SourceError(path, "the suite holds no case.", "Write one JSON object a line, as eval/README.md says.")
    return list(cases.values())


def _case(row: Mapping[str, Any]) -> Case:
    given = row["expect"]
    if unknown := set(given) - set(Expect.__dataclass_fields__):
        raise ValueError(f"expect holds {', '.join(sorted(unknown))}, which no scorer reads")
    facts = tuple(tuple(group) for group in given.get("facts", ()))
    forbidden = tuple(given.get("forbidden", ()))
    for alternative in (*(one for group in facts for one in group), *forbidden):
        parse_figure(alternative)  # a figure that cannot be read would pass or fail silently
    if row["language"] not in get_args(Language):
        raise ValueError(f"language is {row['language']!r}")
    if row["kind"] not in KINDS:
        raise ValueError(f"kind is {row['kind']!r}, which is none of {', '.join(KINDS)}")
    return Case(
        id=row["id"],
        question=row["question"],
        language=row["language"],
        kind=row["kind"],
        expect=Expect(
            facts=facts,
            forbidden=forbidden,
            entities_any=tuple(given.get("entities_any", ())),
            entities_all=tuple(given.get("entities_all", ())),
            abstain=bool(given.get("abstain", False)),
        ),
        gold=row["gold"],
        tags=tuple(row.get("tags", ())),
        history=tuple(Message(turn["role"], turn["content"]) for turn in row.get("history", ())),
    )
