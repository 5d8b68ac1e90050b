"""Days are Korean days."""

from __future__ import annotations

from datetime import UTC, date, datetime

from assistant.language.ko.time import today


def test_the_day_begins_nine_hours_before_utcs() -> None:
    assert today(datetime(2026, 3, 1, 14, 59, tzinfo=UTC)) == date(2026, 3, 1)
    assert today(datetime(2026, 3, 1, 15, 0, tzinfo=UTC)) == date(2026, 3, 2)
