"""Conditions that no home can meet, because they exclude each other."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain import Filters, Reading

_BOUNDS = {
    "price": ("min_price", "max_price"),
    "area": ("min_area", "max_area"),
    "households": ("min_households", "max_households"),
    "move_in": ("move_in_from", "move_in_to"),
    "announced": ("announced_from", "announced_to"),
    "competition": ("min_competition", "max_competition"),
    "score": ("min_score", "max_score"),
}


def contradictions(filters: Filters, readings: Sequence[Reading]) -> tuple[str, ...]:
    """The words of every condition whose lower bound is above its upper one, in the order of the question."""
    found: list[str] = []
    supply = (filters.min_supply_area or 0) > (filters.max_supply_area or float("inf"))
    for key, (low, high) in _BOUNDS.items():
        least, most = getattr(filters, low), getattr(filters, high)
        if (least is not None and most is not None and least > most) or (key == "area" and supply):
            found += [reading.words for reading in readings if reading.key == key]
    return tuple(dict.fromkeys(found))
