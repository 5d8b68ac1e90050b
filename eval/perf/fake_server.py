"""A chat server on loopback that answers as it is told: well, or in the ways in which servers fail."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Respond = Callable[[BaseHTTPRequestHandler], None]


def lowered(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers}


class FakeServer:
    """One HTTP server on loopback: each request is answered by the next function of ``responses``, the last stays."""

    def __init__(self) -> None:
        self.responses: list[Respond] = []
        self.requests: list[tuple[str, dict[str, str], dict[str, object]]] = []
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", 0)))
                fake.requests.append((self.path, lowered(self.headers.items()), json.loads(body)))
                self.answer()

            def do_GET(self) -> None:
                fake.requests.append((self.path, lowered(self.headers.items()), {}))
                self.answer()

            def answer(self) -> None:
                (fake.responses.pop(0) if len(fake.responses) > 1 else fake.responses[0])(self)

            def log_message(self, format: str, *args: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


def reply(status: int, body: object, *, kind: str = "application/json", **headers: str) -> Respond:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        data = (body if isinstance(body, str) else json.dumps(body)).encode()
        handler.send_response(status)
        for name, value in {"content-type": kind, "content-length": str(len(data)), **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(data)

    return respond


def failure(status: int, message: str, code: str | None = None, **headers: str) -> Respond:
    return reply(status, {"error": {"message": message, "code": code, "type": "error"}}, **headers)


def chunk(text: str) -> dict[str, object]:
    return {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "m",
        "choices": [{"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": None}],
    }


def spoken(*texts: str, usage: bool = True) -> Respond:
    events = [chunk(text) for text in texts]
    if usage:
        counts = {"prompt_tokens": 7, "completion_tokens": 2, "total_tokens": 9}
        events.append({**chunk(""), "choices": [], "usage": counts})
    lines = "".join(f"data: {json.dumps(event)}\n\n" for event in events)
    return reply(200, f"{lines}data: [DONE]\n\n", kind="text/event-stream")


def breaks_off_after(text: str) -> Respond:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("content-type", "text/event-stream")
        handler.send_header("content-length", "100000")
        handler.end_headers()
        handler.wfile.write(f"data: {json.dumps(chunk(text))}\n\n".encode())
        handler.close_connection = True

    return respond


def silent_for(seconds: float) -> Respond:
    return lambda _: time.sleep(seconds)


def trickles(seconds: float) -> Respond:
    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("content-type", "text/event-stream")
        handler.end_headers()
        end = time.monotonic() + seconds
        try:
            while time.monotonic() < end:
                handler.wfile.write(f"data: {json.dumps(chunk('a'))}\n\n".encode())
                handler.wfile.flush()
                time.sleep(0.1)
        except OSError:
            return

    return respond


def raw(*pieces: bytes, then: float = 0.0) -> Respond:
    """An event stream of these bytes as they are, and ``then`` seconds of comments that keep the line busy."""

    def respond(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("content-type", "text/event-stream")
        handler.end_headers()
        end = time.monotonic() + then
        try:
            for piece in pieces:
                handler.wfile.write(piece)
                handler.wfile.flush()
            while time.monotonic() < end:
                handler.wfile.write(b": still here\n\n")
                handler.wfile.flush()
                time.sleep(0.1)
        except OSError:
            return

    return respond


def event(text: str, finish: str | None = None) -> bytes:
    """One piece of a streamed completion, in the bytes of its event; Korean as itself, not escaped."""
    piece = chunk(text)
    piece["choices"] = [{"index": 0, "delta": {"content": text}, "finish_reason": finish}]
    return f"data: {json.dumps(piece, ensure_ascii=False)}\n\n".encode()


NO_CHOICES = {**chunk(""), "choices": []}


# The ways in which a chat server fails, by name; ``hang`` is how long the silent ones are silent, in seconds.
def failures(hang: float) -> dict[str, Respond]:
    said = event("집은 한 번 더 확인해 ")
    return {
        "429, Retry-After 86400": failure(429, "come back tomorrow", retry_after="86400"),
        "429, Retry-After a date": failure(429, "come back then", retry_after="Fri, 31 Dec 2100 23:59:59 GMT"),
        "500": failure(500, "broken"),
        "hang before the headers": silent_for(hang),
        "hang in the middle": raw(said, then=hang),
        "a line kept busy, no answer": raw(then=hang),
        "cut inside a Hangul character": raw(said, event("한글").partition("글".encode())[0] + "글".encode()[:2]),
        "connection lost in the middle": breaks_off_after("집은"),
        "malformed JSON": raw(b"data: {oops\n\n"),
        "malformed JSON in the middle": raw(said, b"data: {oops\n\n"),
        "a web page": reply(200, "<html>hello</html>", kind="text/html"),
        "empty choices": raw(f"data: {json.dumps(NO_CHOICES)}\n\ndata: [DONE]\n\n".encode()),
        "content filter, at once": failure(400, "the prompt was filtered", "content_filter"),
        "content filter, in the middle": raw(said, event("", "content_filter"), b"data: [DONE]\n\n"),
        "wrong model name": failure(404, "no such model", "model_not_found"),
        "wrong key": failure(401, "incorrect API key"),
    }
