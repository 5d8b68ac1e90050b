"""Cases of a suite: a question as people type it, and what a right answer must hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

from assistant.domain import Domain, Language, Message, Role, Stage
from assistant.errors import SourceError
from eval.data.figures import parse_figure

DATASETS = Path(__file__).parents[1] / "datasets"
SUITES = {"full": ("smoke", "fresh", "unseen", "answers", "homes", "help")}  # suites that are others put together
KINDS = (
    *("fact", "find", "compare", "narrowing", "shared_fact", "contamination", "terse_expert"),
    *("false_premise", "unanswerable", "eligibility", "injected", "colloquial"),
)
DOMAINS = (*get_args(Domain), "none")


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

    @property
    def entities(self) -> frozenset[str]:
        """Every source that fits."""
        return frozenset((*self.entities_any, *self.entities_all))


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document that one case is asked beside: the document's title, and what the page says."""

    title: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One question with its gold. ``gold`` says where it comes from: a rule of ``eval.data.gold``, or ``hand: …``.

    ``domain``: the kind of document that holds the answer, ``none`` where no kind could. ``stage``: how narrow the
    conversation is. ``pair``: the id of the case that asks the same in other words. ``entity``: the one source that the
    answer comes from (a 주택관리번호, the id of a help answer or a post), by which errors are clustered; else empty.
    ``as_of``: the day on which it is asked, where that is not the corpus's; ``pages``: what stands beside the corpus.
    """

    id: str
    question: str
    language: Language
    kind: str
    expect: Expect
    gold: str
    domain: str = "housing"
    stage: Stage = "detail"
    role: Role = "user"
    tags: tuple[str, ...] = ()
    history: tuple[Message, ...] = ()
    pair: str = ""
    entity: str = ""
    as_of: date | None = None
    pages: tuple[Page, ...] = ()


def suite_path(suite: str) -> Path:
    """The file of a suite: a name of ``eval/datasets``, or a path.

    Raises:
        SourceError: there is no such suite.
    """
    named = DATASETS / f"{suite}.jsonl"
    path = named if named.is_file() else Path(suite)
    if not path.is_file():
        known = ", ".join((*SUITES["full"], *SUITES))
        raise SourceError(suite, "there is no such suite.", f"Give one of: {known}, or the path of a JSON Lines file.")
    return path


def load_suite(suite: str) -> list[Case]:
    """All cases of a suite by its name or path; those of ``full`` one file after the other.

    Raises:
        SourceError: there is no such suite, or one of its lines is not a case.
    """
    return [case for part in SUITES.get(suite, (suite,)) for case in load(suite_path(part))]


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
            case = read_case(json.loads(line))
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


def read_case(row: Mapping[str, Any]) -> Case:
    given = row["expect"]
    if unknown := set(given) - set(Expect.__dataclass_fields__):
        raise ValueError(f"expect holds {', '.join(sorted(unknown))}, which no scorer reads")
    facts = tuple(tuple(group) for group in given.get("facts", ()))
    forbidden = tuple(given.get("forbidden", ()))
    for alternative in (*(one for group in facts for one in group), *forbidden):
        parse_figure(alternative)  # a figure that cannot be read would pass or fail silently
    if row["language"] not in get_args(Language):
        raise ValueError(f"language is {row['language']!r}")
    for name, known in (("kind", KINDS), ("domain", DOMAINS), ("stage", get_args(Stage))):
        if row[name] not in known:
            raise ValueError(f"{name} is {row[name]!r}, which is none of {', '.join(known)}")
    if (role := row.get("role", "user")) not in get_args(Role):
        raise ValueError(f"role is {role!r}")
    if unknown := set(row) - set(Case.__dataclass_fields__):
        raise ValueError(f"it holds {', '.join(sorted(unknown))}, which nothing reads")
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
        domain=row["domain"],
        stage=row["stage"],
        role=role,
        pair=row.get("pair", ""),
        entity=row.get("entity", ""),
        tags=tuple(row.get("tags", ())),
        history=tuple(Message(turn["role"], turn["content"]) for turn in row.get("history", ())),
        as_of=date.fromisoformat(row["as_of"]) if "as_of" in row else None,
        pages=tuple(Page(page["title"], tuple(page["sentences"])) for page in row.get("pages", ())),
    )
