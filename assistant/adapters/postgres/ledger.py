"""Which source files hold which documents, and what completed ingests read: the store's side of being in step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

import psycopg
from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.documents import put_document_sources, recentre
from assistant.adapters.postgres.queries import query, value
from assistant.adapters.postgres.transactions import fetch, transaction

WRITTEN = "(written)"  # origin of the terms that come with notices: packaged, or derived from them


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read. ``path`` and ``root`` (the file or folder that was given) as the ledger names them."""

    path: str
    root: str
    sha256: bytes
    size: int


@dataclass(frozen=True, slots=True)
class Covered:
    """What one ingest speaks for: the files it read whole, and those that are gone from the folders it was given.

    ``held`` are the paths by document id; ``terms`` are (kind, Korean, English, path or ``(written)``); ``key`` is the
    same for two runs that must end alike. ``complete`` is False where a file was bad: then there is no such key.
    """

    files: tuple[SourceFile, ...] = ()
    gone: tuple[str, ...] = ()
    held: Mapping[str, frozenset[str]] = field(default_factory=dict)
    terms: tuple[tuple[str, str, str, str], ...] = ()
    key: bytes = b""
    complete: bool = True

    @property
    def paths(self) -> list[str]:
        return [*(file.path for file in self.files), *self.gone]


@dataclass(frozen=True, slots=True)
class Unchanged:
    """That there is nothing to do: since when, and how many documents that is true of."""

    since: datetime
    documents: int


class Ledger:
    """Every method is one transaction; all raise StoreError when Postgres goes away."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool

    @contextmanager
    def alone(self, waiting: Callable[[], object] = lambda: None) -> Iterator[None]:
        """Keep other ingests out for the block. Where one is running, ``waiting`` is called, and its end awaited."""
        with transaction(self._pool) as connection:
            connection.execute(query("ledger/idle"))
            if not value(connection, "ledger/try_alone"):
                waiting()
                connection.execute(query("ledger/alone"))
            yield

    def known_files(self, folders: Sequence[str]) -> set[str]:
        """Paths inside these folders of which something is stored."""
        return {path for (path,) in fetch(self._pool, "ledger/known_files", [[f"{folder}/" for folder in folders]])}

    def removals(self, covered: Covered, present: Sequence[str]) -> tuple[list[str], int]:
        """Ids of stored documents that the covered files hold no longer, and how many documents they held."""
        ((ids, held),) = fetch(self._pool, "ledger/removals", {"covered": covered.paths, "present": list(present)})
        return ids, held

    def unchanged_since(self, paths: Sequence[str], key: bytes) -> Unchanged | None:
        """The ingest that was the last to read these files, had this key, and left what is stored of them.

        None where there is none, or where the documents of these files have changed since. Notes that it was asked.
        """
        with transaction(self._pool, write=True) as connection:
            run = connection.execute(query("ledger/last_run"), {"paths": list(paths)}).fetchone()
            documents, digest = _documents_of(connection, paths)
            if run is None or bytes(run[1]) != key or bytes(run[2]) != digest:
                return None
            if value(connection, "needs_recentring"):
                return None
            connection.execute(query("ledger/confirm_run"), [run[0]])
        return Unchanged(run[3], documents)

    def settle(
        self,
        covered: Covered,
        hashes: Mapping[str, bytes],
        origins: Mapping[str, str],
        removed: Sequence[str],
        *,
        index_version: int,
        started: datetime,
    ) -> None:
        """End an ingest, in one transaction: what is gone is removed, what supersedes does, vectors are centred.

        Args:
            covered: what the ingest read.
            hashes: content hash by id of every document it read; all are stored already.
            origins: by the same ids, where each record stands now.
            removed: ids of documents to bury.
            index_version: of this code.
            started: when it began.
        """
        with transaction(self._pool, write=True) as connection:
            connection.execute(query("ledger/bury"), [list(removed)])
            connection.execute(query("write/delete_documents"), [list(removed)])
            connection.execute(query("ledger/set_origins"), [list(origins), list(origins.values())])
            put_document_sources(connection, hashes, covered.held)
            rows = [(key, path) for key in hashes for path in covered.held.get(key, ())]
            held = {"documents": [row[0] for row in rows], "paths": [row[1] for row in rows]}
            connection.execute(query("ledger/forget_document_sources"), {"covered": covered.paths, **held})
            connection.execute(query("ledger/forget_missing_documents"))
            connection.execute(query("ledger/revive"))
            self._put_terms(connection, covered)
            connection.execute(query("write/supersede"))
            recentre(connection)
            self._put_run(connection, covered, index_version, started)

    def _put_terms(self, connection: psycopg.Connection, covered: Covered) -> None:
        origins = {*covered.paths, *(origin for *_, origin in covered.terms)}
        connection.execute(query("write/delete_terms"), [list(origins)])
        connection.cursor().executemany(query("write/put_term"), covered.terms)
        connection.execute(query("write/delete_written_terms"))

    def _put_run(self, connection: psycopg.Connection, covered: Covered, index_version: int, started: datetime) -> None:
        connection.execute(query("ledger/delete_source_files"), [list(covered.gone)])
        paths = [file.path for file in covered.files]
        values = [covered.key if covered.complete else b"", _documents_of(connection, paths)[1], started]
        run = value(connection, "ledger/put_run", values)
        columns = {
            "paths": paths,
            "roots": [file.root for file in covered.files],
            "hashes": [file.sha256 for file in covered.files],
            "sizes": [file.size for file in covered.files],
        }
        connection.execute(query("ledger/put_source_files"), {**columns, "version": index_version, "run": run})


def _documents_of(connection: psycopg.Connection, paths: Sequence[str]) -> tuple[int, bytes]:
    """How many documents these files hold, and SHA-256 over their ids and content hashes."""
    row = connection.execute(query("ledger/documents_of_files"), [list(paths)]).fetchone()
    return (row[0], bytes(row[1])) if row else (0, b"")
