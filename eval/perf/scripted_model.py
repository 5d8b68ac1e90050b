"""A chat model on loopback that several chats ask at once: it writes the evidence it is shown, at a model's pace."""

from __future__ import annotations

import json
import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from eval.perf.fake_server import event

_NUMBERED = re.compile(r"^\[(\d{1,2})\] (.+)$", re.MULTILINE)
PIECE = 12  # characters


class ScriptedModel:
    """An OpenAI-compatible server. ``seconds``: how long it wrote in all, by the name found in the prompt."""

    def __init__(self, names: Iterable[str], *, first_token: float = 0.3, pause: float = 0.02) -> None:
        """``first_token``, ``pause``: seconds before the first piece of text, and before each further one."""
        self.seconds: dict[str, float] = defaultdict(float)
        self._names = tuple(names)
        self._lock = threading.Lock()
        scripted = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                began = time.monotonic()
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                asked: str = body["messages"][-1]["content"]
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.end_headers()
                time.sleep(first_token)
                written = "\n".join(f"{quote} [{number}]" for number, quote in _NUMBERED.findall(asked))
                for start in range(0, len(written), PIECE):
                    self.wfile.write(event(written[start : start + PIECE]))
                    self.wfile.flush()
                    time.sleep(pause)
                self.wfile.write(event("", "stop") + b"data: [DONE]\n\n")
                scripted._note(asked, time.monotonic() - began)

            def log_message(self, format: str, *args: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _note(self, asked: str, seconds: float) -> None:
        with self._lock:
            for name in self._names:
                if name in asked:
                    self.seconds[name] += seconds
