"""Whether the store can be used now: asked once at a time, however many ask, and answered within two seconds."""

from __future__ import annotations

import asyncio
import logging
import threading
from contextlib import suppress
from typing import Final

import psycopg
from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.queries import value

logger = logging.getLogger(__name__)

WAIT: Final = 2.0  # seconds

UNREACHABLE: Final = "The store of documents cannot be reached."
EMPTY: Final = "The store holds no documents."
SLOW: Final = f"The store of documents did not answer within {WAIT:.0f} s."


class Readiness:
    """Asks the Postgres of ``pool``, and so starts an embedded one again that has ended.

    By a connection of its own: questions wait for none that a probe has borrowed, and a store that is only busy is
    ready.
    """

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool
        self._asked: asyncio.Future[str] | None = None

    async def problem(self) -> str:
        """Why the store cannot be used, in words that tell nothing of where it is; empty where it can."""
        if self._asked is None or self._asked.done():
            self._asked = asyncio.get_running_loop().create_future()
            # A daemon: to start an embedded Postgres again may take a minute, and the server does not wait to end.
            threading.Thread(target=self._ask, args=(self._asked,), name="readiness", daemon=True).start()
        await asyncio.wait({self._asked}, timeout=WAIT)
        return self._asked.result() if self._asked.done() else SLOW

    def _ask(self, asked: asyncio.Future[str]) -> None:
        found = self._look()
        with suppress(RuntimeError):  # the loop is closed: nobody asks any more
            asked.get_loop().call_soon_threadsafe(asked.set_result, found)

    def _look(self) -> str:
        try:
            conninfo = self._pool.conninfo
            with psycopg.connect(
                conninfo() if callable(conninfo) else conninfo,
                connect_timeout=round(WAIT),
                tcp_user_timeout=round(WAIT * 1000),
                autocommit=True,
            ) as connection:
                filled = value(connection, "has_documents")
        except Exception as error:  # whatever it is, nobody is answered from this store
            logger.warning("The store cannot be used: %s", error)
            return UNREACHABLE
        return "" if filled else EMPTY
