"""The child process that runs llama.cpp: ``python -m assistant.adapters.chat.llama_server``.

It reads one line of JSON from standard input (a :class:`LlamaOptions`), loads the model, writes one line of JSON to
standard output (``{"port": N}``, or ``{"error": …}`` and exit code 1), then serves OpenAI-compatible HTTP on loopback
until standard input ends. The kernel closes that pipe however the parent dies, so the child never outlives it.
llama.cpp's own messages go to standard error.

llama.cpp runs in a process of its own because it aborts the process it is in on some errors, and because its threads
must not compete with the parent's interpreter.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from dataclasses import asdict, dataclass
from typing import Any

from assistant.settings import set_for_libraries

PARENT_CHECK = 2.0  # seconds
BATCH = 128  # tokens of a prompt
WARNINGS = 2  # llama.cpp's verbosity; above it, prompts get into the log


@dataclass(frozen=True, slots=True)
class LlamaOptions:
    """``n_ctx`` in tokens. ``api_key`` comes by pipe: arguments and environment can be read from outside."""

    model: str
    n_ctx: int
    threads: int
    slot_folder: str
    api_key: str

    def to_json(self) -> str:
        return json.dumps(asdict(self))


def main() -> None:
    # llama.cpp may print to file descriptor 1, which carries our one line: keep that apart, and send 1 to the log.
    reply = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    line = sys.stdin.readline()
    if not line:
        return
    options = LlamaOptions(**json.loads(line))
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    threading.Thread(target=_end_with_input, daemon=True).start()
    try:
        server = start(options)
    except Exception as error:
        print(json.dumps({"error": str(error)}), file=reply, flush=True)
        sys.exit(1)
    port = int(server.listening_address.rsplit(":", 1)[1])
    print(json.dumps({"port": port}), file=reply, flush=True)
    threading.Event().wait()


def start(options: LlamaOptions) -> Any:
    """A running ``xllamacpp.Server``; it stops when it is garbage-collected."""
    set_for_libraries(GGML_NO_BACKTRACE="1")  # an abort would otherwise run gdb on this process
    # Threads that wait for each other sleep instead of spinning. While anything else uses the cores (an ingestion,
    # Postgres, a test run), spinning costs ten times the speed: 0.7 against 6.8 tokens/s with two busy processes beside
    # it on 2 cores. OpenMP reads this when the library is loaded.
    set_for_libraries(OMP_WAIT_POLICY="passive")
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = options.model
    params.n_ctx = options.n_ctx
    # llama.cpp looks for a client that hung up only between two batches. These are a second or two on 2 cores; with its
    # usual 2,048 tokens a question would wait until a whole prompt is read. Reading takes 2 % more processor time so.
    params.n_batch = params.n_ubatch = BATCH
    params.n_parallel = 1  # on a CPU, two answers at once take twice as long each
    params.cpuparams.n_threads = options.threads
    params.cpuparams_batch.n_threads = options.threads
    # Repacked weights write 25 % faster but read prompts 25 % slower (97 against 78 tokens/s on 2 cores), load 2 s
    # slower, and are a second copy in memory that processes cannot share. Our prompts are longer than our answers.
    params.no_extra_bufts = True
    params.cache_ram_mib = 0  # prefixes are restored from files instead (prefixes.py)
    params.slot_save_path = options.slot_folder.rstrip("/") + "/"
    params.endpoint_slots = True
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [options.api_key]
    params.ui = False
    params.verbosity = WARNINGS
    return xllamacpp.Server(params)


def _end_with_input() -> None:
    while os.read(0, 4096):
        pass
    os._exit(0)


def _end_with_parent(parent: int) -> None:
    # A process that the parent forked may hold the other end of the pipe open after the parent is gone.
    while os.getppid() == parent:
        time.sleep(PARENT_CHECK)
    os._exit(0)


if __name__ == "__main__":
    main()
