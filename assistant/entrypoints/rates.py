"""How often something may be done within a while, by each person or program for themselves."""

from __future__ import annotations

import math
import time

from limits import RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter


class Rate:
    """``most`` times within any ``seconds``, counted by key in memory. Safe to use from several threads."""

    def __init__(self, most: int, seconds: int = 60) -> None:
        self.most = most
        self._item = RateLimitItemPerSecond(most, seconds)
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def wait(self, key: str) -> int:
        """0 where it may be done, which counts; else the seconds until it may, which trying makes no longer."""
        if self._limiter.hit(self._item, key):
            return 0
        return max(1, math.ceil(self._limiter.get_window_stats(self._item, key).reset_time - time.time()))

    def forget(self, key: str) -> None:
        """Count anew from now on."""
        self._limiter.clear(self._item, key)
