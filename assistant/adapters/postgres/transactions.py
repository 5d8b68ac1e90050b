"""One transaction of the store, with the lock of writers, and errors that people can read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from psycopg.abc import Params
from psycopg_pool import ConnectionPool, PoolTimeout

from assistant.adapters.postgres.patience import patience
from assistant.adapters.postgres.queries import query, records, rows
from assistant.errors import StoreError

T = TypeVar("T")
READ_ONLY = (
    "This Postgres takes no changes: it is a standby, or default_transaction_read_only is on. Questions and searches "
    "are answered from it; for all else let BUDONGI_DATABASE_URL name the primary."
)
LOST = (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout)
ANSWER_SECONDS = 8.0  # that a turn waits for what it looks up, which takes milliseconds


def read(pool: ConnectionPool, work: Callable[[psycopg.Connection], T]) -> T:
    """What ``work`` reads with a connection; read once more where Postgres was restarted in the middle of it.

    Raises:
        StoreError: Postgres cannot be reached, or does not answer.
    """
    for last in (False, True):
        try:
            with patience(ANSWER_SECONDS), pool.connection() as connection:
                set_up_session(connection, local=True)
                return work(connection)
        except LOST as error:
            if last or isinstance(error, (PoolTimeout, psycopg.errors.ConnectionTimeout)):
                raise StoreError(
                    f"Postgres cannot be reached now, and everything is looked up there: {_reason(error)}. Ask again "
                    "in a moment; if it stays so, `budongi doctor` tells what to do."
                ) from error
    raise AssertionError("the second attempt returns or raises")


@contextmanager
def transaction(pool: ConnectionPool, *, write: bool = False) -> Iterator[psycopg.Connection]:
    """A connection for the block, whose work is kept whole or not at all; ``write`` keeps other writers out.

    Raises:
        StoreError: Postgres went away, or takes no changes.
    """
    try:
        with pool.connection() as connection:
            set_up_session(connection, local=True)
            if write:
                connection.execute(query("write/lock"))
            yield connection
    except psycopg.errors.ReadOnlySqlTransaction as error:
        raise StoreError(READ_ONLY) from error
    except LOST as error:
        raise StoreError(
            f"Postgres went away while the store was used: {_reason(error)}. What was stored before is whole; check "
            "with `budongi doctor` and run the same command again."
        ) from error


def fetch(pool: ConnectionPool, name: str, given: Params | None = None) -> list[tuple[Any, ...]]:
    """What one statement gives, in a transaction of its own. Raises as :func:`transaction` does."""
    with transaction(pool) as connection:
        return rows(connection, name, given)


def fetch_records(pool: ConnectionPool, name: str, given: Params | None = None) -> list[dict[str, Any]]:
    """The same, each row by the names of its columns."""
    with transaction(pool) as connection:
        return records(connection, name, given)


def run(pool: ConnectionPool, name: str, given: Params | None = None, *, write: bool = False) -> int:
    """How many rows one statement changed, in a transaction of its own. Raises as :func:`transaction` does."""
    with transaction(pool, write=write) as connection:
        return connection.execute(query(name), given).rowcount


def set_up_session(connection: psycopg.Connection, *, local: bool) -> None:
    """What searches rely on: for the connection, or ``local``, for the transaction, where a pooler is between."""
    if local == (connection.prepare_threshold is None):
        connection.execute(query("session"), {"local": local})


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".")
