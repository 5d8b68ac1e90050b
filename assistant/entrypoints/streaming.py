"""Steps a turn's blocking generator in a thread of its own, so that other people's pages stay responsive."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

from assistant.answering.turn import Assistant
from assistant.domain import Answer, Event, Finished, Question


@asynccontextmanager
async def streamed(start: Callable[[], Iterator[Event]]) -> AsyncIterator[AsyncIterator[Event]]:
    """The events of ``start()``, as they come; on leaving the block the generator is closed in its own thread.

    A thread per turn and not the loop's pool: a turn may wait long for a model, and the pool is small and serves
    Chainlit's file reads. A generator that is between two events is closed at the next one, since Python cannot close
    a generator that is running.

    Raises:
        Whatever the generator raises, at the event where it happens.
    """
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[Event | BaseException | None] = asyncio.Queue()
    stopped = threading.Event()

    def put(item: Event | BaseException | None) -> None:
        # The loop is closed when the server went away in the middle of a turn: nobody is waiting any more.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(queue.put_nowait, item)

    def run() -> None:
        try:
            events = start()
            try:
                for event in events:
                    if stopped.is_set():
                        break
                    put(event)
            finally:
                if close := getattr(events, "close", None):
                    close()
        except BaseException as error:
            put(error)
        else:
            put(None)

    async def received() -> AsyncIterator[Event]:
        while (item := await queue.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item

    threading.Thread(target=run, name="turn", daemon=True).start()
    try:
        yield received()
    finally:
        stopped.set()


async def answered(
    assistant: Assistant, question: Question, seen: Callable[[Event], None] = lambda _event: None
) -> Answer:
    """The answer, once it is there; ``seen`` gets each event. Cancelled, the model stops at its next piece."""
    async with streamed(lambda: assistant.stream(question)) as events:
        async for event in events:
            seen(event)
            if isinstance(event, Finished):
                return event.answer
    raise AssertionError("a turn always ends with Finished")
