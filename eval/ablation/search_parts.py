"""What each part of the search is worth: the same questions with one part changed at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from assistant.answering.evidence_finder import RESULTS
from assistant.answering.turn import Assistant
from assistant.domain import Candidate, Filters, Language, Question, Result
from assistant.ports import EmbeddingModel, SearchRequest, Vectors
from assistant.retrieval.retriever import retrieve
from assistant.understanding import understand
from eval.ablation import memory_search
from eval.ablation.memory_search import Asked, MemoryIndex, RankedBy, Ranking, Terms
from eval.search.cases import SearchCase
from eval.search.runner import SearchOutcome, recalls, reciprocal_ranks, run_searches
from eval.statistics.resampling import Estimate, difference, mean_of

RANKINGS: dict[str, Ranking] = {
    "dense, vectors as they come": memory_search.dense_raw,
    "dense, centred": memory_search.dense_centred,
    "BM25 alone": memory_search.bm25,
    "rank fusion, as Azure does it": memory_search.azure_style,
    "rank fusion, centred": memory_search.reciprocal_rank_fusion,
    "weighted": memory_search.weighted,
    "weighted + gate": memory_search.shipped,
}
SHIPPED = "weighted + gate"


@dataclass(frozen=True, slots=True)
class Row:
    """One way to search: how good it is, and by how many points of recall@5 it differs from the one it is held to."""

    block: str
    name: str
    recall: Estimate
    mrr: Estimate
    against: str
    points: Estimate


class Questions:
    """The questions, each understood, split and embedded once."""

    def __init__(self, cases: Sequence[SearchCase], assistant: Assistant) -> None:
        self.cases = cases
        self._assistant = assistant
        self._housing: dict[Asked, tuple[list[Candidate], int]] = {}
        self._understood = {
            case.question: understand(
                Question(case.question), assistant.vocabulary, assistant.tokenizer.tagged, assistant.today()
            )
            for case in cases
        }

    def unfiltered(
        self, index: MemoryIndex, ranking: Ranking, cases: Iterable[SearchCase] | None = None
    ) -> list[SearchOutcome]:
        """Only words and meaning: nothing that was understood narrows the search."""

        def search(question: str) -> list[Result]:
            understood = self._understood[question]
            request = SearchRequest(
                vector=self._assistant.embedding.embed_query(understood.text),
                terms=index.terms(understood.text),
                language=understood.language,
                filters=Filters(),
                limit=RESULTS,
            )
            return index.search(request, ranking)

        return list(run_searches(self.cases if cases is None else cases, search))

    def filtered(self, index: MemoryIndex, ranking: Ranking) -> list[SearchOutcome]:
        """What was understood decides where to look, as in a turn; the ranking orders what is looked at."""
        store = RankedBy(index, ranking, self._assistant.store, self._housing)

        def search(question: str) -> Sequence[Result]:
            understood = self._understood[question]
            vector = self._assistant.embedding.embed_query(understood.text)
            return retrieve(understood, vector, index.terms(understood.text), store, RESULTS).results

        return list(run_searches(self.cases, search))


def ranking_rows(questions: Questions, index: Callable[[Terms], MemoryIndex], kiwi: Terms) -> list[Row]:
    """Every ranking, without and with what was understood; and BM25 over other terms than morphemes."""
    rows = []
    by_morphemes = index(kiwi)
    for block, run in (("words and meaning alone", questions.unfiltered), ("with understanding", questions.filtered)):
        found = {name: run(by_morphemes, ranking) for name, ranking in RANKINGS.items()}
        rows += rows_of(block, found, SHIPPED)
    terms: Mapping[str, Terms] = {
        "morphemes": kiwi,
        "character bigrams": memory_search.bigrams,
        "words": memory_search.words,
    }
    for name in ("BM25 alone", SHIPPED):
        found = {
            how: questions.unfiltered(by_morphemes if of is kiwi else index(of), RANKINGS[name])
            for how, of in terms.items()
        }
        rows += rows_of(f"terms of {name}", found, "morphemes")
    return rows


def rows_of(block: str, found: Mapping[str, Sequence[SearchOutcome]], against: str) -> list[Row]:
    """A block of rows, each held to the row ``against`` question by question."""
    base = recalls(found[against], 100)
    return [
        Row(
            block,
            name,
            mean_of(recalls(outcomes)),
            mean_of(reciprocal_ranks(outcomes)),
            against,
            difference(recalls(outcomes, 100), base),
        )
        for name, outcomes in found.items()
    ]


def rows_json(rows: Iterable[Row]) -> list[dict[str, Any]]:
    return [asdict(row) for row in rows]


def table(rows: Sequence[Row]) -> str:
    """The rows as lines of text, a headline for each block."""
    lines: list[str] = []
    block = ""
    for row in rows:
        if row.block != block:
            block = row.block
            lines += ["", f"{block:<44}{'recall@5':<24}{'MRR':<24}points of recall@5 against {row.against}"]
        cells = [f"{one.mean:.3f} ({one.low:.3f} to {one.high:.3f})" for one in (row.recall, row.mrr)]
        points = f"{row.points.mean:+.1f} ({row.points.low:+.1f} to {row.points.high:+.1f})"
        lines.append(
            f"  {row.name:<42}{cells[0]:<24}{cells[1]:<24}{points if row.name != row.against else ''}".rstrip()
        )
    return "\n".join(lines).lstrip("\n")


def query_means(embedding: EmbeddingModel, questions: Mapping[str, Sequence[str]]) -> dict[str, Vectors]:
    """The mean question vector per language, as ingestion computes it from the calibration questions."""
    return {
        language: np.mean([embedding.embed_query(one) for one in texts], axis=0)
        for language, texts in questions.items()
    }


def languages_of(cases: Iterable[SearchCase]) -> dict[Language, list[SearchCase]]:
    """The questions by language."""
    grouped: dict[Language, list[SearchCase]] = {"ko": [], "en": []}
    for case in cases:
        grouped["en" if case.language == "en" else "ko"].append(case)
    return grouped
