"""Korean time. Application periods and days of validity are Korean days, whatever zone the machine is in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

# A fixed offset: Korea has had no summer time since 1988, and slim containers come without a zone database.
KST = timezone(timedelta(hours=9), "KST")


def today(now: datetime | None = None) -> date:
    """The day it is in Korea; ``now`` is an aware datetime, by default the present."""
    return (now or datetime.now(UTC)).astimezone(KST).date()
