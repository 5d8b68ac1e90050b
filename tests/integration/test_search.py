"""Hybrid search against the same written out in Python: with every chunk scored, and by way of the vector index."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from psycopg_pool import ConnectionPool

from assistant.adapters.postgres import documents as documents_module
from assistant.adapters.postgres import store as store_module
from assistant.adapters.postgres.documents import Documents, bm25_weights, chunk_ids
from assistant.adapters.postgres.store import Store
from assistant.domain import Chunk, Document, Filters, HousingAttributes
from assistant.kinds.faq.entry_scores import DENSE_WEIGHT
from assistant.ports import SearchRequest, Vectors

WORDS = [f"낱말{number}" for number in range(40)]
COMPLEXES, CHUNKS = 120, 3
DIMENSIONS = 16


class Corpus:
    """Random documents with random vectors, the same every time."""

    def __init__(self) -> None:
        random = np.random.default_rng(7)
        self.documents = []
        # Words as in real text: a few everywhere, most in a few chunks.
        share = 1 / np.arange(1, len(WORDS) + 1)
        for number in range(COMPLEXES):
            texts = [" ".join(random.choice(WORDS, 6, p=share / share.sum())) for _ in range(CHUNKS)]
            home = HousingAttributes(
                sido="서울특별시", sigungu="금천구" if number % 30 == 0 else "강남구", dong="독산동"
            )
            domain = "housing" if number % 3 else "faq"
            self.documents.append(
                Document(
                    domain,  # type: ignore[arg-type]
                    str(number),
                    f"단지{number}",
                    f"Complex {number}",
                    tuple(Chunk("topic", text, ()) for text in texts),
                    housing=home if domain == "housing" else None,
                )
            )
        vectors = random.standard_normal((COMPLEXES * CHUNKS, DIMENSIONS))
        self.vectors: Vectors = np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)
        self.terms = [Counter(chunk.text.split()) for document in self.documents for chunk in document.chunks]
        self.ids = [chunk_id for document in self.documents for chunk_id in chunk_ids(document)]
        self.of = [document for document in self.documents for _ in document.chunks]

    def load(self, documents: Documents) -> None:
        documents.adopt_model("random")
        hashes = [b"1"] * len(self.documents)
        documents.replace(self.documents, self.vectors, self.terms, hashes)
        documents.set_query_mean("random", "ko", np.zeros(DIMENSIONS, np.float32))
        documents.recentre()

    def expected(self, request: SearchRequest, centred: Vectors, allowed: set[str]) -> list[tuple[str, float]]:
        """Ids and scores of the best chunks of the allowed documents, by the definition."""
        cosines = centred @ request.vector / np.linalg.norm(centred, axis=1) / np.linalg.norm(request.vector)
        counts = {term: sum(term in terms for terms in self.terms) for term in request.terms}
        idf = {term: np.log(1 + (len(self.ids) - n + 0.5) / (n + 0.5)) for term, n in counts.items()}
        rows = [row for row, document in enumerate(self.of) if document.id in allowed]
        bm25 = {}
        for row in rows:
            weights = bm25_weights(self.terms[row])
            bm25[row] = sum(idf[term] * weights.get(term, 0) for term in idf)
        top = max(bm25.values(), default=0)
        scored = []
        for row in rows:
            coverage = sum(idf[term] for term in idf if term in self.terms[row]) / sum(idf.values()) if idf else 0
            lexical = coverage * bm25[row] / top if top else 0
            gate = min(1, max(0.3, cosines[row] / 0.2))
            scored.append((self.ids[row], DENSE_WEIGHT * cosines[row] + (1 - DENSE_WEIGHT) * gate * lexical))
        return sorted(scored, key=lambda item: (-item[1], item[0]))[: request.limit]


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    return Corpus()


def requests(corpus: Corpus) -> list[tuple[SearchRequest, set[str]]]:
    """Searches, each with the ids of the documents it is about."""
    random = np.random.default_rng(8)
    housing = {document.id for document in corpus.documents if document.domain == "housing"}
    geumcheon = {
        document.id for document in corpus.documents if document.housing and document.housing.sigungu == "금천구"
    }
    everything = {document.id for document in corpus.documents}
    asked: list[tuple[SearchRequest, set[str]]] = []
    for terms in ((), ("낱말3",), ("낱말0", "낱말9", "낱말30"), ("없는말", "낱말2")):
        vector = random.standard_normal(DIMENSIONS).astype(np.float32)
        request = SearchRequest(vector, terms, "ko", Filters(), limit=10)
        asked += [
            (request, everything),
            (replace(request, domains=("housing",)), housing),
            (replace(request, filters=Filters(sigungus=("금천구",))), geumcheon | (everything - housing)),
            (replace(request, filters=Filters(sigungus=("금천구",)), domains=("housing",)), geumcheon),
            (replace(request, document_ids=("housing:1", "faq:3"), limit=4), {"housing:1", "faq:3"}),
        ]
    return asked


def centred(pool: ConnectionPool, corpus: Corpus) -> Vectors:
    with pool.connection() as connection:
        rows = dict(connection.execute(b"SELECT chunk_id, centred FROM embedding").fetchall())
    return np.stack([rows[chunk_id].to_numpy() for chunk_id in corpus.ids]).astype(np.float32)


def check(store: Store, pool: ConnectionPool, corpus: Corpus) -> None:
    vectors = centred(pool, corpus)
    for request, allowed in requests(corpus):
        found = [(result.chunk_id, result.score) for result in store.search(request)]
        expected = corpus.expected(request, vectors, allowed)
        assert [chunk_id for chunk_id, _ in found] == [chunk_id for chunk_id, _ in expected]
        assert [score for _, score in found] == pytest.approx([score for _, score in expected], abs=1e-3)


def test_search_scores_every_eligible_chunk(pool: ConnectionPool, documents: Documents, corpus: Corpus) -> None:
    corpus.load(documents)
    store = Store(pool)
    store.refresh()
    check(store, pool, corpus)


@pytest.mark.parametrize(("within_limit", "chunk_limit"), [(500, 5_000), (0, 5_000), (0, 2)])
def test_with_an_index_the_same_is_found(
    within_limit: int,
    chunk_limit: int,
    pool: ConnectionPool,
    documents: Documents,
    corpus: Corpus,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # In a small store the legs propose every chunk, so that what is left to differ is the statement itself.
    monkeypatch.setattr(documents_module, "INDEX_FROM", 100)
    monkeypatch.setattr(documents_module, "FREQUENT_FROM", 50)
    monkeypatch.setattr(store_module, "INDEXED_WITHIN_LIMIT", within_limit)
    monkeypatch.setattr(store_module, "CHUNK_LIMIT", chunk_limit)
    monkeypatch.setattr(store_module, "CANDIDATES", 400)
    corpus.load(documents)
    with pool.connection() as connection:
        assert connection.execute(b"SELECT to_regclass('embedding_hnsw')::text").fetchone() == ("embedding_hnsw",)
        assert (connection.execute(b"SELECT count(*) FROM frequent_term").fetchone() or (0,))[0] > 3
    store = Store(pool)
    store.refresh()
    check(store, pool, corpus)


def test_an_index_that_was_dropped_is_not_missed(
    pool: ConnectionPool, documents: Documents, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents_module, "INDEX_FROM", 100)
    monkeypatch.setattr(store_module, "CANDIDATES", 400)
    corpus.load(documents)
    store = Store(pool)
    store.refresh()
    with pool.connection() as connection:
        connection.execute(b"DROP INDEX embedding_hnsw")
    check(store, pool, corpus)


def test_another_model_can_fill_an_emptied_store_that_had_an_index(
    documents: Documents, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents_module, "INDEX_FROM", 100)
    corpus.load(documents)
    documents.delete([document.id for document in corpus.documents])
    documents.adopt_model("longer")
    longer = np.ones((len(corpus.ids), DIMENSIONS + 1), np.float32)
    documents.replace(corpus.documents, longer, corpus.terms, [b"1"] * len(corpus.documents))
    documents.set_query_mean("longer", "ko", np.zeros(DIMENSIONS + 1, np.float32))
    documents.recentre()
    assert documents.counts().searchable == documents.counts().chunks
