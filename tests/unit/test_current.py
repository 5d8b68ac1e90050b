"""What is made of the store is made anew when it has changed, and stays in use while that fails."""

from __future__ import annotations

import threading

import pytest

from assistant.adapters.postgres.current import Current, kept_current
from assistant.errors import StoreError


class Changing:
    """A store whose ``revision`` a test sets; ``broken`` is what it raises."""

    def __init__(self) -> None:
        self.revision, self.made = 1, 0
        self.broken: Exception | None = None

    def read(self) -> int:
        if self.broken:
            raise self.broken
        return self.revision

    def make(self) -> str:
        self.made += 1
        return f"of {self.read()}"


def test_it_is_made_anew_once_for_each_revision() -> None:
    store = Changing()
    current = Current(store.read, store.make)
    held = current()
    current.look()
    assert (current(), store.made) == ("of 1", 1)
    store.revision = 7
    current.look()
    current.look()
    assert (current(), held, store.made) == ("of 7", "of 1", 2)


def test_a_change_while_it_is_made_is_seen_at_the_next_look() -> None:
    store = Changing()

    def make() -> str:
        made = store.make()
        store.revision = 2
        return made

    current = Current(store.read, make)
    assert current() == "of 1"
    current.look()
    assert current() == "of 2"


@pytest.mark.parametrize("error", [StoreError("Postgres is away."), ZeroDivisionError("a bug")])
def test_while_it_cannot_be_made_the_last_one_stays_and_that_is_told_once(
    error: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    store = Changing()
    current = Current(store.read, store.make)
    store.revision, store.broken = 2, error
    current.look()
    current.look()
    assert current() == "of 1"
    assert len(caplog.records) == 1
    store.broken = None
    current.look()
    assert current() == "of 2"


def test_it_is_followed_until_the_block_is_left() -> None:
    store, seen = Changing(), threading.Event()

    def make() -> str:
        made = store.make()
        if store.made > 1:
            seen.set()
        return made

    with kept_current(Current(store.read, make), seconds=0.001):
        store.revision = 2
        assert seen.wait(30)
    assert "current" not in {thread.name for thread in threading.enumerate()}
