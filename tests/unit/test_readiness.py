"""Whether the store can be used is asked once at a time, and answered in time whatever it does."""

from __future__ import annotations

import asyncio
import threading
from types import SimpleNamespace
from typing import Any

import pytest

from assistant.adapters.postgres import readiness as readiness_module
from assistant.adapters.postgres.readiness import SLOW, UNREACHABLE, Readiness


def _over(conninfo: Any) -> Readiness:
    pool: Any = SimpleNamespace(conninfo=conninfo)
    return Readiness(pool)


def test_store_that_is_gone_is_told_without_its_address() -> None:
    gone = _over("host=127.0.0.1 port=1 user=somebody password=secret dbname=x")
    assert asyncio.run(gone.problem()) == UNREACHABLE


def test_many_who_ask_wait_for_one_look_and_no_longer_than_a_probe_may(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness_module, "WAIT", 0.1)
    looks, answered = [], threading.Event()

    def conninfo() -> str:
        looks.append(1)
        answered.wait(60)
        return "host=127.0.0.1 port=1"

    async def probe() -> None:
        readiness = _over(conninfo)
        for _ in range(2):
            assert set(await asyncio.gather(*(readiness.problem() for _ in range(20)))) == {SLOW}
        assert len(looks) == 1
        answered.set()
        while await readiness.problem() == SLOW:
            pass

    asyncio.run(probe())
