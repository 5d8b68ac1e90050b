"""`budongi up` as a process, as somebody would start it, and how much memory it holds."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2

from assistant.errors import BudongiError

START_SECONDS = 300.0
_READY = re.compile(r"budongi is ready: (http://\S+)")


@dataclass
class ServedChat:
    """A running server; ``printed`` is what it has said so far, both streams."""

    process: subprocess.Popen[str]
    printed: list[str] = field(default_factory=list)
    url: str = ""

    def resident(self) -> float:
        """Memory of the process in MiB; 0 where the system does not tell."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return 0.0
        found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
        return int(found[1]) / 1024 if found else 0.0


@contextmanager
def served(settings: Mapping[str, str]) -> Iterator[ServedChat]:
    """Start the chat on a free port with these environment variables besides one's own; ended on leaving.

    A local chat model has joined by then.

    Raises:
        BudongiError: it did not become ready; the message holds what it printed.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # `env` sets them: only assistant.settings reads and writes this process's own.
    variables = [f"{name}={value}" for name, value in settings.items()]
    command = ["env", *variables, str(Path(sys.executable).with_name("budongi")), "up", "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    chat, settled = ServedChat(process), threading.Event()

    def read() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            chat.printed.append(line)
            if found := _READY.search(line):
                chat.url = found[1]
                settled.set()
        settled.set()

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        settled.wait(START_SECONDS)
        if not chat.url:
            raise BudongiError(f"`budongi up` did not become ready. It printed: {''.join(chat.printed)[-1000:]}")
        while (model := _model(chat.url)) == "loading" and process.poll() is None:
            time.sleep(0.5)
        if model == "failed":
            raise BudongiError(f"The chat model could not be loaded. It printed: {''.join(chat.printed)[-1000:]}")
        yield chat
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
        reader.join(5)


def _model(url: str) -> str:
    """``loading``, ``ready`` or ``failed``; empty where there is none to wait for."""
    return str(httpx2.get(f"{url}/readyz", timeout=60).json().get("chat_model", {}).get("status", ""))


def kill_embedded_postgres(home: Path) -> None:
    """End the embedded Postgres of ``home`` at once, as a lack of memory does.

    Raises:
        BudongiError: none runs there.
    """
    try:
        pid = int((home / "postgres" / "data" / "postmaster.pid").read_text().split("\n", 1)[0])
        os.kill(pid, signal.SIGKILL)
    except (OSError, ValueError) as error:
        raise BudongiError(f"There is no embedded Postgres to end in {home}: {error}.") from None
