"""Help-centre entries scored as wholes: one chunk of an entry may have the meaning, another the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.domain import Result

# Weight of the dense leg in the fused score; the rest is BM25's, as far as it matched the question.
DENSE_WEIGHT = 0.6


def by_entry(results: Sequence[Result]) -> list[Result]:
    """Results anew, best first, with the best chunk of each FAQ entry lifted to what the entry's chunks reach together.

    That chunk's ``score``, ``dense`` and ``coverage`` become the entry's: the nearest meaning and the most words of any
    of its chunks. Other chunks, and other domains, stay as they are.
    """
    chunks: dict[str, list[Result]] = {}
    for result in results:
        if result.domain == "faq":
            chunks.setdefault(result.document_id, []).append(result)
    whole = {id_: _together(found) for id_, found in chunks.items()}
    lifted = [
        whole[item.document_id] if item.domain == "faq" and item.chunk_id == whole[item.document_id].chunk_id else item
        for item in results
    ]
    return sorted(lifted, key=lambda item: -item.score)


def _together(chunks: Sequence[Result]) -> Result:
    best = max(chunks, key=lambda item: item.score)
    dense = max(item.dense for item in chunks)
    words = max(item.score - DENSE_WEIGHT * item.dense for item in chunks)
    coverage = max(item.coverage for item in chunks)
    return replace(best, score=DENSE_WEIGHT * dense + words, dense=dense, coverage=coverage)
