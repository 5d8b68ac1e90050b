"""A deadline for a whole HTTP response: a client bounds each read, and a busy line escapes that."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx2

_BEGUN = "budongi.begun"


def hooks() -> dict[str, list[Callable[..., Any]]]:
    """``event_hooks`` of an openai client: a response must end within the read timeout of its request, counted once.

    Hooks and no transport of our own: with one, it would leave out the proxies that the environment names.
    """
    return {"request": [_begin], "response": [_limit]}


def _begin(request: httpx2.Request) -> None:
    request.extensions[_BEGUN] = time.monotonic()


def _limit(response: httpx2.Response) -> None:
    allowed = response.request.extensions.get("timeout", {}).get("read")
    if allowed is not None and isinstance(response.stream, httpx2.SyncByteStream):
        response.stream = _Within(response.stream, response.request.extensions[_BEGUN] + allowed, response.request)


class _Within(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, deadline: float, request: httpx2.Request) -> None:
        self._stream, self._deadline, self._request = stream, deadline, request

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._stream:
            if time.monotonic() > self._deadline:
                raise httpx2.ReadTimeout("the response did not end in time", request=self._request)
            yield piece

    def close(self) -> None:
        self._stream.close()
