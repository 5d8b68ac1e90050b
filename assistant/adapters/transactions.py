"""One transaction of the store's write side, with the lock of writers and errors that people can read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from psycopg_pool import ConnectionPool, PoolTimeout

from assistant.adapters.queries import query
from assistant.errors import StoreError


@contextmanager
def transaction(pool: ConnectionPool, *, write: bool = False) -> Iterator[psycopg.Connection]:
    """A connection for the block, whose work is kept whole or not at all; ``write`` keeps other writers out.

    Raises:
        StoreError: Postgres went away.
    """
    try:
        with pool.connection() as connection:
            if write:
                connection.execute(query("write/lock"))
            yield connection
    except (psycopg.OperationalError, psycopg.InterfaceError, PoolTimeout) as error:
        reason = " ".join(str(error).split()).rstrip(".")
        raise StoreError(
            f"Postgres went away while the store was used: {reason}. What was stored before is whole; check with "
            "`budongi doctor` and run the same command again."
        ) from error
