"""The way into the store: Postgres up, its schema current, and a pool of connections that know pgvector's types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import psycopg
from pgvector.psycopg import register_vector
from psycopg_pool import ConnectionPool, PoolTimeout

from assistant.adapters.postgres.migrations import migrate
from assistant.adapters.postgres.patience import PatientConnection, patience
from assistant.adapters.postgres.queries import value
from assistant.adapters.postgres.server import CONNECT_TIMEOUT, open_postgres
from assistant.adapters.postgres.transactions import set_up_session
from assistant.errors import StoreError
from assistant.settings import Settings

MAX_CONNECTIONS = 8
WAIT = 10.0  # seconds for a free connection
CHECK_SECONDS = 2.0  # for one to show that it works, which takes 0.1 ms


def connection_pool(conninfo: str | Callable[[], str], *, max_size: int = MAX_CONNECTIONS) -> ConnectionPool:
    """An open pool on a migrated database. Close it, or use it as a context manager.

    A connection is tried before it is lent: one of before a restart of Postgres is replaced, not lent.
    ``conninfo`` may be a function, which is asked at every new connection.

    Raises:
        StoreError: no connection came about.
    """

    def check(connection: psycopg.Connection) -> None:
        try:
            with patience(CHECK_SECONDS):
                ConnectionPool.check_connection(connection)
        except psycopg.Error:
            # The idle ones are replaced with it: the pool waits seconds between one broken connection and the next.
            pool.drain()
            raise

    kind: type[psycopg.Connection] = PatientConnection
    # One connection at first: that is all most commands need, and opening more would only delay them.
    pool = ConnectionPool(
        conninfo,
        connection_class=kind,
        kwargs={"connect_timeout": CONNECT_TIMEOUT},
        min_size=1,
        max_size=max_size,
        timeout=WAIT,
        configure=_configure,
        check=check,
        open=False,
        name="budongi",
    )
    try:
        pool.open(wait=True, timeout=WAIT)
    except PoolTimeout as error:
        pool.close()
        raise StoreError(
            f"Postgres gave no connection within {WAIT:.0f} s. Check with `budongi doctor` that it runs and is not out "
            "of connections."
        ) from error
    return pool


@contextmanager
def open_pool(settings: Settings) -> Iterator[ConnectionPool]:
    """Start or reach Postgres, bring its schema up to date, and lend a pool for the block.

    Raises:
        StoreError: any of that failed.
    """
    with open_postgres(settings) as postgres:
        migrate(postgres.url)
        with connection_pool(postgres.reach) as pool:
            yield pool


def _configure(connection: psycopg.Connection) -> None:
    """What lasts as long as the connection. Through a pooler of transactions (pgbouncer) nothing does."""
    if value(connection, "backend") != connection.info.backend_pid:
        connection.prepare_threshold = None  # by which transactions know that their session is not theirs alone
    register_vector(connection)
    set_up_session(connection, local=False)
    connection.commit()  # looking up the types began a transaction
