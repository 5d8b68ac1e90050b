"""Conversations in Postgres."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.queries import query
from assistant.adapters.postgres.transactions import fetch, run, transaction
from assistant.ports import PartKind, StoredConversation


class PostgresConversations:
    """:class:`assistant.ports.Conversations`; those unchanged for ``days`` are deleted when another one begins."""

    def __init__(self, pool: ConnectionPool, days: int) -> None:
        self._pool = pool
        self._days = days

    def begin(self, id_: str, owner: str) -> None:
        if _is_uuid(id_):
            with transaction(self._pool) as connection:
                connection.execute(query("conversations/expire"), {"days": self._days})
                connection.execute(query("conversations/begin"), {"id": id_, "owner": owner})

    def change(
        self,
        id_: str,
        owner: str,
        *,
        name: str | None = None,
        profile: str | None = None,
        settings: Mapping[str, Any] | None = None,
    ) -> None:
        given = {"name": name, "profile": profile, "settings": None if settings is None else Jsonb(settings)}
        self._execute("change", id_, owner, given)

    def put(self, id_: str, owner: str, kind: PartKind, part: str, content: Mapping[str, Any]) -> None:
        self._execute("put", id_, owner, {"kind": kind, "part": part, "content": Jsonb(content)})

    def remove(self, id_: str, owner: str, kind: PartKind, part: str) -> None:
        self._execute("remove", id_, owner, {"kind": kind, "part": part})

    def keep_turns(self, id_: str, owner: str, kept: Sequence[str]) -> None:
        self._execute("keep_turns", id_, owner, {"kept": list(kept)})

    def delete(self, id_: str, owner: str) -> None:
        self._execute("delete", id_, owner, {})

    def find(self, id_: str) -> StoredConversation | None:
        if not _is_uuid(id_):
            return None
        found = fetch(self._pool, "conversations/find", {"id": id_})
        return StoredConversation(*found[0]) if found else None

    def parts(self, id_: str, kind: PartKind) -> list[dict[str, Any]]:
        if not _is_uuid(id_):
            return []
        return [content for (content,) in fetch(self._pool, "conversations/parts", {"id": id_, "kind": kind})]

    def page(self, owner: str, limit: int, *, after: str | None = None, search: str = "") -> list[StoredConversation]:
        if after is not None and not _is_uuid(after):
            return []
        given = {"owner": owner, "limit": limit, "after": after, "search": search}
        return [StoredConversation(*row) for row in fetch(self._pool, "conversations/page", given)]

    def _execute(self, name: str, id_: str, owner: str, given: Mapping[str, Any]) -> None:
        if _is_uuid(id_):
            run(self._pool, f"conversations/{name}", {"id": id_, "owner": owner, **given})


def _is_uuid(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
