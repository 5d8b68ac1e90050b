"""Where a figure was measured: time means nothing without it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime

from eval.statistics.intervals import percentile


def machine_line() -> str:
    """Date, cores, and how busy the machine is with other work."""
    load = os.getloadavg()[0]
    return f"{datetime.now():%Y-%m-%d %H:%M}, {os.cpu_count()} cores, load {load:.1f} in the last minute at the start"


def spread(values: Sequence[float], unit: str) -> str:
    """Median and 95th percentile, with how many values there are."""
    if not values:
        return "not measured"
    digits = 2 if unit == "s" else 1
    median, high = percentile(values, 0.5), percentile(values, 0.95)
    return f"median {median:>8.{digits}f} {unit}   p95 {high:>8.{digits}f} {unit}   n = {len(values)}"
