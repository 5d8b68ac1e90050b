"""The store's search in memory, in parts that can be left out: what each part is worth.

With :func:`shipped` it gives what ``search_chunks.sql`` of the Postgres adapter gives; a test holds the two together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.adapters.postgres.documents import bm25_weights, chunk_ids, text_hash
from assistant.domain import Candidate, Complex, Criterion, Document, Filters, ListingFilters, Result
from assistant.kinds.faq.entry_scores import DENSE_WEIGHT
from assistant.ports import SearchRequest, SearchStore, Vectors

MEAN_SAMPLE = 1024  # passages that the mean of a language is taken of
QUERY_MEAN_WEIGHT = 20  # passages that the query-side mean counts as in it
RRF_K = 60  # Cormack, Clarke & Büttcher 2009; also what Azure AI Search and langchain-postgres take
DEPTH = 50  # candidates that each leg of a rank fusion hands over, as in Azure AI Search

Asked = tuple[Filters, tuple[Criterion, ...], str, int]
Scores = NDArray[np.float64]
Terms = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Legs:
    """What is known of every chunk in scope, each of shape ``(chunks,)``: cosine of the vectors as the model gave them
    and of the centred ones, BM25, and the share of the question's IDF that matched."""

    raw: Scores
    centred: Scores
    bm25: Scores
    coverage: Scores


Ranking = Callable[[Legs], Scores]


def dense_raw(legs: Legs) -> Scores:
    return legs.raw


def dense_centred(legs: Legs) -> Scores:
    return legs.centred


def bm25(legs: Legs) -> Scores:
    return np.where(legs.bm25 > 0, legs.bm25, -np.inf)


def reciprocal_rank_fusion(legs: Legs) -> Scores:
    """Over the centred vectors and BM25."""
    return _fused_ranks(legs.centred, bm25(legs))


def azure_style(legs: Legs) -> Scores:
    """Rank fusion as Azure AI Search does it, over vectors as they come."""
    return _fused_ranks(legs.raw, bm25(legs))


def weighted(legs: Legs) -> Scores:
    """A weighted sum, BM25 as a share of the best."""
    return DENSE_WEIGHT * legs.centred + (1 - DENSE_WEIGHT) * _share_of_best(legs.bm25)


def shipped(legs: Legs) -> Scores:
    """The weighted sum with BM25 gated by coverage and by the angle between the meanings."""
    gate = legs.coverage * np.clip(legs.centred / 0.2, 0.3, 1)
    return DENSE_WEIGHT * legs.centred + (1 - DENSE_WEIGHT) * gate * _share_of_best(legs.bm25)


def _share_of_best(values: Scores) -> Scores:
    best = values.max(initial=0)
    return values / best if best > 0 else values


def _fused_ranks(*legs: Scores) -> Scores:
    fused = np.full(len(legs[0]), -np.inf)
    for scores in legs:
        found = np.argsort(-scores, kind="stable")[:DEPTH]
        found = found[np.isfinite(scores[found])]
        ranks = 1 / (RRF_K + 1 + np.arange(len(found)))
        fused[found] = np.where(np.isfinite(fused[found]), fused[found], 0) + ranks
    return fused


class MemoryIndex:
    """Chunks of some documents with vectors and postings."""

    def __init__(
        self,
        documents: Sequence[Document],
        vectors: Vectors,
        query_means: Mapping[str, Vectors],
        terms: Terms,
    ) -> None:
        """``vectors``: shape ``(chunks, dimensions)``, raw, in the documents' order; ``query_means`` per language."""
        self._results = [
            Result(
                rank=0,
                score=0.0,
                document_id=document.id,
                source_id=document.source_id,
                chunk_id=chunk_id,
                domain=document.domain,
                name_ko=document.name_ko,
                name_en=document.name_en,
                topic=chunk.topic,
                text=chunk.text,
                sentences=chunk.sentences,
                language=chunk.language,
            )
            for document in documents
            for chunk_id, chunk in zip(chunk_ids(document), document.chunks, strict=True)
        ]
        if len(vectors) != len(self._results):
            raise ValueError(f"{len(self._results)} chunks, {len(vectors)} vectors")
        self._query_means = query_means
        self._raw = _unit(_half(vectors))
        self._centred = self._centre(_half(vectors))
        postings: dict[str, dict[int, float]] = defaultdict(dict)
        for number, result in enumerate(self._results):
            for term, weight in bm25_weights(Counter(terms(result.text))).items():
                postings[term][number] = weight
        self._postings = {term: (np.array(list(of)), np.array(list(of.values()))) for term, of in postings.items()}
        self.terms = lru_cache(maxsize=None)(terms)
        self._scored: dict[tuple[object, ...], Legs] = {}
        self._domains = np.array([result.domain for result in self._results])
        self._documents = np.array([result.document_id for result in self._results])
        self._by_id = np.argsort(np.argsort([result.chunk_id for result in self._results]))

    def _centre(self, vectors: Vectors) -> Vectors:
        """Minus the mean of the language, as in sql/write/set_passage_means.sql."""
        languages = np.array([result.language for result in self._results])
        order = sorted(
            range(len(vectors)), key=lambda at: (text_hash(self._results[at].text), self._results[at].chunk_id)
        )
        centred = np.zeros_like(vectors)
        for language in dict.fromkeys(languages.tolist()):
            sample = [at for at in order if languages[at] == language][:MEAN_SAMPLE]
            total = vectors[sample].sum(axis=0) + QUERY_MEAN_WEIGHT * _half(self._query_means[language])
            mean = _half(total / (len(sample) + QUERY_MEAN_WEIGHT))
            rows = languages == language
            centred[rows] = _half(_unit(vectors[rows] - mean))
        return centred

    def legs(self, request: SearchRequest) -> Legs:
        """Scores of every chunk for a request; its filters are left to what ranks complexes. A request is scored once,
        however many rankings look at it."""
        key = (request.vector.tobytes(), *map(tuple, (request.terms, request.domains, request.document_ids)))
        if key not in self._scored:
            self._scored[key] = self._score(request)
        return self._scored[key]

    def _score(self, request: SearchRequest) -> Legs:
        question = _half(request.vector - _half(self._query_means[request.language]))
        score, coverage = np.zeros(len(self._results)), np.zeros(len(self._results))
        everything = 0.0
        for term in dict.fromkeys(request.terms):
            numbers, weights = self._postings.get(term, (np.zeros(0, dtype=np.intp), np.zeros(0)))
            idf = float(np.log(1 + (len(self._results) - len(numbers) + 0.5) / (len(numbers) + 0.5)))
            everything += idf
            score[numbers] += idf * weights
            coverage[numbers] += idf
        score[~self._in_scope(request)] = 0
        return Legs(
            raw=(self._raw @ _unit(request.vector)).astype(np.float64),
            centred=(self._centred @ _unit(question)).astype(np.float64),
            bm25=score,
            coverage=coverage / everything if everything else coverage,
        )

    def search(self, request: SearchRequest, ranking: Ranking) -> list[Result]:
        """The ``request.limit`` best chunks of the domains and documents asked for."""
        scores = np.where(self._in_scope(request), ranking(self.legs(request)), -np.inf)
        order = np.lexsort((self._by_id, -scores))[: min(request.limit, int(np.isfinite(scores).sum()))]
        return [
            replace(self._results[at], rank=rank, score=float(scores[at]))
            for rank, at in enumerate(order.tolist(), start=1)
        ]

    def _in_scope(self, request: SearchRequest) -> NDArray[np.bool_]:
        scope = np.ones(len(self._results), dtype=np.bool_)
        if request.domains:
            scope &= np.isin(self._domains, list(request.domains))
        if request.document_ids:
            scope &= np.isin(self._documents, list(request.document_ids))
        return scope


@dataclass(frozen=True)
class RankedBy:
    """A store whose chunks are searched in memory by one ranking; complexes and posts by the store itself."""

    index: MemoryIndex
    ranking: Ranking
    store: SearchStore
    housing: dict[Asked, tuple[list[Candidate], int]]  # what it was asked before: the same for every ranking

    def search(self, request: SearchRequest) -> list[Result]:
        return self.index.search(request, self.ranking)

    def rank_housing(
        self, filters: Filters, criteria: Sequence[Criterion], sort: str, limit: int
    ) -> tuple[list[Candidate], int]:
        key = (filters, tuple(criteria), sort, limit)
        if key not in self.housing:
            self.housing[key] = self.store.rank_housing(*key)
        return self.housing[key]

    def rank_listings(self, request: SearchRequest, filters: ListingFilters, sort: str) -> tuple[list[Result], int]:
        return self.store.rank_listings(request, filters, sort)

    def chunks_of(self, document_ids: Sequence[str]) -> list[Result]:
        return self.store.chunks_of(document_ids)

    def complexes(self, document_ids: Sequence[str]) -> list[Complex]:
        return self.store.complexes(document_ids)

    def exclusions(self, document_id: str, filters: Filters, criteria: Sequence[Criterion]) -> list[str]:
        return self.store.exclusions(document_id, filters, criteria)

    def similar(self, id_: str, limit: int) -> list[Result] | None:
        return self.store.similar(id_, limit)


def bigrams(text: str) -> list[str]:
    """Pairs of neighbouring characters within each word: the usual way without a dictionary."""
    words = [word.casefold() for word in text.split()]
    return [word[at : at + 2] for word in words for at in range(max(1, len(word) - 1))]


def words(text: str) -> list[str]:
    """What stands between spaces."""
    return text.casefold().split()


def _half(vectors: Vectors) -> Vectors:
    """To the precision of the store's ``halfvec`` and back."""
    return vectors.astype(np.float16).astype(np.float32)


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)
    return unit
