"""What the store holds, as the people who own the documents look at it. Nothing here is changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from psycopg.rows import dict_row
from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.queries import query
from assistant.adapters.postgres.transactions import transaction

Row = dict[str, Any]
DocumentState = Literal["", "closed", "superseded", "unembedded"]


class Curation:
    """Rows are the columns of the statement of the same name. Raises StoreError when Postgres goes away."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool

    def documents(
        self, text: str, domain: str, state: DocumentState, today: date, limit: int, offset: int = 0
    ) -> list[Row]:
        """Documents with ``text`` in their id, names or paragraphs; an empty condition is none."""
        given = {"text": text, "domain": domain, "state": state, "today": today, "limit": limit, "offset": offset}
        return self._rows("curation/documents", given)

    def document(self, id_: str) -> Row | None:
        """One document; None where there is no such id."""
        return next(iter(self._rows("curation/document", {"id": id_})), None)

    def chunks(self, id_: str) -> list[Row]:
        """Its paragraphs, in their order."""
        return self._rows("curation/chunks", {"id": id_})

    def names(self, id_: str | None = None) -> list[Row]:
        """The names in all notices, or in one, those in most notices first."""
        return self._rows("curation/names", {"id": id_})

    def sources(self, version: int) -> list[Row]:
        """The files that were read; ``version`` is the present one of the index."""
        return self._rows("curation/sources", {"version": version})

    def holdings(self, today: date) -> list[Row]:
        """How much there is per domain, and what is wrong with it."""
        return self._rows("curation/holdings", {"today": today})

    def removed(self, limit: int) -> list[Row]:
        """The documents that were removed last."""
        return self._rows("curation/removed", {"limit": limit})

    def _rows(self, name: str, given: Mapping[str, object]) -> list[Row]:
        with transaction(self._pool) as connection, connection.cursor(row_factory=dict_row) as cursor:
            return cursor.execute(query(name), given).fetchall()
