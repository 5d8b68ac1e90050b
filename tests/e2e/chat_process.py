"""A chat server as a process of its own, as a person runs it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

READY = re.compile(r"budongi is ready: (http://\S+)")
SHUTDOWN_SECONDS = 30


@dataclass
class ChatProcess:
    """A running server. ``output`` is what it has printed so far, both streams."""

    process: subprocess.Popen[str]
    url: str
    output: list[str]
    folder: Path

    @property
    def printed(self) -> str:
        return "".join(self.output)

    def interrupt(self) -> int:
        """Press Ctrl-C; the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        return self.process.wait(SHUTDOWN_SECONDS)

    def await_model(self, timeout: float) -> None:
        """Wait, at most ``timeout`` seconds, until the local chat model has joined."""
        deadline = time.monotonic() + timeout
        while (model := self.model())["status"] == "loading" and time.monotonic() < deadline:
            time.sleep(0.5)
        assert model == {"status": "ready"}, f"{model}; it printed:\n{self.printed}"

    def model(self) -> dict[str, Any]:
        """What is told of the local chat model, in Korean."""
        reply = httpx.get(f"{self.url}/readyz", headers={"accept-language": "ko"}, timeout=60)
        told: dict[str, Any] = reply.raise_for_status().json()["chat_model"]
        return told


@contextmanager
def chat_process(
    command: Sequence[str], folder: Path, environment: Mapping[str, str], timeout: float
) -> Iterator[ChatProcess]:
    """Start ``command`` in ``folder`` and wait, at most ``timeout`` seconds, until it says where it is ready."""
    process = subprocess.Popen(
        list(command),
        cwd=folder,
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    output: list[str] = []
    address: list[str] = []
    settled = threading.Event()

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            output.append(line)
            if found := READY.search(line):
                address.append(found[1])
                settled.set()
        settled.set()

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        settled.wait(timeout)
        assert address, (
            f"{' '.join(command)} ended, or was not ready within {timeout} s; it printed:\n{''.join(output)}"
        )
        yield ChatProcess(process, address[0], output, folder)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(SHUTDOWN_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        reader.join(5)
