"""How long a thread waits for each answer of Postgres: a server that is stopped, not dead, keeps its connections open.

Nothing on the other side ends such a wait: ``statement_timeout`` is the server's own clock, and while the kernel
acknowledges what is sent, no setting of TCP does either; a Unix socket knows none.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow

T = TypeVar("T")

_SECONDS: ContextVar[float | None] = ContextVar("seconds", default=None)


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """In the block, a :class:`PatientConnection` that has no answer after so many seconds is closed and raises
    :class:`psycopg.errors.ConnectionTimeout`."""
    token = _SECONDS.set(seconds)
    try:
        yield
    finally:
        _SECONDS.reset(token)


class PatientConnection(psycopg.Connection[TupleRow]):
    """Waits as long as it takes outside of :func:`patience`: an index may take minutes to build."""

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        seconds = _SECONDS.get() if timeout is None else timeout
        try:
            return super().wait(gen, interval, seconds)
        except psycopg.OperationalError as error:
            if seconds is None or self.pgconn.transaction_status != TransactionStatus.ACTIVE:
                raise  # it did answer
            self.close()
            raise psycopg.errors.ConnectionTimeout(f"it has not answered for {seconds:.0f} s") from error
