"""What the store holds, as the people who own the documents look at it. Nothing here is changed."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.transactions import fetch_records

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
        return fetch_records(self._pool, "curation/documents", given)

    def document(self, id_: str) -> Row | None:
        """One document; None where there is no such id."""
        return next(iter(fetch_records(self._pool, "curation/document", {"id": id_})), None)

    def chunks(self, id_: str) -> list[Row]:
        """Its paragraphs, in their order."""
        return fetch_records(self._pool, "curation/chunks", {"id": id_})

    def names(self, id_: str | None = None) -> list[Row]:
        """The names in all notices, or in one, those in most notices first."""
        return fetch_records(self._pool, "curation/names", {"id": id_})

    def sources(self, version: int) -> list[Row]:
        """The files that were read; ``version`` is the present one of the index."""
        return fetch_records(self._pool, "curation/sources", {"version": version})

    def holdings(self, today: date) -> list[Row]:
        """How much there is per domain, and what is wrong with it."""
        return fetch_records(self._pool, "curation/holdings", {"today": today})

    def removed(self, limit: int) -> list[Row]:
        """The documents that were removed last."""
        return fetch_records(self._pool, "curation/removed", {"limit": limit})
