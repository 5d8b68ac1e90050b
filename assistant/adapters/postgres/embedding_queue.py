"""Passages to be embedded, queued in Postgres, so that workers on several machines share the work of one ingest.

The queue is procrastinate's, in a schema of its own. A job is a batch of texts; a worker leaves the vectors in the
table ``queued_vector``, from which the ingest that queued the job fetches them and stores them as always. So documents
are written by one process alone, whoever embeds, and a worker that dies costs time and nothing else: its heartbeat
ends, and its job is given to another.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

import procrastinate
import psycopg
from pgvector import HalfVector
from procrastinate import App, PsycopgConnector, SyncPsycopgConnector
from procrastinate.schema import SchemaManager
from procrastinate.types import JSONDict
from psycopg_pool import AsyncConnectionPool, ConnectionPool

from assistant.adapters.postgres.queries import query, rows, value
from assistant.adapters.postgres.transactions import LOST, READ_ONLY, fetch, transaction
from assistant.errors import BudongiError, StoreError
from assistant.ports import Vectors

logger = logging.getLogger(__name__)

TASK = "embed"
HEARTBEAT = 2.0  # seconds between a worker's signs of life
STALLED = 12.0  # seconds without one after which its job is given to another
MAX_ATTEMPTS = 5  # of one job: a batch that ends every worker is not tried for ever
QUEUED_AT_ONCE = 500  # jobs a statement


def passage_key(text: str) -> bytes:
    """What a passage's vector is filed under."""
    return hashlib.sha256(text.encode()).digest()


@dataclass(frozen=True, slots=True)
class QueueState:
    """Jobs by what became of them, and workers of any model that are alive."""

    waiting: int
    running: int
    failed: int
    workers: int


class _Entering:
    """Lends connections of a pool in a transaction within the queue's schema, whose tables procrastinate does not
    qualify. Not a setting of the connection: a pooler between gives every transaction another session."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool

    @contextmanager
    def connection(self) -> Iterator[psycopg.Connection]:
        with self._pool.connection() as connection:
            connection.execute(query("queue/enter"))
            yield connection


class _EnteringAsync(AsyncConnectionPool[psycopg.AsyncConnection]):
    """The same, for a worker's event loop."""

    @asynccontextmanager
    async def connection(self, timeout: float | None = None) -> AsyncIterator[psycopg.AsyncConnection]:
        async with super().connection(timeout) as connection:
            await connection.execute(query("queue/enter"))
            yield connection


class EmbeddingQueue:
    """The queue for one embedding model: vectors of two models never meet. Thread-safe.

    Raises:
        StoreError: from every method, when Postgres cannot be used.
    """

    def __init__(self, pool: ConnectionPool, model: str) -> None:
        self._pool = pool
        self._model = model
        self._queue = f"{TASK}:{model}"[:128]
        with transaction(pool) as connection:
            self._set_up(connection)

    def put(self, batches: Sequence[Sequence[str]]) -> None:
        """Queue batches of passages for whichever worker comes first."""
        app = App(connector=SyncPsycopgConnector())
        with self._named_errors(), app.open(_Entering(self._pool)):
            job = app.configure_task(TASK, queue=self._queue)
            for start in range(0, len(batches), QUEUED_AT_ONCE):
                jobs: list[JSONDict] = [{"texts": list(batch)} for batch in batches[start : start + QUEUED_AT_ONCE]]
                job.batch_defer(*jobs)

    def forget(self) -> None:
        """Take back what no worker has begun."""
        with self._named_errors(), _Entering(self._pool).connection() as connection:
            connection.execute(query("queue/forget_jobs"), [self._queue])

    def collect(self) -> dict[bytes, Vectors]:
        """Vectors, shape ``(dimensions,)``, that workers have left since the last call, by :func:`passage_key`."""
        found = fetch(self._pool, "queue/collect", {"model": self._model})
        return {bytes(key): vector.to_numpy().astype("float32") for key, vector in found}

    def state(self) -> QueueState:
        with transaction(self._pool) as connection:
            counts = dict(rows(connection, "queue/states", [self._queue]))
            alive = value(connection, "queue/workers", [STALLED])
        return QueueState(counts.get("todo", 0), counts.get("doing", 0), counts.get("failed", 0), alive)

    def rescue(self) -> int:
        """Give the jobs of workers that show no sign of life to others; says how many.

        Raises:
            StoreError: a job has now ended MAX_ATTEMPTS workers.
        """
        return asyncio.run(self._rescue())

    def work(self, embed: Callable[[Sequence[str]], Vectors], *, processes: int, until_idle: bool) -> None:
        """Embed what is queued, ``processes`` batches at a time; ends on SIGINT or SIGTERM, or once nothing is queued.

        Args:
            embed: vectors of a batch, shape ``(n, dimensions)``; called from several threads at once.
            processes: how many.
            until_idle: end when the queue is empty instead of waiting for more.
        """
        app = App(connector=self._async_connector(processes + 2))

        @app.task(name=TASK, queue=self._queue)
        def embed_batch(texts: list[str]) -> None:
            try:
                self._hand_over(texts, embed(texts))
            except BudongiError as error:
                logger.error("%s", error)
                raise

        # Its traces of failed jobs would bury our one line on each.
        logging.getLogger("procrastinate").setLevel(logging.CRITICAL)
        with self._named_errors():
            app.run_worker(
                queues=[self._queue],
                concurrency=processes,
                wait=not until_idle,
                delete_jobs="successful",
                listen_notify=False,  # a pooler of connections lets none through, and polling does
                fetch_job_polling_interval=1.0,
                update_heartbeat_interval=HEARTBEAT,
                stalled_worker_timeout=STALLED,
            )

    def _hand_over(self, texts: Sequence[str], vectors: Vectors) -> None:
        rows = {passage_key(text): HalfVector(vector) for text, vector in zip(texts, vectors, strict=True)}
        with transaction(self._pool) as connection, connection.cursor() as cursor:
            # In one order, so that two workers with the same passage cannot wait for each other.
            cursor.executemany(query("queue/hand_over"), [(self._model, key, rows[key]) for key in sorted(rows)])

    async def _rescue(self) -> int:
        app = App(connector=self._async_connector(1))
        with self._named_errors():
            async with app.open_async():
                stalled = await app.job_manager.get_stalled_jobs(queue=self._queue, seconds_since_heartbeat=STALLED)
                jobs = list(stalled)
                for job in jobs:
                    if job.attempts + 1 >= MAX_ATTEMPTS:
                        raise StoreError(
                            f"{MAX_ATTEMPTS} workers ended while they embedded the same passages, the first of which "
                            f"begins {str(job.task_kwargs['texts'])[2:60]!r}. Look at what the workers printed, and at "
                            "their memory (each process needs about 300 MB)."
                        )
                    await app.job_manager.retry_job(job)
        return len(jobs)

    def _async_connector(self, connections: int) -> PsycopgConnector:
        return PsycopgConnector(
            pool_factory=_EnteringAsync,
            conninfo=self._pool.conninfo,
            kwargs={"prepare_threshold": None},  # as they may be through a pooler
            min_size=1,
            max_size=connections,
        )

    @staticmethod
    def _set_up(connection: psycopg.Connection) -> None:
        connection.execute(query("queue/lock"))
        if value(connection, "queue/installed") and value(connection, "queue/version") == procrastinate.__version__:
            return
        connection.execute(query("queue/create_schema"))
        connection.execute(SchemaManager.get_schema().encode())
        connection.execute(query("queue/record_version"), [procrastinate.__version__])

    @staticmethod
    @contextmanager
    def _named_errors() -> Iterator[None]:
        try:
            yield
        except psycopg.errors.ReadOnlySqlTransaction as error:
            raise StoreError(READ_ONLY) from error
        except (*LOST, procrastinate.exceptions.ConnectorException) as error:
            raise StoreError(
                f"Postgres went away while the queue was used: {' '.join(str(error).split()) or type(error).__name__}. "
                "Nothing is lost; check with `budongi doctor` and run the same command again."
            ) from error
