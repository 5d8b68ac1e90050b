"""The store's write side: documents replaced whole, with their chunks, vectors and postings, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import numpy as np
import psycopg
from pgvector import HalfVector
from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.queries import query
from assistant.adapters.postgres.transactions import transaction
from assistant.domain import Chunk, Document, Language
from assistant.errors import StoreError
from assistant.ports import Vectors

# BM25's term-frequency part. The reference length is a constant, not the corpus' mean, so that a stored weight stays
# right when other documents come and go. 120 terms are a long chunk: a full one has 90 in Korean, most have 50.
K1 = 1.2
B = 0.75
REFERENCE_LENGTH = 120

# Chunks from which on a vector index is built (below, scoring every vector is as fast, and exact), and from which on a
# term's are counted beforehand.
INDEX_FROM = 20_000
FREQUENT_FROM = 1_000

# Types of the columns that sql/write/copy_TABLE.sql names, in its order: binary COPY converts nothing.
COPY_TYPES = {
    "document": ("text", "text", "text", "text", "text", "text[]", "text", "bytea"),
    "housing": (
        *("text", "text", "text", "text", "int4", "date", "date", "date", "date", "text"),
        *("text", "float8", "float8", "bool", "float4", "float4", "int4", "jsonb", "bool", "text"),
    ),
    "listing": ("text", "text[]", "int8", "bool", "bool", "text", "text", "text", "text", "text[]"),
    "unit_type": ("text", "text", "float4", "float4", "int4", "int4"),
    "nearby": ("text", "text", "text", "text", "int4", "text[]", "text", "float4", "text[]", "bool"),
    "chunk": ("text", "text", "int4", "text", "text", "text", "jsonb", "bytea"),
    "incoming_embedding": ("text", "text", "halfvec", "bytea"),
    "posting": ("text", "text", "float4"),
}

Row = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """What is stored, per domain: ``{"housing": 1012}``. ``searchable`` counts chunks whose vector is centred."""

    documents: Mapping[str, int]
    chunks: Mapping[str, int]
    embeddings: Mapping[str, int]
    searchable: Mapping[str, int]


def chunk_ids(document: Document) -> list[str]:
    """``DOCUMENT#TOPIC`` per chunk, in order; ``DOCUMENT#TOPIC-N`` (from 1) where a topic has several."""
    topics = [chunk.topic for chunk in document.chunks]
    seen: dict[str, int] = {}
    ids = []
    for topic in topics:
        seen[topic] = seen.get(topic, 0) + 1
        suffix = f"-{seen[topic]}" if topics.count(topic) > 1 else ""
        ids.append(f"{document.id}#{topic}{suffix}")
    return ids


def bm25_weights(terms: Mapping[str, int]) -> dict[str, float]:
    """Each term's frequency part of BM25, from its count in one chunk; always below ``K1 + 1``."""
    norm = K1 * (1 - B + B * sum(terms.values()) / REFERENCE_LENGTH)
    return {term: count * (K1 + 1) / (count + norm) for term, count in terms.items()}


class Documents:
    """Writes documents. Every method is one transaction; all raise StoreError when Postgres goes away."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool

    def hashes(self) -> dict[str, bytes]:
        """Content hash of each stored document, by its id."""
        with transaction(self._pool) as connection:
            return {key: bytes(value) for key, value in connection.execute(query("hashes")).fetchall()}

    def counts(self) -> Counts:
        with transaction(self._pool) as connection:
            rows = connection.execute(query("counts")).fetchall()
        columns = [{row[0]: row[index] for row in rows} for index in range(1, 5)]
        return Counts(*columns)

    def untyped(self) -> tuple[int, int]:
        """Of the sentences written from records, how many are stored without typed values; and how many there are.

        An earlier version wrote those. They are read as text is, until an ingest of their files writes them again.
        """
        with transaction(self._pool) as connection:
            untyped, of = connection.execute(query("untyped_sentences")).fetchone() or (0, 0)
        return untyped, of

    def embedding_model(self) -> str | None:
        """Name of the model whose vectors are stored; None before the first."""
        with transaction(self._pool) as connection:
            row = connection.execute(query("embedding_model")).fetchone()
        return row[0] if row else None

    def adopt_model(self, model: str) -> set[str]:
        """Make ``model`` the one whose vectors are stored; gives the languages that have its query mean already.

        Raises:
            StoreError: vectors of another model are stored; the two cannot be compared.
        """
        stored = self.embedding_model()
        with transaction(self._pool, write=True) as connection:
            if stored not in (None, model):
                if (connection.execute(query("has_embeddings")).fetchone() or (False,))[0]:
                    raise StoreError(
                        f"The store was filled with the embedding model {stored}, and {model} was to be used; their "
                        "vectors cannot be compared. Run it again, or embed everything anew with `budongi ingest "
                        "reindex --model MODEL`."
                    )
                connection.execute(query("write/drop_vector_index"))
                connection.execute(query("write/forget_other_models"), [model])
            return {row[0] for row in connection.execute(query("query_mean_languages"), [model]).fetchall()}

    def set_query_mean(self, model: str, language: Language, mean: Vectors) -> None:
        """Store what questions of a language have in common; ``mean`` has shape ``(dimensions,)``."""
        with transaction(self._pool, write=True) as connection:
            connection.execute(query("write/set_query_mean"), [model, language, HalfVector(mean)])

    def replace(
        self,
        documents: Sequence[Document],
        vectors: Vectors,
        terms: Sequence[Mapping[str, int]],
        hashes: Sequence[bytes],
        files: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        """Store these documents instead of what was stored under their ids, all or nothing.

        Args:
            documents: with ``n`` chunks in all.
            vectors: shape ``(n, dimensions)``, one row per chunk, in order.
            terms: per chunk, in order, how often each lexical term occurs.
            hashes: content hash per document.
            files: by document id, the paths of the files that hold its record.
        """
        count = sum(len(document.chunks) for document in documents)
        if not (len(vectors) == len(terms) == count and len(hashes) == len(documents)):
            raise ValueError(f"{count} chunks, {len(vectors)} vectors, {len(terms)} terms, {len(hashes)} hashes")
        rows = rows_of(documents, terms, hashes, vectors)
        with transaction(self._pool, write=True) as connection:
            # Deleted and copied anew, not merged: the write lock keeps others out, and no row of the old is left.
            connection.execute(query("write/delete_documents"), [[document.id for document in documents]])
            connection.execute(query("write/create_incoming_embedding"))
            copy_rows(connection, rows)
            connection.execute(query("write/insert_embeddings"))
            # In the same transaction: a document of which nobody knew the source would never be removed.
            put_document_sources(
                connection, {item.id: digest for item, digest in zip(documents, hashes, strict=True)}, files or {}
            )

    def delete(self, ids: Iterable[str]) -> int:
        """Remove documents with all that belongs to them; gives how many there were."""
        with transaction(self._pool, write=True) as connection:
            removed = connection.execute(query("write/delete_documents"), [list(ids)]).rowcount
            connection.execute(query("write/revise"))
            return removed

    def vectors_of(self, ids: Iterable[str]) -> dict[str, Vectors]:
        """Raw vector, shape ``(dimensions,)``, by text, of every chunk of these documents."""
        with transaction(self._pool) as connection:
            rows = connection.execute(query("vectors_of"), [list(ids)]).fetchall()
        return {text: raw.to_numpy().astype(np.float32) for text, raw in rows}

    def needs_recentring(self) -> bool:
        """Whether vectors were written that :meth:`recentre` has not yet made searchable."""
        with transaction(self._pool) as connection:
            return bool((connection.execute(query("needs_recentring")).fetchone() or (False,))[0])

    def recentre(self) -> None:
        """Make every vector searchable, with the mean passage vector of its language subtracted."""
        with transaction(self._pool, write=True) as connection:
            recentre(connection)

    def index(self, index_from: int | None = None) -> None:
        """Count what frequent terms stand in; where there are many vectors and no index over them, build it."""
        with transaction(self._pool, write=True) as connection:
            index(connection, index_from)


def recentre(connection: psycopg.Connection) -> None:
    """Compute the means anew; centre what is not yet centred, and all of a language whose mean has changed."""
    row = connection.execute(query("embedding_model")).fetchone()
    if row is not None:
        changed = connection.execute(query("write/set_passage_means"), {"model": row[0]}).fetchall()
        languages = [language for (language,) in changed]
        connection.execute(query("write/centre"), {"model": row[0], "languages": languages})
    index(connection)


def index(connection: psycopg.Connection, index_from: int | None = None) -> None:
    """What searching a large store needs: document frequencies, and, from ``index_from`` vectors on, their index.

    It ends every change of documents, so that the corpus has another revision then.
    """
    count_frequent_terms(connection)
    connection.execute(query("write/build_vector_index"), [index_from or INDEX_FROM])
    connection.execute(query("write/revise"))


def count_frequent_terms(connection: psycopg.Connection) -> None:
    """Note anew in how many chunks each term stands that stands in ``FREQUENT_FROM`` or more."""
    connection.execute(query("write/forget_frequent_terms"))
    connection.execute(query("write/count_frequent_terms"), [FREQUENT_FROM])


def put_document_sources(
    connection: psycopg.Connection, hashes: Mapping[str, bytes], files: Mapping[str, Collection[str]]
) -> None:
    """Note which files hold the records of these documents; ``hashes`` and ``files`` are by document id."""
    rows = [(key, path, digest) for key, digest in hashes.items() for path in sorted(files.get(key, ()))]
    columns = [list(column) for column in zip(*rows, strict=True)] or [[], [], []]
    connection.execute(query("ledger/put_document_sources"), columns)


def copy_rows(connection: psycopg.Connection, rows: Mapping[str, Sequence[Row]]) -> None:
    """Write rows by table, as :func:`rows_of` gives them."""
    for table, types in COPY_TYPES.items():
        if rows[table]:
            with connection.cursor() as cursor, cursor.copy(query(f"write/copy_{table}")) as copy:
                copy.set_types(types)
                for row in rows[table]:
                    copy.write_row(row)


def chunk_hash(chunk: Chunk, sentences: str) -> bytes:
    """SHA-256 over the chunk as canonical JSON, of which its ``sentences`` are given: they are long, and stored too."""
    rest = f'"text": {canonical(chunk.text)}, "topic": {canonical(chunk.topic)}'
    return sha256(f'{{"language": "{chunk.language}", "sentences": {sentences}, {rest}}}'.encode()).digest()


def plain(value: Any) -> Any:
    """What JSON has no form for, as what it has: a dataclass by its fields, a date as ISO 8601.

    As ``dataclasses.asdict``, without its deep copies, which took as long as everything else of a hash. A sentence
    without typed values has no such key, and so the hash that it had before there were any.
    """
    if isinstance(value, date):
        return value.isoformat()
    fields = {name: getattr(value, name) for name in value.__dataclass_fields__}
    if fields.get("values", ()) is None:
        del fields["values"]
    return fields


canonical = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=plain).encode  # the same for equal values


def text_hash(text: str) -> bytes:
    """SHA-256 of a text in UTF-8: what its vector is filed under."""
    return sha256(text.encode()).digest()


def rows_of(
    documents: Sequence[Document],
    terms: Sequence[Mapping[str, int]],
    hashes: Sequence[bytes],
    vectors: Vectors | None = None,
) -> dict[str, list[Row]]:
    """By table, the rows that documents are stored as; arguments as for :meth:`Documents.replace`.

    Without ``vectors`` there are none of the table of vectors.
    """
    rows: dict[str, list[Row]] = {table: [] for table in COPY_TYPES}
    number = 0
    for document, content_hash in zip(documents, hashes, strict=True):
        names = (document.name_ko, document.name_en, list(document.aliases))
        rows["document"].append(
            (document.id, document.domain, document.source_id, *names, document.origin, content_hash)
        )
        _add_housing(rows, document)
        _add_listing(rows, document)
        for ordinal, (chunk_id, chunk) in enumerate(zip(chunk_ids(document), document.chunks, strict=True)):
            sentences = canonical(chunk.sentences)
            stored = Jsonb(sentences, dumps=str)
            paragraph = (chunk.topic, chunk.language, chunk.text, stored, chunk_hash(chunk, sentences))
            rows["chunk"].append((chunk_id, document.id, ordinal, *paragraph))
            if vectors is not None:
                vector = HalfVector(vectors[number])
                rows["incoming_embedding"].append((chunk_id, chunk.language, vector, text_hash(chunk.text)))
            rows["posting"] += [(term, chunk_id, weight) for term, weight in bm25_weights(terms[number]).items()]
            number += 1
    return rows


def _add_housing(rows: dict[str, list[Row]], document: Document) -> None:
    home = document.housing
    if home is None:
        return
    place = (home.sido, home.sigungu, home.dong, home.households)
    dates = (home.move_in, home.announced, home.receipt_start, home.receipt_end)
    site = (home.tenure, home.builder, home.latitude, home.longitude, home.precise)
    measures = (
        home.competition,
        home.lowest_score,
        home.unit_price,
        Jsonb(dict(home.special)),
        home.corrected,
        home.ownership,
    )
    rows["housing"].append((document.id, *place, *dates, *site, *measures))
    rows["unit_type"] += [
        (document.id, kind.label, kind.area, kind.supply_area, kind.units, kind.top_price) for kind in home.unit_types
    ]
    rows["nearby"] += [
        (
            *(document.id, near.kind, near.name_ko, near.name_en, near.distance, list(near.lines)),
            *(near.category, near.area, list(near.facilities), near.trail),
        )
        for near in home.nearby
    ]


def _add_listing(rows: dict[str, list[Row]], document: Document) -> None:
    post = document.listing
    if post is None:
        return
    deal = (list(post.kinds), post.price, post.free, post.negotiable, post.status)
    rows["listing"].append((document.id, *deal, post.sido, post.sigungu, post.dong, list(post.flags)))
