"""Conditions that no home can meet, because they exclude each other."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain import Filters, Reading
from assistant.kinds.housing.attributes import attributes


def contradictions(filters: Filters, readings: Sequence[Reading]) -> tuple[str, ...]:
    """The words of every condition whose lower bound is above its upper one, in the order of the question."""
    found: list[str] = []
    for key, attribute in attributes().items():
        both = [span for span in attribute.spans if filters.keys() >= set(span)]
        if not attribute.overlaps and any(filters[low] > filters[high] for low, high in both):
            found += [reading.words for reading in readings if reading.key == key]
    return tuple(dict.fromkeys(found))
