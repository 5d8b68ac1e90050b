"""Embedding by workers, here or on other machines: ``budongi ingest PATH --queue`` and ``budongi ingest worker``."""

from __future__ import annotations

import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np

from assistant.adapters.postgres.embedding_queue import EmbeddingQueue, passage_key
from assistant.errors import ModelError
from assistant.ports import Vectors
from ingest.workers import ModelFactory, worker_pool
from ingest.workers import embed as embed_in_process

POLL = 0.3  # seconds
RESCUE_EVERY = 5.0
LONELY_AFTER = 10.0  # seconds without any worker until it is said


def embed_queued(
    queue: EmbeddingQueue, batches: Sequence[Sequence[str]], *, say: Callable[[str], None] | None = None
) -> Iterator[tuple[int, Vectors]]:
    """Queue batches of passages; yields ``(index of the batch, vectors)`` as workers finish them, in any order.

    Waits as long as it takes: workers may come later. What an earlier, interrupted ingest left is used.

    Raises:
        ModelError: the workers could not embed some of them.
        StoreError: Postgres went away, or a batch ends every worker that takes it.
    """
    work = _Waiting(batches)
    queue.forget()
    yield from work.take(queue.collect())
    queue.put(work.missing())
    watch = _Watch(queue, say or (lambda line: print(line, file=sys.stderr)))
    while work.open:
        if found := queue.collect():
            yield from work.take(found)
        elif watch.idle():
            # Nobody works on anything, and something is missing: what came in just now, or it went to another ingest.
            yield from work.take(queue.collect())
            queue.put(work.missing())
        else:
            time.sleep(POLL)


class _Waiting:
    """Batches whose vectors have not all come yet."""

    def __init__(self, batches: Sequence[Sequence[str]]) -> None:
        self.open = dict(enumerate(batches))
        self._keys = {index: [passage_key(text) for text in batch] for index, batch in enumerate(batches)}
        self._needed = Counter(key for keys in self._keys.values() for key in set(keys))
        self._held: dict[bytes, Vectors] = {}

    def take(self, found: Mapping[bytes, Vectors]) -> Iterator[tuple[int, Vectors]]:
        """Keep what is needed, and give the batches that are complete now."""
        self._held |= {key: vector for key, vector in found.items() if key in self._needed}
        for index in [i for i in self.open if all(key in self._held for key in self._keys[i])] if found else []:
            keys = self._keys[index]
            vectors = np.stack([self._held[key] for key in keys])
            del self.open[index]
            for key in set(keys):
                self._needed[key] -= 1
                if not self._needed[key]:
                    del self._needed[key], self._held[key]
            yield index, vectors

    def missing(self) -> list[list[str]]:
        """Batches of the texts whose vectors have not come, each text once."""
        seen = set(self._held)
        batches = []
        for index, batch in self.open.items():
            keyed = dict(zip(self._keys[index], batch, strict=True))
            batches.append([text for key, text in keyed.items() if key not in seen])
            seen |= keyed.keys()
        return [batch for batch in batches if batch]


class _Watch:
    """Looks after the workers while an ingest waits for them."""

    def __init__(self, queue: EmbeddingQueue, say: Callable[[str], None]) -> None:
        self._queue = queue
        self._say: Callable[[str], None] | None = say
        self._rescued = self._alive = time.monotonic()

    def idle(self) -> bool:
        """Whether no job is waiting or running. Gives the jobs of dead workers to others; says once if there is none.

        Raises:
            ModelError: a batch could not be embedded.
        """
        state, now = self._queue.state(), time.monotonic()
        if state.failed:
            self._queue.forget()
            raise ModelError(
                f"{state.failed:,} batches could not be embedded; the workers have printed why. Mend that and run the "
                "same command again: it goes on from there."
            )
        if now - self._rescued > RESCUE_EVERY:
            self._queue.rescue()
            self._rescued = now
        if state.workers:
            self._alive = now
        elif now - self._alive > LONELY_AFTER and self._say is not None:
            self._say("No worker is running. Start some with `budongi ingest worker`, here or on other machines.")
            self._say = None
        return not (state.waiting or state.running)


def run_worker(
    queue: EmbeddingQueue, open_model: ModelFactory, *, processes: int | None = None, until_idle: bool = False
) -> None:
    """Embed what ingests have queued, in ``processes`` processes (one per core by default)."""
    processes = processes or os.cpu_count() or 1
    pool = worker_pool(open_model, processes)
    try:
        queue.work(
            lambda texts: pool.submit(embed_in_process, texts).result(), processes=processes, until_idle=until_idle
        )
    finally:
        pool.shutdown(cancel_futures=True)
