"""An ingest whose passages are embedded by workers in other processes, some of which die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from psycopg_pool import ConnectionPool

import ingest as ingest_package
from assistant.adapters.postgres import embedding_queue as embedding_queue_module
from assistant.adapters.postgres.embedding_queue import EmbeddingQueue
from assistant.errors import ModelError, StoreError
from assistant.ports import Vectors
from eval.perf.stand_ins import HashEmbedding
from ingest import queue as queue_module
from ingest.queue import embed_queued

# A worker as `budongi ingest worker` is one, with a model that takes its time; argv: conninfo, seconds a passage.
WORKER = """
import sys
from functools import partial
from test_embedding_queue import SlowEmbedding
from assistant.adapters.postgres.embedding_queue import EmbeddingQueue
from assistant.adapters.postgres.pool import connection_pool
from ingest.queue import run_worker
if __name__ == "__main__":
    with connection_pool(sys.argv[1], max_size=4) as pool:
        run_worker(EmbeddingQueue(pool, "hash/8"), partial(SlowEmbedding, float(sys.argv[2])), processes=1)
"""


class SlowEmbedding(HashEmbedding):
    def __init__(self, seconds: float) -> None:
        self.seconds = seconds

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        time.sleep(self.seconds * len(texts))
        if any("broken" in text for text in texts):
            raise ModelError("The model does not take this.")
        return super().embed_passages(texts)


@pytest.fixture
def workers(database: str, tmp_path: Path) -> Iterator[Any]:
    """Starts workers of that many seconds a passage, and ends them afterwards."""
    script = tmp_path / "worker.py"
    script.write_text(WORKER)
    folders = [Path(__file__).parent, Path(ingest_package.__file__ or "").parents[1]]
    started: list[subprocess.Popen[bytes]] = []

    def start(seconds: float) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))}
        process = subprocess.Popen([sys.executable, script, database, str(seconds)], env=environment)
        started.append(process)
        return process

    yield start
    for process in started:
        process.terminate()
    for process in started:
        process.wait(timeout=30)


@pytest.fixture
def queue(pool: ConnectionPool, monkeypatch: pytest.MonkeyPatch) -> EmbeddingQueue:
    monkeypatch.setattr(embedding_queue_module, "STALLED", 4.0)
    monkeypatch.setattr(queue_module, "RESCUE_EVERY", 1.0)
    return EmbeddingQueue(pool, "hash/8")


def test_what_an_interrupted_ingest_left_is_used(queue: EmbeddingQueue, workers: Any) -> None:
    batches = [["하나", "둘"], ["셋"], ["둘", "넷"]]
    first = embed_queued(queue, batches)
    workers(0.0)
    next(first)
    first.close()
    found = dict(embed_queued(queue, batches))
    model = HashEmbedding()
    assert sorted(found) == [0, 1, 2]
    for index, vectors in found.items():
        np.testing.assert_allclose(vectors, model.embed_passages(batches[index]), atol=1e-3)


def test_what_no_worker_can_embed_is_an_error(queue: EmbeddingQueue, workers: Any) -> None:
    workers(0.0)
    with pytest.raises(ModelError, match="1 batches could not be embedded"):
        list(embed_queued(queue, [["fine"], ["broken"]]))


def test_a_batch_that_ends_every_worker_is_given_up(
    queue: EmbeddingQueue, workers: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedding_queue_module, "MAX_ATTEMPTS", 1)
    queue.put([["poison"]])
    victim = workers(30.0)
    while not queue.state().running:
        time.sleep(0.05)
    victim.send_signal(signal.SIGKILL)
    time.sleep(4.5)
    with pytest.raises(StoreError, match="poison"):
        queue.rescue()


def test_workers_of_another_model_leave_it_alone(pool: ConnectionPool, queue: EmbeddingQueue) -> None:
    queue.put([["하나"]])
    EmbeddingQueue(pool, "other/8").work(
        lambda texts: HashEmbedding().embed_passages(texts), processes=1, until_idle=True
    )
    assert queue.state().waiting == 1
    queue.work(lambda texts: HashEmbedding().embed_passages(texts), processes=1, until_idle=True)
    assert len(queue.collect()) == 1


def test_it_says_once_that_nobody_works(queue: EmbeddingQueue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_module, "LONELY_AFTER", 0.0)
    said: list[str] = []

    class Said(Exception):
        pass

    def sleep(_: float) -> None:
        if said:
            raise Said

    monkeypatch.setattr(queue_module.time, "sleep", sleep)
    with pytest.raises(Said):
        list(embed_queued(queue, [["하나"]], say=said.append))
    assert "budongi ingest worker" in said[0]


def test_tables_of_another_version_are_made_anew(pool: ConnectionPool) -> None:
    EmbeddingQueue(pool, "hash/8").put([["하나"]])
    with pool.connection() as connection:
        connection.execute(b"UPDATE procrastinate.installed SET version = '0'")
    assert EmbeddingQueue(pool, "hash/8").state().waiting == 0
