"""Districts by the side of those a question names, and groups of districts that go by one name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping

from assistant.domain import Filters, Reading
from assistant.language.numbers import Readings
from assistant.language.text import ReadableText, Span, longest_first
from prompts.loader import Prompts, kept

_GAP = re.compile(r"\s*(?:의|에서|이나|나|에)?\s*")  # what may stand between a district and its "주변"


@kept
def neighbours(prompts: Prompts) -> Mapping[str, tuple[str, ...]]:
    """Districts by the district that they share a border with."""
    both: dict[str, set[str]] = defaultdict(set)
    for district, others in prompts.neighbours["borders"].items():
        for other in others:
            both[district].add(other)
            both[other].add(district)
    return {district: tuple(sorted(others)) for district, others in both.items()}


def read_regions(text: ReadableText, filters: Filters, readings: Readings, language: str) -> Filters:
    """``강남 3구``, ``노도강``: all districts that the name stands for."""
    for region in text.prompts.neighbours["regions"]:
        for form in longest_first(region[language]):
            if span := text.find(form):
                readings.append(text.read("sigungu", span))
                filters = filters.but(sigungus=(*filters.sigungus, *region["sigungus"]))
    return filters


def read_surroundings(text: ReadableText, filters: Filters, readings: Readings, language: str) -> Filters:
    """``금천구 주변``, ``옆 동네``, ``around Geumcheon-gu``: the districts next to the one named."""
    named = [reading for reading in readings if reading.key == "sigungu" and reading.start >= 0]
    if not named or not filters.sigungus:
        return filters
    for key in ("beside", "around"):
        for word in longest_first(text.prompts.neighbours[key][language]):
            span = text.find(word, taken=True)
            if (
                span
                and not _taken_by_another(text, span, key)
                and any(_adjoins(text, span, one, language) for one in named)
            ):
                readings.append(text.read(key, span))
                beside = {other for name in filters.sigungus for other in neighbours(text.prompts).get(name, ())}
                return filters.but(neighbours=tuple(sorted(beside - set(filters.sigungus))))
    return filters


def _taken_by_another(text: ReadableText, span: Span, key: str) -> bool:
    return key == "beside" and text.is_taken(*span)


def _adjoins(text: ReadableText, span: Span, district: Reading, language: str) -> bool:
    """Korean says 금천구 주변, English "around Geumcheon-gu"."""
    if language == "ko" and text.text[: span[0]].rstrip().endswith(district.words):
        return True  # named before, and here again
    start, end = (district.end, span[0]) if language == "ko" else (span[1], district.start)
    return start <= end and _GAP.fullmatch(text.text[start:end]) is not None
