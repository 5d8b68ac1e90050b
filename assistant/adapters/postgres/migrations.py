"""Brings a database to the schema this code expects: numbered SQL files, each applied once, whole, and recorded.

A numbered file that was shipped never changes again (``SHA256SUMS`` beside it). A function is always defined as a whole
and stands in ``repeatable/``: such a file is edited in place, and applied whenever it is not as it was applied last.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

import psycopg

from assistant.adapters.postgres.queries import FOLDER, query, rows, value
from assistant.errors import StoreError

MIGRATIONS = FOLDER / "migrations"


@dataclass(frozen=True, slots=True)
class Migration:
    """``sql`` of one ``file``; ``number`` 0 is that of every repeatable one."""

    number: int
    name: str
    sql: bytes

    @property
    def file(self) -> str:
        return f"{self.number:04d}_{self.name}.sql" if self.number else f"repeatable/{self.name}.sql"

    @property
    def sha256(self) -> bytes:
        return hashlib.sha256(self.sql).digest()


def migrate(conninfo: str, folder: Path = MIGRATIONS) -> list[Migration]:
    """Apply what is missing, in order, and return it. Safe to call again, and from two processes at once.

    Raises:
        StoreError: a file failed (nothing of it stays), an applied numbered file was changed, the database is newer, or
            its user may not change it.
    """
    wanted = _read(folder)
    repeatable = [Migration(0, path.stem, path.read_bytes()) for path in sorted(folder.glob("repeatable/*.sql"))]
    try:
        with psycopg.connect(conninfo, autocommit=True, prepare_threshold=None) as connection:
            done: list[Migration] = []
            # A transaction each, and the lock with it: a pooler gives the session to others in between.
            while _missing(connection, wanted, repeatable):
                with connection.transaction():
                    connection.execute(query("migration_lock"))
                    connection.execute(query("create_migration"))
                    for migration in _missing(connection, wanted, repeatable)[:1]:
                        _apply(connection, migration)
                        done.append(migration)
            return done
    except psycopg.errors.ReadOnlySqlTransaction as error:
        raise StoreError(
            "The database's schema is not up to date, and it takes no changes: it is a standby, or "
            "default_transaction_read_only is on. Run `budongi doctor` once with the primary in BUDONGI_DATABASE_URL."
        ) from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise StoreError(
            f"The database's schema is not up to date, and its user may not change it: {_first_line(error)}. Run "
            "`budongi doctor` once as the user who owns its tables, in BUDONGI_DATABASE_URL; in an empty database, run "
            "`CREATE EXTENSION vector` as a superuser and give the user CREATE on its schema."
        ) from error
    except psycopg.OperationalError as error:
        raise StoreError(
            f"The connection to Postgres was lost while its schema was brought up to date: {_first_line(error)}. "
            "Nothing is left half done; run the same command again."
        ) from error


def _read(folder: Path) -> list[Migration]:
    migrations = []
    for path in sorted(folder.glob("*.sql")):
        named = re.fullmatch(r"(\d{4})_(\w+)", path.stem)
        if named is None:
            raise StoreError(f"{path} is not named like 0001_what_it_does.sql. Rename it.")
        migrations.append(Migration(int(named[1]), named[2], path.read_bytes()))
    numbers = [migration.number for migration in migrations]
    if numbers != list(range(1, len(numbers) + 1)):
        raise StoreError(f"The migrations in {folder} are numbered {numbers}, not 1, 2, 3 …. Number them in a row.")
    return migrations


def _missing(connection: psycopg.Connection, wanted: list[Migration], repeatable: list[Migration]) -> list[Migration]:
    """Those that have not been applied as they are, after a check of those that have been; the repeatable ones last."""
    applied: dict[int, tuple[str, bytes]] = {}
    if value(connection, "has_migrations"):
        applied = {number: (name, bytes(sha256)) for number, name, sha256 in rows(connection, "applied_migrations")}
    _check_applied(applied, wanted)
    missing = [migration for migration in wanted if migration.number not in applied]
    if missing or not repeatable:  # the table of the repeatable ones is itself made by a numbered one
        return missing
    known = {name: bytes(sha256) for name, sha256 in rows(connection, "applied_repeatable")}
    return [migration for migration in repeatable if known.get(migration.name) != migration.sha256]


def _check_applied(applied: dict[int, tuple[str, bytes]], wanted: list[Migration]) -> None:
    newest = max(applied, default=0)
    if newest > len(wanted):
        raise StoreError(
            f"The database has migration {newest} ({applied[newest][0]}), and this budongi knows only {len(wanted)}: "
            "it was used by a newer version. Update budongi, or use another BUDONGI_HOME or database."
        )
    for migration in wanted:
        if migration.number in applied and applied[migration.number][1] != migration.sha256:
            raise StoreError(
                f"Migration {migration.file} was changed after it was applied to this "
                "database, so the schema is not what the file says. Restore the file and put the change into a new "
                "migration, or use another BUDONGI_HOME or database and ingest again."
            )


def _apply(connection: psycopg.Connection, migration: Migration) -> None:
    record = "record_migration" if migration.number else "record_repeatable"
    applied = {"number": migration.number, "name": migration.name, "sha256": migration.sha256}
    try:
        with connection.transaction():
            connection.execute(migration.sql)
            connection.execute(query(record), applied)
    except (psycopg.OperationalError, psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction):
        raise
    except psycopg.Error as error:
        raise StoreError(
            f"Migration {migration.file} failed and was undone: {_first_line(error)}. If the database holds other "
            "tables, give budongi one of its own; otherwise report this."
        ) from error


def _first_line(error: psycopg.Error) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")
