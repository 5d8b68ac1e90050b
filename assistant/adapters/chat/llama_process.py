"""Starts, watches, restarts and ends the child process that runs llama.cpp (``llama_server``)."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import re
import secrets
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.adapters.chat.llama_server import LlamaOptions
from assistant.errors import ModelFileError, ModelUnavailable

START_TIMEOUT = 180.0  # seconds to load a model; 1 to 7 for the packaged one, more for a large GGUF on a slow disk
STARTS_ALLOWED = 4  # within RESTART_WINDOW; a child that dies faster than this is not going to work
RESTART_WINDOW = 60.0  # seconds
LOG_LIMIT = 1_000_000  # bytes
OTHER_MODEL = "or set BUDONGI_CHAT_MODEL to a hosted model or none"


class Interrupted(Exception):
    """A request was given up because something more urgent came."""


class Interrupt:
    """Ends a request from another thread. llama.cpp stops working on it within about two seconds."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self.requested = False

    def request(self) -> None:
        with self._lock:
            self.requested = True
            self._hang_up()

    def guard(self, connected: socket.socket) -> None:
        """Hang up on this connection when the interrupt is requested, or at once if it has been."""
        with self._lock:
            self._socket = connected
            if self.requested:
                self._hang_up()

    def _hang_up(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):  # it has ended by itself
                self._socket.shutdown(socket.SHUT_RDWR)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server that is up. ``start`` counts the children: what one held in memory, the next does not."""

    port: int
    api_key: str
    start: int

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def post(
        self, path: str, body: dict[str, Any], *, timeout: float, interrupt: Interrupt | None = None
    ) -> dict[str, Any]:
        """POST JSON, get JSON. ``timeout`` in seconds.

        Raises:
            Interrupted: ``interrupt`` was requested before the answer came.
            OSError, http.client.HTTPException: no answer in time.
            ValueError: an answer other than success; its text is the reason.
        """
        # http.client, unlike most clients, never sends a loopback request to a proxy the environment names.
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        headers = {"Authorization": f"Bearer {self.api_key}", "Content-Type": "application/json"}
        try:
            connection.connect()
            if interrupt is not None:
                interrupt.guard(connection.sock)
            connection.request("POST", path, json.dumps(body), headers)
            response = connection.getresponse()
            text = response.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            if interrupt is not None and interrupt.requested:
                raise Interrupted from None
            raise
        finally:
            connection.close()
        if response.status != http.HTTPStatus.OK:
            raise ValueError(f"HTTP {response.status}: {text[:300]}")
        answer: dict[str, Any] = json.loads(text)
        return answer

    def is_healthy(self, *, timeout: float = 5.0) -> bool:
        """Whether the model is loaded and the server answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", "/health")
            return connection.getresponse().status == http.HTTPStatus.OK
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


class LlamaProcess:
    """One llama.cpp child at a time. Safe to use from several threads."""

    def __init__(self, model: Path, *, n_ctx: int, slot_folder: Path, log: Path) -> None:
        self._model, self._n_ctx, self._slot_folder, self._log = model, n_ctx, slot_folder, log
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._endpoint: Endpoint | None = None
        self._api_key = ""
        self._log_start = 0
        self._starts: deque[float] = deque(maxlen=STARTS_ALLOWED)
        self._started = 0
        self._closed = False

    @property
    def pid(self) -> int | None:
        """The child's process id while one is running."""
        return self._child.pid if self._child and self._child.poll() is None else None

    def spawn(self) -> None:
        """Begin to load the model, if that has not begun; returns at once.

        Raises:
            ModelUnavailable: the child died several times in a row.
        """
        with self._lock:
            self._spawn()

    def ready(self) -> Endpoint:
        """The server, once it is up; restarts a child that died.

        Raises:
            ModelFileError: llama.cpp cannot load the file; with llama.cpp's reason.
            ModelUnavailable: the child died or did not come up in time.
        """
        with self._lock:
            if self._endpoint is not None and not self._endpoint.is_healthy():
                self._end()  # it hangs, or died
            self._spawn()
            if self._endpoint is None:
                self._endpoint = self._await_start()
            return self._endpoint

    def died(self, *, within: float) -> bool:
        """Whether the child is gone, or goes within so many seconds: a broken connection is seen before its cause."""
        child = self._child
        if child is None:
            return True
        try:
            child.wait(timeout=within)
        except subprocess.TimeoutExpired:
            return False
        return True

    def close(self) -> None:
        """End the child, if there is one, and start no other. Does not wait for a model that is still loading."""
        self._closed = True
        child = self._child
        if child is not None:
            child.kill()  # it holds nothing that a kill could harm
        with self._lock:
            self._end()

    def _spawn(self) -> None:
        if self._child is not None and self._child.poll() is None:
            return
        if self._closed:
            raise ModelUnavailable("The local chat model was closed while a question was under way. Ask again.")
        self._end()
        now = time.monotonic()
        if len(self._starts) == STARTS_ALLOWED and now - self._starts[0] < RESTART_WINDOW:
            raise ModelUnavailable(
                f"The local chat model stopped {STARTS_ALLOWED} times within {RESTART_WINDOW:.0f} s and is not started "
                f"again for now. Look at {self._log} for the reason (often too little memory), {OTHER_MODEL}."
            )
        self._starts.append(now)
        self._started += 1
        self._api_key = secrets.token_urlsafe(24)
        self._slot_folder.mkdir(parents=True, exist_ok=True)
        self._log.parent.mkdir(parents=True, exist_ok=True)
        if self._log.exists() and self._log.stat().st_size > LOG_LIMIT:
            self._log.unlink()
        options = LlamaOptions(
            model=str(self._model),
            n_ctx=self._n_ctx,
            threads=_threads(),
            slot_folder=str(self._slot_folder),
            api_key=self._api_key,
        )
        with self._log.open("ab") as log:
            self._log_start = log.tell()
            self._child = subprocess.Popen(
                # -P: a folder called "assistant" where the user happens to stand is not ours.
                [sys.executable, "-P", "-m", "assistant.adapters.chat.llama_server"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the parent, which then closes this one
            )
        assert self._child.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it died at once; _await_start says why
            self._child.stdin.write(options.to_json().encode() + b"\n")
            self._child.stdin.flush()

    def _await_start(self) -> Endpoint:
        child = self._child
        assert child is not None
        assert child.stdout is not None
        readable, _, _ = select.select([child.stdout], [], [], START_TIMEOUT)
        line = child.stdout.readline() if readable else b""
        if not readable:
            self._end()
            raise ModelUnavailable(
                f"The local chat model {self._model} did not load within {START_TIMEOUT:.0f} s. "
                f"Look at {self._log}, try a smaller model, {OTHER_MODEL}."
            )
        answer = json.loads(line) if line else {}
        if "port" in answer:
            endpoint = Endpoint(int(answer["port"]), self._api_key, self._started)
            if endpoint.is_healthy():
                return endpoint
        code = child.wait(timeout=10) if "port" not in answer else None
        self._end()
        raise self._failure(answer.get("error"), code)

    def _failure(self, error: str | None, code: int | None) -> ModelFileError | ModelUnavailable:
        reasons = self._logged_reasons()
        if reasons:
            self._starts.clear()  # not a crash: the next start may find the file mended
            return ModelFileError(
                f"llama.cpp cannot load the chat model {self._model}: {reasons[0]}. "
                f"Give another GGUF file, {OTHER_MODEL}."
            )
        how = error or (f"ended by {_ending(code)}" if code is not None else "does not answer")
        return ModelUnavailable(
            f"The local chat model {self._model} did not start ({how}). "
            f"Look at {self._log} for the reason, {OTHER_MODEL}."
        )

    def _logged_reasons(self) -> list[str]:
        """What llama.cpp said about loading, since this child started."""
        try:
            with self._log.open("rb") as log:
                log.seek(self._log_start)
                text = log.read(LOG_LIMIT).decode("utf-8", "replace")
        except OSError:
            return []
        return re.findall(r"error loading model: (.+?)\s*$", text, re.MULTILINE)

    def _end(self) -> None:
        child, self._child, self._endpoint = self._child, None, None
        if child is None:
            return
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()  # the end of its input is the child's signal to end
        try:
            child.wait(timeout=1)
        except subprocess.TimeoutExpired:
            child.kill()  # e.g. still loading
            child.wait()


def _threads() -> int:
    """Cores to use: all of a small machine, half of a large one, where the other half is mostly hyperthreads."""
    cores = len(os.sched_getaffinity(0))
    return cores if cores <= 4 else cores // 2


def _ending(code: int) -> str:
    return f"signal {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
