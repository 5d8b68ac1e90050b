"""What a long-running process made of the store, made anew in the background whenever the store has changed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Generic, TypeVar

from assistant.errors import BudongiError

logger = logging.getLogger(__name__)

T = TypeVar("T")

LOOK_SECONDS = 0.5  # between two looks at the revision, each a query of 0.1 ms
STOP_SECONDS = 5.0  # to wait for a look that is under way


class Current(Generic[T]):
    """Call it for what was made last. Whoever holds that goes on with it: what is made next is another object.

    A change that cannot be followed, because Postgres is away or the corpus is not as it should be, is tried again at
    each look; what was made before stays in use until then.
    """

    def __init__(self, revision: Callable[[], object], make: Callable[[], T]) -> None:
        """``revision`` is cheap, and gives another value when ``make`` would make something else. Both may raise."""
        self._revision = revision
        self._make = make
        # Read before it is made: a change in between is found at the next look, and nothing is older than its revision.
        self._made_of = revision()
        self._made = make()
        self._told = ""

    def __call__(self) -> T:
        return self._made

    def look(self) -> None:
        """Make it anew if it is of an earlier revision; raises nothing."""
        try:
            revision = self._revision()
            if revision != self._made_of:
                self._made = self._make()
                self._made_of = revision
            self._told = ""
        except BudongiError as error:
            self._tell(str(error))
        except Exception as error:  # a thread that ended would leave everything as it is for good
            self._tell(f"{type(error).__name__}: {error}")

    def _tell(self, problem: str) -> None:
        if problem != self._told:
            logger.warning("What is answered from is not brought up to date: %s", problem)
        self._told = problem


@contextmanager
def kept_current(current: Current[T], seconds: float = LOOK_SECONDS) -> Iterator[Current[T]]:
    """Look at its revision every few ``seconds``, in a thread, until the block is left."""
    over = threading.Event()

    def follow() -> None:
        while not over.wait(seconds):
            current.look()

    thread = threading.Thread(target=follow, name="current", daemon=True)
    thread.start()
    try:
        yield current
    finally:
        over.set()
        thread.join(STOP_SECONDS)
