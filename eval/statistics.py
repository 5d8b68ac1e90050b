"""What a share of right answers says about the share one may expect."""

from __future__ import annotations

import math
from collections.abc import Sequence

Z_95 = 1.959963984540054


def wilson(right: int, total: int) -> tuple[float, float]:
    """Wilson score interval at 95 % of a proportion (Wilson 1927): unlike ±1.96 σ it stays in [0, 1] near the ends.

    Raises:
        ValueError: ``total`` is not positive, or ``right`` not within it.
    """
    if total <= 0 or not 0 <= right <= total:
        raise ValueError(f"{right} of {total} is no proportion")
    share, square = right / total, Z_95**2 / total
    centre = (share + square / 2) / (1 + square)
    half = Z_95 / (1 + square) * math.sqrt(share * (1 - share) / total + square / (4 * total))
    # At the ends the bound is exactly 0 or 1; floats come out a hair beside it.
    return (0.0 if right == 0 else centre - half), (1.0 if right == total else centre + half)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of ``values`` lie, between neighbours by line; ``values`` must not be empty."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)
