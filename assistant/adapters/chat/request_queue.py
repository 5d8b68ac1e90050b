"""Who is next at a model that does one thing at a time: questions in their order; work in the background gives way."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(eq=False, slots=True)
class Place:
    """A place in the line; whoever has the first one is served. ``give_way``: how work in the background is ended."""

    changed: threading.Condition
    places: deque[Place]
    give_way: Callable[[], None] | None = None

    def wait(self, seconds: float) -> bool:
        """Whether this is the first place, as soon as it is or after so many seconds."""
        with self.changed:
            return self.changed.wait_for(lambda: self.places[0] is self, seconds)

    @property
    def ahead(self) -> int:
        """How many questions are before this one."""
        with self.changed:
            before = list(self.places)[: self.places.index(self)]
        return sum(place.give_way is None for place in before)


class Line:
    """The places, first come first served. Safe to use from several threads, a place too."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._places: deque[Place] = deque()

    @contextmanager
    def question(self) -> Iterator[Place]:
        """A place at the end of the line; work in the background is told to give way."""
        with self._changed:
            for place in self._places:
                if place.give_way is not None:
                    place.give_way()
            place = Place(self._changed, self._places)
            self._places.append(place)
        with self._kept(place):
            yield place

    @contextmanager
    def background(self, give_way: Callable[[], None]) -> Iterator[None]:
        """The first place, once nobody is in line. ``give_way`` is called from another thread when a question comes:
        it must make the block end soon, and return at once."""
        with self._changed:
            self._changed.wait_for(lambda: not self._places)
            place = Place(self._changed, self._places, give_way)
            self._places.append(place)
        with self._kept(place):
            yield

    @contextmanager
    def _kept(self, place: Place) -> Iterator[None]:
        try:
            yield
        finally:
            with self._changed:
                self._places.remove(place)
                self._changed.notify_all()
