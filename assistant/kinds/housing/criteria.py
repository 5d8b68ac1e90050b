"""Qualitative wishes ("걷기 좋은", "가성비"), made measurable as ``prompts/criteria.yaml`` says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.domain import Criterion, Filters
from assistant.kinds.housing.attributes import attributes
from assistant.kinds.housing.levels import read_level
from assistant.language.text import ReadableText, has_any, longest_first
from prompts.loader import Prompts, Wish


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a question wishes for: conditions to measure, the filters with what words stand for, and the order."""

    criteria: list[Criterion]
    filters: Filters
    sort: str


def read_criteria(
    text: ReadableText,
    facets: Sequence[tuple[str, str]],
    distance: int | None,
    language: str,
    filters: Filters,
    sort: str,
) -> Wishes:
    """Wishes, within ``distance`` metres where the question names it. Words that were read as facets count too."""
    found = list(_found(text, language))
    if sort.startswith("households"):  # the biggest of all is an order, and no least size
        found = [
            (wish, words) for wish, words in found if not dict(wish.sets).keys() & {*attributes()["households"].fields}
        ]
    # A facet's own words ("무슨 역이 가까워") are the plainest wish of its kind: the last in the file.
    read = {facet for facet, _ in facets}
    plain = {wish.key: wish for wish in text.prompts.criteria if wish.key in read and wish.within}
    found += [(wish, "") for key, wish in plain.items() if all(other.key != key for other, _ in found)]
    if not _asks_for_complexes(text, filters, language):
        found = [(wish, words) for wish, words in found if not wish.finds]
    criteria = [
        Criterion(
            wish.key,
            wish.within and (distance or wish.within),
            words,
            wish.category or read_level(text.prompts, text, language, wish.key),
            wish.name,
        )
        for wish, words in _narrowest(text.prompts, found)
    ]
    for wish, _ in found:
        filters = wished(filters, wish)
        sort = sort or wish.sort
    return Wishes(criteria, filters, sort)


def _found(text: ReadableText, language: str) -> Iterable[tuple[Wish, str]]:
    """Wishes with their words, the longest phrase first: 강아지 산책 is one wish, not two."""
    phrases = {
        phrase: wish
        for wish in reversed(text.prompts.criteria)
        for phrase in (wish.ko if language == "ko" else wish.en)
    }
    own = ReadableText(text.text, text.prompts)  # what facets took is looked at again; a wish's own words only once
    for phrase in longest_first(phrases):
        if span := own.find(phrase):
            words = own.take(span)
            text.take(span)  # of "large park" a facet may have taken the park
            yield phrases[phrase], words


def _narrowest(prompts: Prompts, found: Sequence[tuple[Wish, str]]) -> list[tuple[Wish, str]]:
    """One wish per thing that is measured; kinds of special supply, and lists, stand side by side."""
    kept: dict[tuple[str, str], tuple[Wish, str]] = {}
    for wish, words in found:
        key = (wish.key, wish.name if wish.key in ("special", "list") else "")
        if key not in kept or _narrowness(prompts, wish) > _narrowness(prompts, kept[key][0]):
            kept[key] = (wish, words)
    return list(kept.values())


def _narrowness(prompts: Prompts, wish: Wish) -> tuple[bool, int, int]:
    return bool(wish.category), -wish.within, -prompts.criteria.index(wish)


def _asks_for_complexes(text: ReadableText, filters: Filters, language: str) -> bool:
    """Whether complexes are looked for, rather than a rule asked about (신혼부부 소득 기준)."""
    located = any((filters.sigungus, filters.dongs, filters.sidos, filters.stations, filters.lines))
    words = text.prompts.words
    if has_any(text, words["howto"], language) or has_any(text, words["define"], language):
        return located
    return located or has_any(text, words["complexes"], language)


def wished(filters: Filters, wish: Wish) -> Filters:
    """The filters that a word stands for, unless the question sets that measure itself (500세대 이상 대단지)."""
    given: dict[str, Any] = {}
    for attribute in attributes().values():
        if not filters.only(attribute.fields):
            typed = {"integer": int, "number": float}.get(attribute.type, str)
            given |= {name: typed(value) for name, value in wish.sets if name in attribute.fields}
    return filters.but(**given)
