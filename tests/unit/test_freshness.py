"""When a store is stale, and how often it must be verified."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from assistant.adapters.postgres.audit import Verification
from ingest.freshness import freshness, interval

START = datetime(2026, 3, 1, tzinfo=UTC)


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def verification(hours: float, wrong: int = 0, *, rows: int = 10_000, repaired: bool = False) -> Verification:
    return Verification(at(hours), at(hours), rows, wrong, repaired)


@pytest.mark.parametrize(("hours", "verdict"), [(11.9, "fresh"), (12.1, "warn"), (23.9, "warn"), (24.1, "fail")])
def test_it_warns_after_12_hours_and_fails_after_24(hours: float, verdict: str) -> None:
    assert freshness(at(hours), START, []).verdict == verdict


def test_only_a_verification_that_leaves_nothing_wrong_counts() -> None:
    assert freshness(at(30), START, [verification(29, 1)]).verdict == "fail"
    assert freshness(at(30), START, [verification(29)]).verdict == "fresh"
    assert freshness(at(30), START, [verification(29, 1, repaired=True)]).verdict == "fresh"
    assert freshness(at(30), None, []).verdict == "fail"


def test_the_interval_keeps_the_share_of_wrong_rows_under_the_limit() -> None:
    # 1 of 10,000 rows in 100 hours: a share of 0.0001 after 100 hours.
    found = interval(START, [verification(100, 1, repaired=True)])
    assert found.every == timedelta(hours=100)
    assert found.first_error == timedelta(hours=100)
    # Four times as many errors, a quarter of the time.
    found = interval(START, [verification(100, 4, repaired=True)])
    assert found.every == timedelta(hours=25)


def test_a_stretch_that_began_wrong_says_nothing() -> None:
    found = interval(START, [verification(100, 1), verification(200, 5, repaired=True), verification(300, 1)])
    assert (found.watched, found.wrong) == (timedelta(hours=200), 2)


def test_little_watching_gives_no_figure_and_none_wrong_a_bound() -> None:
    assert interval(START, [verification(23, 2)]).every is None
    assert interval(None, [verification(100)]).every is None
    found = interval(START, [verification(300)])
    assert found.bound
    assert found.every == timedelta(hours=100)
