"""An OpenAI-compatible embedding server whose vectors depend on the model and the text alone."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import numpy as np

DIMENSIONS = {"first": 8, "second": 12, "alike": 8}


class Handler(BaseHTTPRequestHandler):
    """Serves ``models``, and records what it was asked as ``embedded``: (model, text)."""

    url: str
    models: frozenset[str]
    embedded: list[tuple[str, str]]
    refused = ""  # a text for which it answers 400

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        model, texts = asked["model"], asked["input"]
        if model not in self.models:
            self._answer(404, {"error": {"message": f"no model {model}"}})
            return
        type(self).embedded += [(model, text) for text in texts]
        if self.refused and any(self.refused in text for text in texts):
            self._answer(400, {"error": {"message": "refused"}})
            return
        data = [{"index": i, "embedding": vector(model, text), "object": "embedding"} for i, text in enumerate(texts)]
        self._answer(
            200, {"object": "list", "model": model, "data": data, "usage": {"prompt_tokens": 0, "total_tokens": 0}}
        )

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        payload = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, format: str, *args: object) -> None:
        """Not on the console."""


def vector(model: str, text: str) -> list[float]:
    seed = int.from_bytes(hashlib.sha256(f"{model} {text}".encode()).digest()[:8], "big")
    return [float(value) for value in 1 + np.random.default_rng(seed).standard_normal(DIMENSIONS[model])]


@contextmanager
def embedding_server(*models: str) -> Iterator[type[Handler]]:
    """Serves these models on this computer, until the block is left."""
    handler = type("Recording", (Handler,), {"embedded": [], "models": frozenset(models)})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        handler.url = f"http://127.0.0.1:{http.server_port}/v1"
        yield handler
        http.shutdown()
