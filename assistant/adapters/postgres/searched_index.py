"""The vectors that a process searches: of one embedding model, wherever they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.queries import query, rows, value
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


@dataclass(frozen=True, slots=True)
class IndexedModels:
    """Names of the models whose vectors a store holds.

    ``active``: of the index that is searched; None in a store that nothing was embedded for. ``previous``: of the index
    that the last `budongi ingest reindex` replaced, while it is kept. ``next``: of the one that is being built;
    ``is_begun`` already before it has a vector.
    """

    active: str | None
    previous: str | None = None
    next: str | None = None
    is_begun: bool = False


def indexed_models(connection: psycopg.Connection) -> IndexedModels:
    """The models of the store's indexes."""
    ((begun, replaced),) = rows(connection, "reindex/models")
    # A swap takes its locks in this order: first of what was replaced, then of the store's own.
    previous = value(connection, "reindex/previous_model") if replaced else None
    following = value(connection, "reindex/next_model") if begun else None
    return IndexedModels(value(connection, "embedding_model"), previous, following, begun)


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
                found = value(connection, "embedding_model")
                means = rows(connection, "query_means")
                indexed = value(connection, "has_vector_index")
        except psycopg.errors.UndefinedTable as error:  # dropped at this moment
            raise StoreError(INDEX_GONE.format(model=model)) from error
        if found and model not in (None, found):
            raise StoreError(INDEX_GONE.format(model=model))
        self._schema = schema
        self.model = found
        self.means = {language: mean.to_numpy() for language, mean in means}
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
                found = read(self._pool, placed)
            except psycopg.errors.DataException:  # vectors of another length
                pass
            else:
                if {row.pop("model") for row in found} <= {self.model}:
                    return found
            self.refresh(self.model)
        raise StoreError(INDEX_GONE.format(model=self.model))


def _schema_of(model: str | None, connection: psycopg.Connection) -> str:
    held = indexed_models(connection)
    if model is None or model == held.active:
        return OWN
    return {held.next: NEXT, held.previous: REPLACED}.get(model, OWN)
