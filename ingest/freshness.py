"""How fresh the store is, and how often it must be verified, from what past verifications found."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from assistant.adapters.postgres.audit import Verification

WARN_AFTER = timedelta(hours=12)
FAIL_AFTER = timedelta(hours=24)
TOLERATED = 1e-4  # share of rows that may be wrong: 0.01 %
# With no wrong row ever seen, the rate is, with 95 % confidence, below 3 per exposure ("rule of three").
UNSEEN = 3.0
LEAST_EXPOSURE = timedelta(days=1)  # of watching, before a rate is estimated at all


@dataclass(frozen=True, slots=True)
class Freshness:
    """Time since the sources and the store were last known to be in step. ``age`` is None where they never were."""

    age: timedelta | None
    verdict: Literal["fresh", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Interval:
    """How often to verify. ``every`` is None where there are too few observations; ``bound``: no wrong row was seen."""

    every: timedelta | None
    watched: timedelta
    wrong: int
    first_error: timedelta | None = None
    bound: bool = False


def freshness(now: datetime, ingested: datetime | None, verifications: Sequence[Verification]) -> Freshness:
    """Measured from the last ingest that read all of its files, or verification that found or left nothing wrong."""
    clean = [one.finished_at for one in verifications if _clean(one)]
    times = [time for time in (ingested, *clean) if time is not None]
    if not times:
        return Freshness(None, "fail")
    age = now - max(times)
    return Freshness(age, "fail" if age > FAIL_AFTER else "warn" if age > WARN_AFTER else "fresh")


def interval(ingested: datetime | None, verifications: Sequence[Verification]) -> Interval:
    """How often to verify so that the share of wrong rows stays under 0.01 %.

    Rows are taken to go wrong independently, at a constant rate λ per row and hour. Only stretches that began with a
    store known to be right count: from the first ingest, or from a verification that found or left nothing wrong, to
    the next verification. Of such a stretch of length T over N rows, of which k are found wrong, all that is known of
    the time of each error is that it lies within (it is censored), and while k is small against N the most likely rate
    is λ = Σ k / Σ N·T. After a time τ the share λ·τ is wrong, so that τ = 0.0001 / λ keeps to the limit. The time to
    the first error in the whole store, 1 / (λ·N), is what one would observe of it.

    Where no row was ever found wrong, λ is below 3 / Σ N·T with 95 % confidence, which bounds τ from below. Watched for
    less than a day in all, nothing is said.
    """
    exposure, watched, wrong = 0.0, timedelta(), 0
    since = ingested
    for one in verifications:
        if since is not None and one.finished_at > since:
            watched += one.finished_at - since
            exposure += one.rows * (one.finished_at - since) / timedelta(hours=1)
            wrong += one.wrong
        since = one.finished_at if _clean(one) else None
    if watched < LEAST_EXPOSURE or not exposure:
        return Interval(None, watched, wrong)
    rate = (wrong or UNSEEN) / exposure
    rows = verifications[-1].rows
    return Interval(_hours(TOLERATED / rate), watched, wrong, _hours(1 / (rate * rows)) if rows else None, not wrong)


def describe(fresh: Freshness, interval: Interval) -> Iterator[str]:
    """Both in words, a line each."""
    mend = "run `budongi ingest` on its sources again, or `budongi ingest verify`"
    if fresh.age is None:
        yield f"freshness: FAIL, no ingest of all of its files is known; {mend}"
    else:
        age = f"in step with its sources {_duration(fresh.age)} ago"
        late = {
            "fresh": "",
            "warn": f"; warning: more than 12 hours, {mend}",
            "fail": f"; FAIL: more than 24 hours, {mend}",
        }
        yield f"freshness: {age}{late[fresh.verdict]}"
    if interval.every is None:
        yield (
            f"verify: not enough observations to say how often ({_duration(interval.watched)} watched, at least a day "
            "between verifications is needed)"
        )
    elif interval.bound:
        yield (
            f"verify: no row found wrong in {_duration(interval.watched)}; every {_duration(interval.every)} keeps the "
            "share of wrong rows under 0.01 % with 95 % confidence"
        )
    else:
        yield (
            f"verify: {interval.wrong:,} rows found wrong in {_duration(interval.watched)}, the first after about "
            f"{_duration(interval.first_error or interval.watched)}; every {_duration(interval.every)} keeps the share "
            "of wrong rows under 0.01 %"
        )


def _clean(one: Verification) -> bool:
    return not one.wrong or one.repaired


def _hours(number: float) -> timedelta:
    return timedelta(hours=min(number, 24 * 365.0 * 100)) if math.isfinite(number) else timedelta.max


def _duration(time: timedelta) -> str:
    hours = time / timedelta(hours=1)
    if hours < 1:
        return f"{60 * hours:.0f} min"
    return f"{hours:.1f} h" if hours < 48 else f"{hours / 24:,.0f} days"
