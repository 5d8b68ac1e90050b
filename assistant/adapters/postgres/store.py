"""The store's read side: hybrid search, ranking under filters, and the vocabulary of names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import psycopg
from pgvector import HalfVector
from psycopg.rows import dict_row
from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.queries import query
from assistant.adapters.postgres.searched_index import SearchedIndex
from assistant.adapters.postgres.transactions import read, transaction
from assistant.domain import (
    WALKING_KINDS,
    Candidate,
    Complex,
    Criterion,
    EntityName,
    Filters,
    Language,
    ListingFilters,
    Nearby,
    Result,
    Sentence,
    Value,
)
from assistant.kinds.faq.entry_scores import DENSE_WEIGHT
from assistant.kinds.housing.attributes import is_kind
from assistant.language.gazetteer.vocabulary import District, Vocabulary
from assistant.language.ko.romanization import romanise_administrative
from assistant.ports import SearchRequest, Tokenizer, Vectors
from prompts.loader import Prompts

# A post that names none of the question's words is still of what is asked where its meaning is this near.
NEAR_COSINE = 0.5
# Up to how many complexes that meet the filters are searched by their ids, which every chunk of theirs is scored for.
# With a vector index they may be more: it would have to be gone through for seconds until it has found enough of them.
WITHIN_LIMIT = 500
INDEXED_WITHIN_LIMIT = 2_000
# With a vector index: up to how many eligible documents and chunks every chunk is scored, how many each leg proposes
# otherwise, and how many postings of the question's rarest terms are read for that.
DOCUMENT_LIMIT = 2_000
CHUNK_LIMIT = 5_000
CANDIDATES = 200
POSTINGS_LIMIT = 10_000


def _values(stored: list[list[Any]] | None) -> tuple[Value, ...] | None:
    """An earlier version stored none."""
    return None if stored is None else tuple(map(Value._make, stored))


def _result(row: dict[str, Any], rank: int) -> Result:
    sentences = tuple(
        Sentence(item["ko"], item["en"], item["facet"], tuple(item["tags"]), _values(item.get("values")))
        for item in row.pop("sentences")
    )
    score = row.pop("score", 0.0)
    return Result(rank=rank, score=float(score), sentences=sentences, **row)


def _nearby(row: dict[str, Any]) -> Nearby:
    return Nearby(**row | {name: tuple(row[name]) for name in ("lines", "facilities")})


def _wishes(criteria: Sequence[Criterion], filters: Filters) -> Jsonb:
    """What must be near, a wish per kind of place, as ``rank_housing.sql`` says; what is left out does not matter."""
    near = {one.key: one for one in criteria if one.within}
    wishes = [{"kind": kind, "within": one.within} | _in_what_way(one, filters) for kind, one in near.items()]
    return Jsonb([{name: value for name, value in wish.items() if value} for wish in wishes])


def _in_what_way(wish: Criterion, filters: Filters) -> dict[str, object]:
    """A park may be for walking or have something in it, a station is on a line; any other place is of a category."""
    if wish.key == "park":
        walk = wish.category == "walk"
        return {"sized": True, "walk": walk, "facility": "" if walk else wish.category}
    if wish.key == "station":
        return {"lines": list(filters.lines), "names": list(filters.stations)}
    return {"category": wish.category}


class Store:
    """Searches over one Postgres. Thread-safe: each call takes a connection from the pool."""

    def __init__(self, pool: ConnectionPool, *, exact: bool = False) -> None:
        """``exact`` scores every eligible chunk even where vectors are indexed: the truth to measure by."""
        self._pool = pool
        self._exact = exact
        self._index = SearchedIndex(pool)

    @property
    def model(self) -> str | None:
        """Whose vectors are searched, as of the last refresh."""
        return self._index.model

    def refresh(self, model: str | None = None) -> None:
        """Read again, after an ingest, what is known of the index of ``model``; None: of the store's own.

        Raises:
            StoreError: there is no index of that model.
        """
        self._index.refresh(model)

    def revision(self) -> int:
        """Another number than before: something that can be found has changed."""
        row = read(self._pool, lambda connection: connection.execute(query("corpus_revision")).fetchone())
        return int(row[0]) if row else 0

    def is_empty(self) -> bool:
        with transaction(self._pool) as connection:
            row = connection.execute(query("has_documents")).fetchone()
        return row is None or not row[0]

    def corpus_hash(self) -> str:
        """SHA-256 over all that can be found and told: two stores of the same documents have the same one."""
        with transaction(self._pool) as connection:
            row = connection.execute(query("corpus_hash")).fetchone()
        return (row and row[0]) or ""

    def centred(self, vector: Vectors, language: Language) -> Vectors:
        """A raw query embedding without what all questions of its language have in common; shape unchanged."""
        return vector - self.query_mean(language, len(vector))

    def query_mean(self, language: Language, dimensions: int) -> Vectors:
        """What all questions of a language have in common, shape ``(dimensions,)``; zeros where it is not known."""
        mean = self._index.means.get(language)
        return np.zeros(dimensions, np.float32) if mean is None else mean

    @property
    def _indexed(self) -> bool:
        return self._index.has_vector_index and not self._exact

    def search(self, request: SearchRequest) -> list[Result]:
        """Hybrid search; ``request.vector`` is a raw query embedding and is centred here.

        Raises:
            StoreError: the vectors of the model are gone: another one's took their place, and they were dropped.
        """
        parameters = {
            "domains": list(request.domains),
            "filters": Jsonb(request.filters.json()),
            "terms": list(dict.fromkeys(request.terms)),
            "vector": HalfVector(self.centred(request.vector, request.language)),
            "dense_weight": DENSE_WEIGHT,
            "limit": request.limit,
            "indexed": self._indexed,
            "restricted": bool(request.domains or request.document_ids or request.filters != Filters()),
            "document_limit": DOCUMENT_LIMIT,
            "chunk_limit": CHUNK_LIMIT,
            "candidates": max(CANDIDATES, request.limit),
            "postings_limit": POSTINGS_LIMIT,
        }

        def ranked(connection: psycopg.Connection) -> list[dict[str, Any]]:
            within = self._within(request, connection)
            parameters["document_ids"] = list(request.document_ids) if within is None else within
            with connection.cursor(row_factory=dict_row) as cursor:
                if within is None:
                    return cursor.execute(query("search_chunks"), parameters).fetchall()
                connection.execute(query("one_plan"))
                return cursor.execute(query("search_within"), parameters, prepare=True).fetchall()

        return [_result(row, rank) for rank, row in enumerate(self._index.rows(ranked), start=1)]

    def _rows(self, name: str, parameters: dict[str, Any]) -> list[dict[str, Any]]:
        def rows(connection: psycopg.Connection) -> list[dict[str, Any]]:
            with connection.cursor(row_factory=dict_row) as cursor:
                return cursor.execute(query(name), parameters).fetchall()

        return read(self._pool, rows)

    def _within(self, request: SearchRequest, connection: psycopg.Connection) -> list[str] | None:
        """Ids of the only documents to search, where they are few; None where all or many are to be searched."""
        if request.filters == Filters():
            return list(dict.fromkeys(request.document_ids)) or None
        if self._exact or request.document_ids or request.domains != ("housing",):
            return None
        most = INDEXED_WITHIN_LIMIT if self._indexed else WITHIN_LIMIT
        parameters = {"filters": Jsonb(request.filters.json()), "most": most}
        ids = [id_ for (id_,) in connection.execute(query("eligible"), parameters).fetchall()]
        return ids if len(ids) <= most else None

    def rank_housing(
        self, filters: Filters, criteria: Sequence[Criterion], sort: str, limit: int
    ) -> tuple[list[Candidate], int]:
        """Complexes that meet every filter and wish, best fit first, and how many there are in all."""
        parameters = {
            "filters": Jsonb(filters.json()),
            "wishes": _wishes(criteria, filters),
            "walking_kinds": sorted(WALKING_KINDS),
            "special": [criterion.category for criterion in criteria if criterion.key == "special"],
            "ownership": next((criterion.category for criterion in criteria if criterion.key == "ownership"), ""),
            "undersubscribed": any(criterion.key == "undersubscribed" for criterion in criteria),
            "sort": sort,
            "limit": limit,
        }
        rows = self._rows("rank_housing", parameters)
        candidates = [
            Candidate(
                row["document_id"],
                float(row["fit"]),
                tuple(row["places"].items()),
                row["unit_price"],
                row["median"],
                row["compared"],
            )
            for row in rows
        ]
        return candidates, rows[0]["total"] if rows else 0

    def rank_listings(self, request: SearchRequest, filters: ListingFilters, sort: str) -> tuple[list[Result], int]:
        """Marketplace posts that meet every condition, those that can be had first, and how many there are in all."""
        parameters = {
            "filters": Jsonb(filters.but(words=()).json()),
            "words": list(filters.words),
            "vector": HalfVector(self.centred(request.vector, request.language)),
            "near": NEAR_COSINE,
            "sort": sort,
            "limit": request.limit,
        }

        def ranked(connection: psycopg.Connection) -> list[dict[str, Any]]:
            with connection.cursor(row_factory=dict_row) as cursor:
                return cursor.execute(query("rank_listings"), parameters).fetchall()

        rows = self._index.rows(ranked)
        total = rows[0]["total"] if rows else 0
        for row in rows:
            del row["total"]
        return [_result(row, rank) for rank, row in enumerate(rows, start=1)], total

    def complexes(self, document_ids: Sequence[str]) -> list[Complex]:
        """What is told of these complexes at a glance, in the order given; districts by their Korean names."""
        rows = self._rows("complexes", {"document_ids": list(document_ids)})
        return [Complex(**row | {"nearest": tuple(map(_nearby, row["nearest"]))}) for row in rows]

    def exclusions(self, document_id: str, filters: Filters, criteria: Sequence[Criterion]) -> list[str]:
        """Names of the filters and wishes that a complex does not meet; ``together`` where it meets each alone."""
        parameters = {
            "document_id": document_id,
            "filters": Jsonb(filters.json()),
            "wishes": _wishes(criteria, filters),
        }
        return [row["key"] for row in self._rows("exclusions", parameters)]

    def similar(self, id_: str, limit: int) -> list[Result] | None:
        """Documents of the same domain nearest in meaning, each by the passage that is most alike."""
        rows = self._rows("similar", {"id": id_, "limit": limit})
        found = [row for row in rows if row["document_id"] is not None]
        return [_result(row, rank) for rank, row in enumerate(found, start=1)] if rows else None

    def chunks_of(self, document_ids: Sequence[str]) -> list[Result]:
        """All chunks of these documents, in the order given."""
        rows = self._rows("chunks_of", {"document_ids": list(document_ids)})
        return [_result(row, rank) for rank, row in enumerate(rows, start=1)]

    def vocabulary(self, tokenizer: Tokenizer, prompts: Prompts) -> Vocabulary:
        """Every proper noun that a question may name, and the words that it is read by."""
        with transaction(self._pool) as connection:
            entities = connection.execute(query("vocabulary_entities")).fetchall()
            terms = connection.execute(query("vocabulary_terms")).fetchall()
            documents = connection.execute(query("vocabulary_documents")).fetchall()
        kinds: dict[str, list[tuple[str, str]]] = {}
        for kind, ko, en in terms:
            kinds.setdefault(kind, []).append((ko, en))
        held = {ko for ko, _ in kinds.get("held_dong", [])}
        return Vocabulary(
            prompts,
            entities=[(EntityName(id_, ko, en), aliases) for id_, ko, en, aliases, *_ in entities],
            announced={id_: day for id_, _, _, _, day, *_ in entities if day},
            located={id_: tuple(filter(None, places)) for id_, _, _, _, _, *places in entities},
            builders=kinds.get("held_builder", []),
            districts=[
                # The glossary names no dong in English, and a question may.
                District(level, ko, en or romanise_administrative(ko), held=level == "sigungu" or ko in held)
                for level in ("sigungu", "dong")
                for ko, en in kinds.get(level, [])
            ],
            post_dongs=[(ko, romanise_administrative(ko)) for ko, _ in kinds.get("post_dong", [])],
            stations=kinds.get("station", []),
            lines=[ko for ko, _ in kinds.get("line", [])],
            brands=kinds.get("brand", []),
            places=[ko for ko, _ in kinds.get("place", []) if not is_kind(ko)],
            terms=tokenizer.terms,
            is_word=tokenizer.is_word,
            documents=[EntityName(*row) for row in documents],
        )
