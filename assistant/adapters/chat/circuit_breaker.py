"""A circuit breaker around a chat model: after failures in a row it is not asked for a while, so that nobody waits.

The pattern is M. Nygard's (Release It!): closed, open for a pause, then half open: one turn tries it again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence

from assistant.errors import ModelError, ModelRefused
from assistant.ports import ChatModel, Delta, Prompt

FAILURES = 3  # in a row; each may have cost somebody a whole turn's wait
PAUSE = 30.0  # seconds


class WithBreaker:
    """A chat model that fails at once while its server keeps failing. Safe to use from several threads."""

    def __init__(
        self,
        model: ChatModel,
        failures: int = FAILURES,
        pause: float = PAUSE,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.model, self._limit, self.pause, self._now = model, failures, pause, now
        self._lock = threading.Lock()
        self._failed = 0
        self._closed_until = 0.0  # when the next turn may try
        self._last: ModelError | None = None

    @property
    def name(self) -> str:
        return self.model.name

    def stream(self, prompt: Prompt, *, max_tokens: int, timeout: float | None = None) -> Iterator[Delta]:
        """See :class:`assistant.ports.ChatModel`.

        Raises:
            ModelError: of the kind that the model raised last, while it is not asked.
        """
        self._admit()
        try:
            yield from self.model.stream(prompt, max_tokens=max_tokens, timeout=timeout)
        except ModelRefused:
            self._succeeded()  # the server is well: it answered that it will not answer this
            raise
        except ModelError as error:
            self._note(error)
            raise
        self._succeeded()

    def warm(self, prompts: Sequence[Prompt]) -> None:
        self.model.warm(prompts)

    def close(self) -> None:
        self.model.close()

    def _admit(self) -> None:
        with self._lock:
            if self._failed < self._limit or self._last is None:
                return
            left = self._closed_until - self._now()
            if left > 0:
                raise type(self._last)(
                    f"{self._last} It has failed {self._failed} times in a row and is tried again in {left:.0f} s."
                )
            # Half open: this turn tries; the others go on without for another pause, or until it has succeeded.
            self._closed_until = self._now() + self.pause

    def _note(self, error: ModelError) -> None:
        with self._lock:
            self._failed += 1
            self._last = error
            self._closed_until = self._now() + self.pause

    def _succeeded(self) -> None:
        with self._lock:
            self._failed, self._last = 0, None
