"""Stepping a blocking turn from the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator

import pytest

from assistant.domain import Event, Released
from assistant.entrypoints.streaming import streamed
from assistant.errors import ModelUnavailable


async def _collect(start) -> list[Event]:  # type: ignore[no-untyped-def]
    async with streamed(start) as events:
        return [event async for event in events]


def test_events_arrive_in_order_from_another_thread() -> None:
    threads = []

    def turn() -> Iterator[Event]:
        threads.append(threading.current_thread())
        yield from (Released(str(number)) for number in range(3))

    assert asyncio.run(_collect(turn)) == [Released("0"), Released("1"), Released("2")]
    assert threads != [threading.main_thread()]


def test_loop_runs_on_while_a_turn_blocks() -> None:
    release = threading.Event()

    def turn() -> Iterator[Event]:
        # Set from the loop: a loop that waited for this generator would never set it.
        assert release.wait(5)
        yield Released("done")

    async def scenario() -> list[Event]:
        collecting = asyncio.create_task(_collect(turn))
        await asyncio.sleep(0)
        release.set()
        return await collecting

    assert asyncio.run(scenario()) == [Released("done")]


def test_error_of_the_turn_reaches_the_reader_after_its_events() -> None:
    def turn() -> Iterator[Event]:
        yield Released("before")
        raise ModelUnavailable("gone")

    async def scenario() -> None:
        async with streamed(turn) as events:
            assert await anext(events) == Released("before")
            await anext(events)

    with pytest.raises(ModelUnavailable, match="gone"):
        asyncio.run(scenario())


def test_leaving_early_closes_the_generator_in_its_own_thread() -> None:
    closed: list[threading.Thread] = []
    done, go_on = threading.Event(), threading.Event()

    def turn() -> Iterator[Event]:
        try:
            yield Released("first")
            go_on.wait(5)
            yield Released("second")
            yield Released("third")
        finally:
            closed.append(threading.current_thread())
            done.set()

    async def scenario() -> None:
        async with streamed(turn) as events:
            await anext(events)
        go_on.set()
        await asyncio.to_thread(done.wait, 5)

    asyncio.run(scenario())
    assert [thread.name for thread in closed] == ["turn"]
