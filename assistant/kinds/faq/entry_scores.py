"""Help-centre entries scored as wholes: one chunk of an entry may have the meaning, another the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.domain import Language, Result

# Weight of the dense leg in the fused score; the rest is BM25's, as far as it matched the question.
DENSE_WEIGHT = 0.6


# What an entry's id ends in that is the translation of another (ingest/samples/README.md).
TRANSLATED = "-en"


def by_entry(results: Sequence[Result], language: Language) -> list[Result]:
    """Results anew, best first, with the best chunk of each FAQ entry lifted to what the entry's chunks reach together.

    That chunk's ``score``, ``dense`` and ``coverage`` become the entry's: the nearest meaning and the most words of any
    of its chunks, those of its translation among them; it is one in the reader's ``language`` where there is one. Other
    chunks, and other domains, stay as they are.
    """
    chunks: dict[str, list[Result]] = {}
    for result in results:
        if result.domain == "faq":
            chunks.setdefault(result.document_id.removesuffix(TRANSLATED), []).append(result)
    lifted = {whole.chunk_id: whole for whole in (_together(found, language) for found in chunks.values())}
    return sorted((lifted.get(item.chunk_id, item) for item in results), key=lambda item: -item.score)


def _together(chunks: Sequence[Result], language: Language) -> Result:
    best = max(chunks, key=lambda item: (item.language == language, item.score))
    dense = max(item.dense for item in chunks)
    words = max(item.score - DENSE_WEIGHT * item.dense for item in chunks)
    coverage = max(item.coverage for item in chunks)
    return replace(best, score=DENSE_WEIGHT * dense + words, dense=dense, coverage=coverage)
