"""One condition widened at a time, for when no complex meets them all; and always said."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from assistant.domain import Criterion, Filters, Understanding
from assistant.domain.attributes import Attribute, Widening
from assistant.kinds.housing.attributes import attributes

FARTHEST = 1500  # metres: how far a wish for nearness is widened


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
    for key, attribute in attributes().items():
        for low, high in attribute.spans if attribute.widen != Widening() else ():
            ends = filters.get(low), filters.get(high)
            if any(ends):
                bounds = tuple(end and _moved(end, side, attribute) for end, side in zip(ends, (-1, 1), strict=True))
                wider: dict[str, Any] = dict(zip((low, high), bounds, strict=True))
                yield filters.but(**wider), criteria, Relaxation(key, said(key), bounds)


def _moved(end: float | date, side: int, attribute: Attribute) -> float | date:
    """An end of a range moved outwards: ``side`` is -1 for the lower."""
    widen = attribute.widen
    if isinstance(end, date):
        return _shifted(end, side * widen.months)
    moved = end * (1 + side * widen.share) + side * widen.points
    return round(moved) if attribute.type == "integer" else moved


def _shifted(day: date, months: int) -> date:
    """The same end of another month: first day stays first, last stays last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, 1 if day.day == 1 else length)
