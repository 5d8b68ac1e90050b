"""The inbox of a curator: answers rated down, drafts that agents edited or turned down, what was decided on each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.transactions import fetch_records, run

State = Literal["new", "candidate", "dismissed", "all"]
Entry = dict[str, Any]


class Inbox:
    """Entries are named by ``kind`` (rating, edited, rejected) and ``id``; StoreError where Postgres goes away."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool

    def entries(self, state: State, limit: int | None = None, offset: int = 0) -> list[Entry]:
        """Newest first, each with its turn: the columns of ``inbox/list.sql``."""
        given = {"state": state, "limit": limit, "offset": offset}
        return fetch_records(self._pool, "inbox/list", given)

    def decide(self, kind: str, id_: str, decision: Literal["candidate", "dismissed"], decided_by: str) -> None:
        """Make an entry a candidate for a case, or dismiss it."""
        given = {"kind": kind, "id": id_, "decision": decision, "decided_by": decided_by}
        run(self._pool, "inbox/decide", given)

    def undecide(self, kind: str, id_: str) -> None:
        """Have an entry be new again."""
        run(self._pool, "inbox/undecide", {"kind": kind, "id": id_})

    def take(self, entries: Iterable[Mapping[str, Any]]) -> None:
        """Note that these were written out as candidate cases."""
        taken = list(entries)
        given = {"kinds": [one["kind"] for one in taken], "ids": [one["id"] for one in taken]}
        run(self._pool, "inbox/take", given)
