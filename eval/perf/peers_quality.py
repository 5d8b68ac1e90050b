"""How right the ways to search are that :mod:`eval.perf.peers` times, on the sample corpus and its question set."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from psycopg_pool import ConnectionPool

from assistant.adapters.lexical.terms import open_tokenizer
from assistant.adapters.postgres.documents import Documents
from assistant.adapters.postgres.store import Store
from assistant.answering.evidence_finder import RESULTS
from assistant.answering.turn import Assistant
from assistant.domain import Filters, Question, Result
from assistant.ports import EmbeddingModel, SearchRequest
from eval.running.runner import as_of_corpus
from eval.search.cases import SearchCase, judge
from eval.statistics.intervals import percentile
from eval.statistics.resampling import mean_of
from prompts.loader import Prompts

Asked = TypeVar("Asked")
Found = tuple[Sequence[float], Sequence[Sequence[str]]]  # milliseconds and ids of chunks, question by question


def requests_of(cases: Sequence[SearchCase], model: EmbeddingModel) -> list[SearchRequest]:
    """The questions as they are searched for by their words and meaning alone."""
    tokenizer = open_tokenizer()
    return [
        SearchRequest(
            model.embed_query(case.question),
            tokenizer.terms(case.question),
            "en" if case.language == "en" else "ko",
            Filters(),
            limit=RESULTS,
        )
        for case in cases
    ]


def found_by(search: Callable[[Asked], Sequence[str]], questions: Sequence[Asked]) -> Found:
    """What ``search`` finds, each question once."""
    milliseconds, found = [], []
    for question in questions:
        began = time.perf_counter()
        ids = search(question)
        milliseconds.append((time.perf_counter() - began) * 1000)
        found.append(ids)
    return milliseconds, found


def understood(pool: ConnectionPool, model: EmbeddingModel, cases: Sequence[SearchCase]) -> Found:
    """What a turn looks at; ``model`` remembers the questions' vectors, so that embedding is not in the time."""
    store, tokenizer = Store(pool), open_tokenizer()
    store.refresh()
    assistant = as_of_corpus(Assistant(store, model, tokenizer, store.vocabulary(tokenizer, Prompts.read())))
    return found_by(
        lambda case: [one.chunk_id for one in assistant.search(Question(case.question), RESULTS)[1].results], cases
    )


def table(pool: ConnectionPool, cases: Sequence[SearchCase], ways: Mapping[str, Found]) -> list[str]:
    """One line a way: recall@5 and MRR with 95 % intervals, and its median time."""
    chunks: dict[str, Result] = {one.chunk_id: one for one in Store(pool).chunks_of(list(Documents(pool).hashes()))}
    lines = [f"  {'':<36}{'recall@5':<26}{'MRR':<26}median"]
    for name, (milliseconds, found) in ways.items():
        judged = [judge(case.relevant, [chunks[id_] for id_ in ids]) for case, ids in zip(cases, found, strict=True)]
        recall = mean_of((case.pair, one.recall) for case, one in zip(cases, judged, strict=True))
        rank = mean_of((case.pair, one.reciprocal_rank) for case, one in zip(cases, judged, strict=True))
        shown = [f"{one.mean:.3f} ({one.low:.3f} to {one.high:.3f})" for one in (recall, rank)]
        lines.append(f"  {name:<36}{shown[0]:<26}{shown[1]:<26}{percentile(milliseconds, 0.5):6.1f} ms")
    return lines
