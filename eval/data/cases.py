"""Cases of a suite: a question as people type it, and what a right answer must hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, TypeAdapter

from assistant.domain import Domain, Language, Message, Role, Stage
from assistant.errors import SourceError
from eval.data.figures import parse_figure
from eval.data.lines import one_of, read_lines

DATASETS = Path(__file__).parents[1] / "datasets"
SUITES = {
    "full": ("smoke", "fresh", "unseen", "answers", "homes", "library", "help")
}  # suites that are others put together
KINDS = (
    *("fact", "find", "compare", "narrowing", "shared_fact", "contamination", "terse_expert"),
    *("false_premise", "unanswerable", "eligibility", "injected", "colloquial"),
)


def _readable(alternative: str) -> str:
    parse_figure(alternative)  # a figure that cannot be read would pass or fail silently
    return alternative


Alternative = Annotated[str, AfterValidator(_readable)]


@dataclass(frozen=True, slots=True)
class Expect:
    """What a right answer holds.

    ``facts``: of each group, one alternative must be said; an alternative is words, or a figure as ``won:1273400000``.
    ``forbidden``: none of these may be said. ``entities_any``: at least one of these source ids, and no other complex;
    ``entities_all``: all of these, and no other. ``abstain``: whether the answer must decline.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    facts: tuple[tuple[Alternative, ...], ...] = ()
    forbidden: tuple[Alternative, ...] = ()
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

    __pydantic_config__ = ConfigDict(extra="forbid")

    id: str
    question: str
    language: Language
    kind: Annotated[str, one_of(*KINDS)]
    expect: Expect
    gold: str
    domain: Domain | Literal["none"] = "housing"
    stage: Stage = "detail"
    role: Role = "user"
    tags: tuple[str, ...] = ()
    history: tuple[Message, ...] = ()
    pair: str = ""
    entity: str = ""
    as_of: date | None = None
    pages: tuple[Page, ...] = ()


_CASE = TypeAdapter(Case)


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
    cases = read_lines(path, read_case, "not a case", "See eval/README.md for what a case holds.", lambda one: one.id)
    if not cases:
        raise SourceError(path, "the suite holds no case.", "Write one JSON object a line, as eval/README.md says.")
    return cases


def read_case(row: Mapping[str, Any]) -> Case:
    """
    Raises:
        ValueError: it is no case; it lacks something, or holds what nothing reads.
    """
    if missing := {"domain", "stage"} - row.keys():
        raise ValueError(f"it holds no {' and no '.join(sorted(missing))}")
    return _CASE.validate_python(row)
