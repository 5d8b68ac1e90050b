"""``budongi eval ablate``: build the indexes in memory, run the questions, give the rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np

from assistant.adapters.embeddings.models import calibration_questions, open_embedding
from assistant.adapters.postgres.documents import Documents
from assistant.adapters.postgres.pool import open_pool
from assistant.adapters.prompt_releases import in_use
from assistant.domain import Document
from assistant.ports import Vectors
from assistant.settings import Settings
from eval.ablation.corpus import corpus_rows
from eval.ablation.memory_search import MemoryIndex, Terms
from eval.ablation.search_parts import Questions, Row, query_means, ranking_rows
from eval.running.query_cache import QueryCache
from eval.search.cases import SearchCase
from eval.search.store import open_measured
from ingest.reading import SAMPLES, read_documents
from ingest.workers import embed_batches

BATCH = 8


def ablate(settings: Settings, cases: Sequence[SearchCase], *, corpus: bool) -> list[Row]:
    """Rows of all rankings, and of all ways to write the corpus where ``corpus`` asks for them (minutes of embedding).

    Raises:
        StoreError: the store holds other than the sample corpus.
    """
    documents, _ = read_documents(in_use(settings), [SAMPLES], progress=False)
    with open_measured(settings) as (assistant, cache):
        means = query_means(cache, calibration_questions())
        questions = Questions(cases, assistant)
        stored = stored_vectors(settings, documents)

        def embed(some: Sequence[Document]) -> Vectors:
            return _embed(cache, settings, stored, [chunk.text for document in some for chunk in document.chunks])

        vectors = embed(documents)

        def over(terms: Terms) -> MemoryIndex:
            return MemoryIndex(documents, vectors, means, terms)

        def of(some: Sequence[Document]) -> MemoryIndex:
            return MemoryIndex(some, embed(some), means, assistant.tokenizer.terms)

        rows = ranking_rows(questions, over, assistant.tokenizer.terms)
        return [*rows, *(corpus_rows(questions, documents, of) if corpus else ())]


def stored_vectors(settings: Settings, documents: Sequence[Document]) -> dict[str, Vectors]:
    """Raw vector, shape ``(dimensions,)``, by text, of what the store holds of these documents."""
    with open_pool(settings) as pool:
        return Documents(pool).vectors_of(document.id for document in documents)


def _embed(cache: QueryCache, settings: Settings, stored: Mapping[str, Vectors], texts: list[str]) -> Vectors:
    """The store's own vectors, else those on disk, else on every core, and then kept on disk."""
    missing = cache.unknown([text for text in texts if text not in stored])
    batches = [missing[at : at + BATCH] for at in range(0, len(missing), BATCH)]
    for number, vectors in embed_batches(cache, partial(open_embedding, settings), batches):
        cache.remember(batches[number], vectors)
    cache.save()
    others = [text for text in texts if text not in stored]
    rest = iter(cache.embed_passages(others) if others else ())
    return np.stack([stored[text] if text in stored else next(rest) for text in texts])
