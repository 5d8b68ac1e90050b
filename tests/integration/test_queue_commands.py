"""`budongi ingest worker` and `budongi ingest PATH --queue` as people start them, with the model that ships."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from command_line import BUDONGI, SETTINGS, CommandLine
from ingest_run import write_faqs

from assistant.adapters.embeddings.models import open_embedding
from assistant.adapters.postgres.embedding_queue import EmbeddingQueue, QueueState
from assistant.adapters.postgres.pool import open_pool
from assistant.settings import Settings

ENTRIES = 24

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_faqs(
        tmp_path / "data" / "faq.jsonl", {f"F{n}": f"답 {n}입니다. 신청은 창구에서 합니다." for n in range(ENTRIES)}
    )
    return tmp_path / "data"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a command on a data folder of the test's own, and ends what still runs afterwards."""
    started: list[subprocess.Popen[str]] = []

    def begin(*arguments: str | Path, **settings: str) -> subprocess.Popen[str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
        environment = {**inherited, "BUDONGI_HOME": str(tmp_path / "home"), **settings}
        command = [str(BUDONGI), "ingest", *map(str, arguments)]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        process = subprocess.Popen(command, env=environment, encoding="utf-8", **streams)  # type: ignore[call-overload]
        started.append(process)
        return process  # type: ignore[no-any-return]

    yield begin
    for process in started:
        process.terminate()
    for process in started:
        process.wait()


@contextmanager
def queue_of(settings: Settings) -> Iterator[EmbeddingQueue]:
    with open_pool(settings) as pool:
        yield EmbeddingQueue(pool, open_embedding(settings).name)


def await_queue(queue: EmbeddingQueue, true_of: Callable[[QueueState], bool], *running: subprocess.Popen[str]) -> None:
    """Waits until it is true, or one of these has ended, which is a failure."""
    while not true_of(queue.state()):
        for process in running:
            assert process.poll() is None, process.communicate()[0]
        time.sleep(0.05)


def test_of_two_workers_one_is_killed(tmp_path: Path, folder: Path, start: Start) -> None:
    ingest = start(folder, "--queue")
    victim = start("worker", "--processes", "1")
    with queue_of(Settings(home=tmp_path / "home")) as queue:
        await_queue(queue, lambda state: state.running > 0, ingest, victim)
        victim.send_signal(signal.SIGKILL)
        survivor = start("worker", "--processes", "1")
        printed = ingest.communicate()[0]
        assert ingest.returncode == 0, printed
        assert f"Stored: {ENTRIES} added" in printed
        assert survivor.poll() is None
        assert queue.state().waiting == queue.state().running == queue.state().failed == 0
    survivor.send_signal(signal.SIGINT)
    printed = survivor.communicate()[0]
    assert survivor.returncode in (0, 130), printed
    assert "Traceback" not in printed, printed
    verified = CommandLine(tmp_path / "home")("ingest", "verify")
    assert verified.code == 0, verified.printed


def test_on_a_postgres_of_ones_own(tmp_path: Path, folder: Path, start: Start, database: str) -> None:
    there = {"BUDONGI_DATABASE_URL": database}
    ingest = start(folder, "--queue", **there)
    with queue_of(Settings(home=tmp_path / "home", database_url=database)) as queue:
        await_queue(queue, lambda state: state.waiting > 0, ingest)
    done = CommandLine(tmp_path / "home")("ingest", "worker", "--until-idle", "--processes", "1", **there)
    assert done.code == 0, done.printed
    printed = ingest.communicate()[0]
    assert ingest.returncode == 0, printed
    assert f"Stored: {ENTRIES} added" in printed
