"""One condition widened at a time, for when no complex meets them all; and always said."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.domain import Criterion, Filters, Understanding

FARTHEST = 1500  # metres: how far a wish for nearness is widened
SHARE = 0.1  # of a price, an area or a household count
MONTHS = 6
SCORE = 3  # points of 가점


@dataclass(frozen=True, slots=True)
class Relaxation:
    """``key``: which condition; ``words``: as the question had it; ``bounds``: what was looked for instead.

    ``bounds`` are (lower, upper) in the units of :class:`Filters`, metres for a distance; for districts the names of
    those looked in besides.
    """

    key: str
    words: str
    bounds: tuple[int | float | date | str | None, ...]


Wider = tuple[Filters, tuple[Criterion, ...], Relaxation]


def relaxations(understanding: Understanding) -> Iterator[Wider]:
    """The conditions with one of them widened, the least painful first. Never a place by name, nor what is open."""
    filters, criteria = understanding.filters, understanding.criteria

    def said(*keys: str) -> str:
        return ", ".join(dict.fromkeys(one.words for one in understanding.readings if one.key in keys and one.words))

    near = [wish for wish in criteria if wish.within and wish.within < FARTHEST]
    if near:
        farther = tuple(replace(wish, within=FARTHEST) if wish in near else wish for wish in criteria)
        words = ", ".join(dict.fromkeys(f"{wish.within} m" for wish in near))
        yield filters, farther, Relaxation("distance", words, (None, FARTHEST))
    if filters.neighbours:
        yield filters, criteria, Relaxation("sigungu", said("sigungu"), filters.neighbours)
    if filters.min_price or filters.max_price:
        least, most = _whole(*_stretched(filters.min_price, filters.max_price))
        wider = replace(filters, min_price=least, max_price=most)
        yield wider, criteria, Relaxation("price", said("price"), (least, most))
    if filters.min_area or filters.max_area:
        low, high = _stretched(filters.min_area, filters.max_area)
        yield replace(filters, min_area=low, max_area=high), criteria, Relaxation("area", said("area"), (low, high))
    if filters.min_supply_area or filters.max_supply_area:
        low, high = _stretched(filters.min_supply_area, filters.max_supply_area)
        wider = replace(filters, min_supply_area=low, max_supply_area=high)
        yield wider, criteria, Relaxation("area", said("area"), (low, high))
    if filters.min_households or filters.max_households:
        least, most = _whole(*_stretched(filters.min_households, filters.max_households))
        wider = replace(filters, min_households=least, max_households=most)
        yield wider, criteria, Relaxation("households", said("households"), (least, most))
    if filters.move_in_from or filters.move_in_to:
        first = filters.move_in_from and _shifted(filters.move_in_from, -MONTHS)
        last = filters.move_in_to and _shifted(filters.move_in_to, MONTHS)
        wider = replace(filters, move_in_from=first, move_in_to=last)
        yield wider, criteria, Relaxation("move_in", said("move_in"), (first, last))
    if filters.min_score or filters.max_score:
        low = filters.min_score and filters.min_score - SCORE
        high = filters.max_score and filters.max_score + SCORE
        wider = replace(filters, min_score=low, max_score=high)
        yield wider, criteria, Relaxation("score", said("score"), (low, high))


def _stretched(low: float | None, high: float | None) -> tuple[float | None, float | None]:
    return low and low * (1 - SHARE), high and high * (1 + SHARE)


def _whole(low: float | None, high: float | None) -> tuple[int | None, int | None]:
    return None if low is None else round(low), None if high is None else round(high)


def _shifted(day: date, months: int) -> date:
    """The same end of another month: first day stays first, last stays last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, 1 if day.day == 1 else length)
