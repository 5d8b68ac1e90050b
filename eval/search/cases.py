"""Retrieval questions: several ways to ask one thing, and the sources that a search must bring up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, TypeAdapter

from assistant.domain import Result
from eval.data.cases import DATASETS, Alternative
from eval.data.gold_search import FIRST_PAGE
from eval.data.lines import one_of, read_lines
from eval.scoring.fact_matcher import says

RETRIEVAL = DATASETS / "retrieval.jsonl"
VARIANTS = ("ko-long", "ko-terse", "ko-typo", "ko-nospace", "en-long", "en-terse")
KINDS = ("detail", "compare", "find", "combination", "superlative", "faq", "listing")


@dataclass(frozen=True, slots=True)
class Relevant:
    """What is right: results of these ``sources``.

    With ``facts``, a result is right only if its text states one alternative of a group, and every group is wanted.
    Without, the first results of distinct sources are looked at, and ``enough`` right ones among them are wanted.
    """

    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    facts: tuple[tuple[Alternative, ...], ...] = ()
    enough: Annotated[int, Field(ge=1)] = 1


@dataclass(frozen=True, slots=True)
class SearchCase:
    """One question. Questions of one ``pair`` mean the same and differ by ``variant``; ``gold`` is the rule behind."""

    id: str
    pair: str
    variant: Annotated[str, one_of(*VARIANTS)]
    kind: Annotated[str, one_of(*KINDS)]
    topic: str
    question: str
    relevant: Relevant
    gold: str

    @property
    def language(self) -> str:
        return self.variant[:2]


@dataclass(frozen=True, slots=True)
class Judged:
    """``recall``: share of what is wanted that the first five results hold; ``reciprocal_rank`` of the first right one,
    0 where none is right."""

    recall: float
    reciprocal_rank: float


def judge(relevant: Relevant, results: Sequence[Result]) -> Judged:
    """Results best first, as a search gives them.

    Facts: a person reads result by result, so every result counts, and recall is the share of groups that the first
    five state. Otherwise a person looks for complexes, answers or posts: of each source only its first result counts,
    and recall is how many of the first five sources are right, of ``enough`` that could be (at most five).
    """
    if relevant.facts:
        stated = [_states(relevant, result) for result in results]
        first_page = set().union(*stated[:FIRST_PAGE])
        recall = len(first_page) / len(relevant.facts)
        right = [bool(groups) for groups in stated]
    else:
        right = [source in relevant.sources for source in dict.fromkeys(result.source_id for result in results)]
        recall = min(1.0, sum(right[:FIRST_PAGE]) / relevant.enough)
    return Judged(recall, 1 / (right.index(True) + 1) if True in right else 0.0)


def _states(relevant: Relevant, result: Result) -> set[int]:
    """Which groups of facts a result states, if it is of a right source."""
    if result.source_id not in relevant.sources:
        return set()
    text = "\n".join([result.text, *(f"{sentence.ko}\n{sentence.en}" for sentence in result.sentences)])
    return set(_stated(text, relevant.facts))


@cache  # an ablation judges the same text again and again
def _stated(text: str, facts: tuple[tuple[str, ...], ...]) -> tuple[int, ...]:
    return tuple(number for number, group in enumerate(facts) if any(says(text, one) for one in group))


def load_searches(path: Path = RETRIEVAL, pairs: int | None = None) -> list[SearchCase]:
    """All questions in order, or those of ``pairs`` pairs, spread evenly over the file.

    Raises:
        SourceError: a line is not a question, or an id comes twice; the message names file and line.
    """
    cases = read_lines(
        path,
        TypeAdapter(SearchCase).validate_python,
        "not a retrieval question",
        "See eval/README.md for what one holds.",
        lambda one: one.id,
    )
    names = list(dict.fromkeys(case.pair for case in cases))
    if pairs is not None and pairs < len(names):
        names = [names[index * len(names) // pairs] for index in range(pairs)]
    wanted = set(names)
    return [case for case in cases if case.pair in wanted]
