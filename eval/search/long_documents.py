"""Questions over long documents: is the page that holds the answer found, and is the answer told?

Gold is by hand: the pages on which a person reading the document finds the answer, and the figures or words that it
must hold. Searches are the assistant's own, over whatever the store holds besides. The questions were written before
any search was seen; four then had a page added that a second reading found to state the answer too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from assistant.answering.turn import Assistant
from assistant.domain import Question, Result
from assistant.errors import BudongiError
from eval.data.cases import DATASETS
from eval.data.lines import read_lines, sliced
from eval.statistics.intervals import wilson

QUESTIONS = DATASETS / "long" / "documents.jsonl"
RESULTS = 30
GOALS = {"top_1": 0.85, "recall_at_5": 0.97}
_PAGE = re.compile(r"#p(\d+)(?:-\d+)?$")


@dataclass(frozen=True, slots=True)
class PageQuestion:
    """``doc`` is a source id; ``pages`` count from 1, any of them is right.

    Of each of ``expected_facts`` one wording (parted by ``|``) must be told.
    """

    id: str
    question: str
    language: str
    doc: str
    pages: tuple[int, ...]
    expected_facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """``rank`` of the first page that is right among the different pages found, 0 where none of five is; ``found``
    names them as ``source id#page``; ``told``: the answer holds every expected fact."""

    case: PageQuestion
    rank: int
    found: tuple[str, ...]
    told: bool
    answer: str


def load_questions(path: Path = QUESTIONS) -> list[PageQuestion]:
    """
    Raises:
        SourceError: a line is no such question; names file and line.
    """
    mend = "Give id, question, language, doc, pages, expected_facts."
    return read_lines(path, TypeAdapter(PageQuestion).validate_python, "no question on pages", mend)


def require_documents(cases: Iterable[PageQuestion], assistant: Assistant) -> None:
    """
    Raises:
        BudongiError: a document asked about is not in the store.
    """
    held = {name.id for name in assistant.vocabulary.documents}
    if missing := sorted({case.doc for case in cases if f"document:{case.doc}" not in held}):
        raise BudongiError(
            f"The store lacks {len(missing)} of the documents asked about ({', '.join(missing)[:200]}). "
            "Load the folder that has them first: `budongi ingest FOLDER`."
        )


def run(cases: Iterable[PageQuestion], assistant: Assistant) -> Iterator[PageOutcome]:
    """Outcomes in the order of the questions."""
    for case in cases:
        _, retrieval = assistant.search(Question(case.question), RESULTS)
        pages = _pages(retrieval.pages or [one for one in retrieval.results if one.domain != "housing"])
        gold = {f"{case.doc}#{page}" for page in case.pages}
        rank = next((rank for rank, page in enumerate(pages[:5], start=1) if page in gold), 0)
        answer = assistant.ask(Question(case.question)).text
        told = all(_tells(answer, fact) for fact in case.expected_facts)
        yield PageOutcome(case, rank, tuple(pages[:5]), told, answer)


def _pages(results: Sequence[Result]) -> list[str]:
    """Different pages in the order found; what has no page is its own."""
    names = []
    for result in results:
        page = _PAGE.search(result.chunk_id)
        names.append(f"{result.source_id}#{page[1]}" if page else result.chunk_id)
    return list(dict.fromkeys(names))


def _tells(answer: str, fact: str) -> bool:
    return any(_plain(wording) in _plain(answer) for wording in fact.split("|"))


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text).lower()


def summary(outcomes: Sequence[PageOutcome]) -> dict[str, Any]:
    """Shares with 95 % Wilson intervals, over all and per language and document."""
    return {
        "questions": len(outcomes),
        "goals": GOALS,
        "slices": {
            name: {
                "questions": len(group),
                "top_1": _share([one.rank == 1 for one in group]),
                "recall_at_5": _share([one.rank > 0 for one in group]),
                "told": _share([one.told for one in group]),
            }
            for name, group in sliced(outcomes, ("language", "doc"), named=False).items()
        },
    }


def _share(right: Sequence[bool]) -> dict[str, float]:
    low, high = wilson(sum(right), len(right))
    return {"share": round(sum(right) / len(right), 4), "low": round(low, 4), "high": round(high, 4)}


def table(summed: dict[str, Any]) -> str:
    lines = [f"{'':44} {'n':>3}  {'top-1':>19}  {'recall@5':>19}  {'facts told':>19}"]
    for name, row in summed["slices"].items():
        shares = "  ".join(
            f"{row[key]['share']:.3f} [{row[key]['low']:.2f}, {row[key]['high']:.2f}]"
            for key in ("top_1", "recall_at_5", "told")
        )
        lines.append(f"{name[:44]:44} {row['questions']:>3}  {shares}")
    return "\n".join(lines)


def failures(outcomes: Sequence[PageOutcome]) -> str:
    """Each question of which the first page is wrong or a fact is not told."""
    lines = []
    for one in outcomes:
        if one.rank != 1 or not one.told:
            wrong = "page" if one.rank != 1 else "fact"
            lines.append(
                f"{one.case.id} {wrong} (rank {one.rank or '-'}): {one.case.question}\n"
                f"  wanted p. {', '.join(map(str, one.case.pages))}: {', '.join(one.case.expected_facts)}\n"
                f"  found {', '.join(page.rpartition('#')[2] for page in one.found)}; "
                f"answer: {' '.join(one.answer.split())[:160]}"
            )
    return "\n".join(lines)
