"""The vectors of another embedding model, built beside those that are searched, and put in their place at once.

They stand in tables of the same names in a schema of their own, so that the statements that centre and index vectors
serve both, and no statement ever sees vectors of two models. What is searched meanwhile is the old index.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import psycopg
from pgvector import HalfVector
from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.documents import INDEX_FROM, text_hash
from assistant.adapters.postgres.inquiry_vectors import drop_vectors
from assistant.adapters.postgres.queries import query, rows
from assistant.adapters.postgres.searched_index import indexed_models
from assistant.adapters.postgres.transactions import fetch, transaction
from assistant.domain import Language
from assistant.errors import StoreError
from assistant.ports import Vectors


@dataclass(frozen=True, slots=True)
class Passage:
    """A chunk that has no vector of the new model yet."""

    chunk_id: str
    language: Language
    text: str


class NextIndex:
    """Builds the vectors of ``model``. Every method is one transaction and raises StoreError when Postgres is gone."""

    def __init__(self, pool: ConnectionPool, model: str) -> None:
        self._pool = pool
        self._model = model

    def begin(self) -> set[str]:
        """Go on with an index of this model that was begun, or was replaced, or begin one.

        Returns:
            The languages that have a query mean already.
        """
        with transaction(self._pool, write=True) as connection:
            held = indexed_models(connection)
            begun = held.is_begun
            if held.next not in (None, self._model):
                connection.execute(query("reindex/drop_next"))
                drop_vectors(connection, held.next)
                begun = False
            if not begun:
                connection.execute(query("reindex/take_back" if held.previous == self._model else "reindex/create"))
            connection.execute(query("reindex/enter"))
            return {language for (language,) in rows(connection, "query_mean_languages", [self._model])}

    def set_query_mean(self, language: Language, mean: Vectors) -> None:
        """Store what questions of a language have in common; ``mean`` has shape ``(dimensions,)``."""
        with transaction(self._pool, write=True) as connection:
            connection.execute(query("reindex/enter"))
            connection.execute(query("write/set_query_mean"), [self._model, language, HalfVector(mean)])

    def missing(self) -> list[Passage]:
        """Every chunk without a vector of this model."""
        return [Passage(*row) for row in fetch(self._pool, "reindex/missing")]

    def put(self, passages: Sequence[Passage], vectors: Mapping[str, Vectors]) -> None:
        """Store vectors, by text, of these chunks; one that has been replaced meanwhile stays missing."""
        with transaction(self._pool, write=True) as connection:
            connection.execute(query("write/create_incoming_embedding"))
            with connection.cursor() as cursor, cursor.copy(query("write/copy_incoming_embedding")) as copy:
                copy.set_types(("text", "text", "halfvec", "bytea"))
                for passage in passages:
                    vector = HalfVector(vectors[passage.text])
                    copy.write_row((passage.chunk_id, passage.language, vector, text_hash(passage.text)))
            connection.execute(query("reindex/insert"))

    def finish(self) -> None:
        """Centre the vectors, and index them where they are many."""
        with transaction(self._pool, write=True) as connection:
            connection.execute(query("reindex/enter"))
            changed = rows(connection, "write/set_passage_means", {"model": self._model})
            languages = [language for (language,) in changed]
            connection.execute(query("write/centre"), {"model": self._model, "languages": languages})
            connection.execute(query("write/build_vector_index"), [INDEX_FROM])

    def nearest(self, vector: Vectors, language: Language, limit: int, *, searched: bool) -> list[str]:
        """Ids of the chunks nearest to a raw query embedding: by the index that is ``searched``, or by this one."""
        with transaction(self._pool) as connection:
            if not searched:
                connection.execute(query("reindex/enter"))
            means = dict(rows(connection, "query_means"))
            if language in means:
                vector = vector - means[language].to_numpy()
            return [id_ for (id_,) in rows(connection, "reindex/nearest", [HalfVector(vector), limit])]

    def swap(self) -> None:
        """Search this index from now on, and keep the old one aside.

        Raises:
            StoreError: a chunk has no vector of this model; nothing has changed.
        """
        with transaction(self._pool, write=True) as connection:
            if missing := rows(connection, "reindex/missing"):
                raise StoreError(
                    f"{len(missing):,} passages have no vector of {self._model} yet, so that the old index stays. Run "
                    "`budongi ingest reindex` again: it goes on from there."
                )
            _drop_previous(connection)
            connection.execute(query("reindex/swap"))
            connection.execute(query("write/revise"))


def drop_previous(pool: ConnectionPool) -> str | None:
    """Drop the index that the last swap replaced; gives its model, or None where there is none."""
    with transaction(pool, write=True) as connection:
        model = _drop_previous(connection)
        connection.execute(query("write/revise"))
    return model


def _drop_previous(connection: psycopg.Connection) -> str | None:
    """With the vectors of its model that past inquiries have."""
    model = indexed_models(connection).previous
    connection.execute(query("reindex/drop_previous"))
    if model is not None:
        drop_vectors(connection, model)
    return model
