"""Embedding in parallel: one process per core, one thread in each, every process with its own copy of the model."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool

from assistant.errors import ModelError
from assistant.ports import EmbeddingModel, Vectors

ModelFactory = Callable[[], EmbeddingModel]
# Batches of passages to ``(index of the batch, vectors)`` as they are done, in any order.
Embed = Callable[[Sequence[Sequence[str]]], Iterator[tuple[int, Vectors]]]

# Starting a process and loading the model takes about a second: fewer passages than this are done sooner here.
WORTH_A_PROCESS = 24
AHEAD = 2  # batches waiting per worker, so that none is idle while results are stored

_model: EmbeddingModel | None = None  # in a worker process: its copy


def embed_batches(
    model: EmbeddingModel,
    open_model: ModelFactory,
    batches: Sequence[Sequence[str]],
    *,
    workers: int | None = None,
) -> Iterator[tuple[int, Vectors]]:
    """Embed batches of passages; yields ``(index of the batch, vectors)`` as they finish, in any order.

    Args:
        model: used in this process, where the batches are too few to be worth others.
        open_model: makes the same model; picklable, since each worker calls it.
        batches: none of them empty.
        workers: processes; by default one per core.

    Raises:
        ModelError: the model cannot be used, or a worker died.
    """
    workers = min(workers or os.cpu_count() or 1, len(batches))
    if sum(len(batch) for batch in batches) < WORTH_A_PROCESS:
        for index, batch in enumerate(batches):
            yield index, model.embed_passages(batch)
        return
    pool = worker_pool(open_model, workers)
    try:
        waiting = iter(enumerate(batches))
        running: dict[Future[Vectors], int] = {}
        while True:
            while len(running) < AHEAD * workers and (following := next(waiting, None)) is not None:
                running[pool.submit(embed, following[1])] = following[0]
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(future), future.result()
    except BrokenProcessPool as error:
        raise ModelError(
            "A process that computes embeddings died: it was killed, or memory ran out (each needs about 300 MB). "
            "What was stored so far is whole; run the same command again and it goes on from there."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def worker_pool(open_model: ModelFactory, processes: int) -> ProcessPoolExecutor:
    """Processes that each hold the model, to submit :func:`embed` to; they end with this process, however it ends."""
    # spawn, not fork: the parent has threads (connection pool, progress bar), which a forked child would not survive.
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_start, initargs=(open_model,))


def _start(open_model: ModelFactory) -> None:
    global _model
    # Ctrl-C reaches the whole process group; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _model = open_model()


def _end_with_parent() -> None:
    """A worker waits on a queue whose other end it holds itself, so a killed parent would leave it waiting for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def embed(texts: Sequence[str]) -> Vectors:
    """In a process of :func:`worker_pool`: vectors of these passages."""
    assert _model is not None
    return _model.embed_passages(texts)
