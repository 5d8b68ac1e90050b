"""The vectors that a process searches: of one embedding model, wherever they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.queries import query
from assistant.adapters.postgres.transactions import read, transaction
from assistant.errors import StoreError
from assistant.ports import Vectors

# Schemas: of the store's own index, of the one that it replaced, and of that one while it is changed back to.
OWN, REPLACED, NEXT = "public", "previous_index", "next_index"
INDEX_GONE = (
    "The index of {model}, which is searched here, is gone: the passages were embedded anew with another model "
    "(`budongi ingest reindex`), and the old index was dropped. `budongi doctor` names the model of now, and what "
    "keeps this machine from using it: mend that, and start again."
)


class SearchedIndex:
    """Follows the vectors of one model to where a reindex puts them. Thread-safe."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool
        self._schema = OWN
        self.model: str | None = None  # as of the last refresh, as what follows
        self.means: Mapping[str, Vectors] = {}  # of questions, by language
        self.has_vector_index = False

    def refresh(self, model: str | None) -> None:
        """Read anew where the vectors of ``model`` stand, and what is known of them; None: of the store's own.

        Raises:
            StoreError: there are none of that model.
        """
        try:
            with transaction(self._pool) as connection:
                schema = _schema_of(model, connection)
                connection.execute(query("search_in"), [schema])
                found = connection.execute(query("embedding_model")).fetchone()
                rows = connection.execute(query("query_means")).fetchall()
                indexed = (connection.execute(query("has_vector_index")).fetchone() or (False,))[0]
        except psycopg.errors.UndefinedTable as error:  # dropped at this moment
            raise StoreError(INDEX_GONE.format(model=model)) from error
        if found and model not in (None, found[0]):
            raise StoreError(INDEX_GONE.format(model=model))
        self._schema = schema
        self.model = found[0] if found else None
        self.means = {language: mean.to_numpy() for language, mean in rows}
        self.has_vector_index = indexed

    def rows(self, search: Callable[[psycopg.Connection], list[dict[str, Any]]]) -> list[dict[str, Any]]:
        """What a search finds; each row has the ``model`` of the vectors that were compared, which is taken out.

        A reindex may put another model's vectors in their place at any moment: it is searched again where they stand
        since then.

        Raises:
            StoreError: they are gone.
        """

        def placed(connection: psycopg.Connection) -> list[dict[str, Any]]:
            if self._schema != OWN:
                connection.execute(query("search_in"), [self._schema])
            return search(connection)

        for _ in range(2):
            try:
                rows = read(self._pool, placed)
            except psycopg.errors.DataException:  # vectors of another length
                pass
            else:
                if {row.pop("model") for row in rows} <= {self.model}:
                    return rows
            self.refresh(self.model)
        raise StoreError(INDEX_GONE.format(model=self.model))


def _schema_of(model: str | None, connection: psycopg.Connection) -> str:
    # A swap takes its locks in this order: first of what was replaced, then of the store's own.
    being_built, replaced = connection.execute(query("reindex/models")).fetchone() or (False, False)
    elsewhere = {}
    if replaced:
        elsewhere[REPLACED] = connection.execute(query("reindex/previous_model")).fetchone()
    if being_built:
        elsewhere[NEXT] = connection.execute(query("reindex/next_model")).fetchone()
    if model is None or connection.execute(query("embedding_model")).fetchone() == (model,):
        return OWN
    return next((schema for schema, found in elsewhere.items() if found == (model,)), OWN)
