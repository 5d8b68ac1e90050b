"""Comparing what is stored with what should be, row by row, inside Postgres; and the record of such comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

import psycopg
from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.documents import copy_rows, count_frequent_terms, rows_of
from assistant.adapters.postgres.queries import query, rows, value
from assistant.adapters.postgres.transactions import fetch, run, transaction
from assistant.domain import Document

BATCH = 500  # documents


@dataclass(frozen=True, slots=True)
class Finding:
    """One row that is not as it should be.

    ``kind``: ``missing``, ``extra``, ``stale`` (of an earlier version of its source), ``altered``, ``orphan`` (of no
    source, or without its parent) or ``model`` (vector of another embedding model). ``columns`` are those that differ.
    """

    kind: str
    table: str
    document_id: str
    key: str
    columns: tuple[str, ...] = ()

    def __str__(self) -> str:
        differing = f" ({', '.join(self.columns)})" if self.columns else ""
        return f"{self.kind}: {self.table} {self.key}{differing}"


@dataclass(frozen=True, slots=True)
class Expected:
    """A document as its source has it: lexical terms per chunk, in order, and content hash."""

    document: Document
    terms: Sequence[Mapping[str, int]]
    content_hash: bytes


@dataclass(frozen=True, slots=True)
class Verification:
    """One past comparison: how many rows were stored, and how many of them were wrong."""

    started_at: datetime
    finished_at: datetime
    rows: int
    wrong: int
    repaired: bool


class Audit:
    """Every method is one transaction; all raise StoreError when Postgres goes away."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool

    def findings(self, expected: Iterable[Expected], covered: Sequence[str]) -> list[Finding]:
        """Every row that is not as it should be. Nothing is changed; keep ingests out meanwhile.

        Args:
            expected: every document of the verified files.
            covered: paths of the verified files, and of those that are gone.
        """
        with self._undone() as connection:
            # What ending an ingest would change: then undone.
            found = [
                Finding("altered", "document", key, key, ("superseded_by",))
                for (key,) in rows(connection, "write/supersede")
            ]
            found += _findings(connection, "audit/vectors")
            means = rows(connection, "write/set_passage_means", {"model": value(connection, "embedding_model")})
            found += [Finding("altered", "embedding_mean", "", language, ("mean",)) for (language,) in means]
            connection.execute(query("audit/keep_frequent_terms"))
            count_frequent_terms(connection)
            found += _findings(connection, "audit/frequent_terms")
            connection.execute(query("audit/prepare"))
            present: list[str] = []
            remaining = iter(expected)
            while batch := list(islice(remaining, BATCH)):
                present += [item.document.id for item in batch]
                terms = [counted for item in batch for counted in item.terms]
                hashes = [item.content_hash for item in batch]
                copy_rows(connection, rows_of([item.document for item in batch], terms, hashes))
            connection.execute(query("audit/analyze"))
            found += _findings(connection, "audit/differences")
        with transaction(self._pool) as connection:
            parameters = {"present": present, "covered": list(covered)}
            found += _findings(connection, "audit/unaccounted", parameters)
        return found

    def digest(self) -> dict[str, tuple[int, str]]:
        """By table, how many rows it has and SHA-256 (hex) over them: the same for stores of the same content."""
        return {table: (count, digest) for table, count, digest in fetch(self._pool, "audit/digest")}

    def partial(self) -> list[Finding]:
        """Chunks without a vector, and rows whose parent is gone: what no ingest may leave, even when it is killed."""
        with transaction(self._pool) as connection:
            return [item for item in _findings(connection, "audit/vectors") if item.kind in ("missing", "orphan")]

    def distrust(self, ids: Iterable[str]) -> None:
        """Have the next ingest write these documents anew, and remove rows whose parent is gone."""
        with transaction(self._pool, write=True) as connection:
            connection.execute(query("audit/distrust"), [list(ids)])
            connection.execute(query("audit/delete_orphans"))

    def rows(self) -> int:
        """How many rows are stored of documents, their parts and their indexes."""
        ((count,),) = fetch(self._pool, "audit/count_rows")
        return int(count)

    def record(self, started: datetime, rows: int, wrong: int, repaired: bool) -> None:
        """Remember what a comparison found."""
        run(self._pool, "audit/record", [started, rows, wrong, repaired], write=True)

    def history(self) -> list[Verification]:
        """Every comparison so far, oldest first."""
        return [Verification(*row) for row in fetch(self._pool, "audit/history")]

    def ingests(self) -> tuple[datetime | None, datetime | None]:
        """When the first and the last ingest ended that read all of its files."""
        ((first, last),) = fetch(self._pool, "audit/last_ingest")
        return first, last

    def terms(self) -> set[tuple[str, str, str, str]]:
        """Every proper noun: kind, Korean, English, and the path it is from or ``(written)``."""
        return {(kind, ko, en, origin) for kind, ko, en, origin in fetch(self._pool, "audit/terms")}

    def files(self) -> frozenset[str]:
        """Every path that the ledger names."""
        return frozenset(path for (path,) in fetch(self._pool, "audit/holding_files"))

    def runs(self) -> list[tuple[tuple[str, ...], frozenset[str]]]:
        """What is known to have been ingested together, oldest first: what was given, and the paths of its files."""
        return [(tuple(roots), frozenset(paths)) for _, roots, paths in fetch(self._pool, "audit/runs")]

    @contextmanager
    def _undone(self) -> Iterator[psycopg.Connection]:
        with transaction(self._pool) as connection:
            try:
                yield connection
            finally:
                if not connection.closed:
                    connection.rollback()


def _findings(
    connection: psycopg.Connection, name: str, parameters: Mapping[str, object] | None = None
) -> list[Finding]:
    found = rows(connection, name, parameters)
    return [Finding(kind, table, id_, key, tuple(columns)) for kind, table, id_, key, columns in found]
