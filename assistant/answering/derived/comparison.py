"""Two or three named complexes compared by a figure that each of them has."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.answering.derived.conclusion import Conclusion, Pair, area_of, figures, name_of, say, sentences_of, won
from assistant.answering.evidence.quoting import quote
from assistant.domain import EntityName, Evidence, Result, Understanding
from assistant.kinds.housing.attributes import attributes, place_kinds
from assistant.kinds.housing.levels import read_level
from assistant.language.en.writing import month as english_month
from assistant.language.ko.writing import number
from assistant.retrieval.retriever import wanted_facets
from prompts.loader import Prompts

MAX_COMPARED = 3
COMMON_SIZES = (84, 59)  # compared first where no size is asked for: most complexes have them
MAX_SIZES = 2


@dataclass(frozen=True, slots=True)
class _Figure:
    entity: EntityName
    value: float
    pair: Pair

    def evidence(self, language: str) -> Evidence:
        return quote(*self.pair, language)


def compare(prompts: Prompts, understanding: Understanding, results: Sequence[Result]) -> Iterator[Conclusion]:
    """One sentence per thing asked that every one of the complexes has a figure for."""
    entities = understanding.entities
    names = {entity.name_ko for entity in entities}
    # Several notices of one complex are told apart by their dates, not compared by name.
    if not 2 <= len(entities) <= MAX_COMPARED or len(names) < len(entities) or understanding.type_label:
        return
    # Namesakes that one name found were not asked to be compared.
    named = sum(reading.key == "entity" for reading in understanding.readings)
    if named < 2 and understanding.stage != "shortlist":
        return
    for facet in wanted_facets(understanding):
        if facet in prompts.conclusions["measures"] or facet in place_kinds():
            yield from _by(prompts, facet, understanding, results)


def _by(prompts: Prompts, facet: str, understanding: Understanding, results: Sequence[Result]) -> Iterator[Conclusion]:
    if facet in attributes() and attributes()[facet].by_size and attributes()[facet].form == "range":
        for size in _sizes(facet, understanding, results):
            pairs = {
                entity: [pair for pair in sentences_of(entity.id, results, facet) if _is_of(pair, size)]
                for entity in understanding.entities
            }
            yield from _compared(prompts, facet, pairs, understanding, size)
        if facet == "price" and not _sizes(facet, understanding, results):
            yield from _incomparable(prompts, understanding, results)
        return
    pairs = {entity: list(_places(prompts, facet, entity, understanding, results)) for entity in understanding.entities}
    yield from _compared(prompts, facet, pairs, understanding, None)


def _is_of(pair: Pair, size: int | None) -> bool:
    return area_of(pair[1]) == size if size else "overall" in pair[1].tags


def _sizes(facet: str, understanding: Understanding, results: Sequence[Result]) -> Sequence[int | None]:
    """The whole ㎡ to compare at: the one asked for, else those that all have; None = over all types."""
    low, high = understanding.filters.min_area, understanding.filters.max_area
    if low is not None and high is not None:
        return [int(low)] if int(low) == int(high) else []
    if facet != "price":
        return [None]
    per_entity = [
        {area_of(sentence) for _, sentence in sentences_of(entity.id, results, facet)} - {None}
        for entity in understanding.entities
    ]
    common = {size for size in set.intersection(*per_entity) if size is not None}
    usual = [size for size in COMMON_SIZES if size in common]
    return [*usual, *sorted(common - set(usual))][:MAX_SIZES]


def _places(
    prompts: Prompts, facet: str, entity: EntityName, understanding: Understanding, results: Sequence[Result]
) -> Iterator[Pair]:
    """Statements with a figure of the facet, of the line or the school level asked for."""
    lines = {f"line:{line}" for line in understanding.filters.lines}
    for pair in sentences_of(entity.id, results, facet):
        tags = set(pair[1].tags)
        if "none" in tags or (facet == "station" and lines and not lines & tags):
            continue
        if (level := _level(prompts, facet, understanding)) and f"{facet}:{level}" not in tags:
            continue
        yield pair


def _level(prompts: Prompts, facet: str, understanding: Understanding) -> str:
    kind = place_kinds().get(facet)
    return read_level(prompts, understanding.text, understanding.language, facet) or kind.usual if kind else ""


def _compared(
    prompts: Prompts, facet: str, pairs: dict[EntityName, list[Pair]], understanding: Understanding, size: int | None
) -> Iterator[Conclusion]:
    measure = prompts.conclusions["measures"].get(facet) or prompts.conclusions["measures"]["nearby"]
    found = [
        _Figure(entity, min(values)[0], min(values, key=lambda value: value[0])[1])
        for entity, of_entity in pairs.items()
        if (values := _values(of_entity, measure["unit"]))
    ]
    if len(found) < len(pairs):
        return
    language = understanding.language
    asked = any(word in understanding.text.lower() for word in measure["words"][language])
    direction = {"low": "high", "high": "low"}[measure["usual"]] if asked else measure["usual"]
    found.sort(key=lambda figure: figure.value, reverse=direction == "high")
    yield Conclusion(
        _worded(prompts, facet, measure, direction, found, size, understanding),
        tuple(figure.evidence(language) for figure in found),
        covers=tuple(prompts.words["compare"][language]),
        whole=measure["whole"],
        replaces=(facet,),
    )


def _values(pairs: Sequence[Pair], unit: str) -> list[tuple[float, Pair]]:
    """Of each statement its smallest figure; a price that is two is no figure to compare."""
    values = [(figures(pair[1], unit), pair) for pair in pairs]
    return [(found[0], pair) for found, pair in values if found and (unit != "won" or len(found) == 1)]


def _worded(
    prompts: Prompts,
    facet: str,
    measure: dict[str, Any],
    direction: str,
    found: Sequence[_Figure],
    size: int | None,
    understanding: Understanding,
) -> str:
    language = understanding.language
    subject = str(measure["subject"][language]).format(size=_size(prompts, facet, size, understanding))
    told = [f"{name_of(figure.entity, language)}({shown(figure.value, measure['unit'], language)})" for figure in found]
    told = [item if language == "ko" else item.replace("(", " (", 1) for item in told]
    if len({figure.value for figure in found}) == 1 and len(found) == 2:
        return say(prompts, "compared", "same", language=language, subject=subject, first=told[0], second=told[1])
    if len(found) > 2:
        order = measure[direction][f"order_{language}"]
        return say(prompts, "compared", "three", language=language, subject=subject, order=order, all=", ".join(told))
    gap = difference(found[0].value, found[1].value, measure["unit"], language)
    comparative = str(measure[direction][language]).format(difference=gap).strip()
    return say(
        prompts,
        "compared",
        "two",
        language=language,
        subject=subject,
        first=told[0],
        second=told[1],
        comparative=comparative,
    )


def _size(prompts: Prompts, facet: str, size: int | None, understanding: Understanding) -> str:
    wordings = prompts.conclusions
    if level := _level(prompts, facet, understanding):
        if names := place_kinds()[facet].categories.get(level):
            return names[understanding.language][0]
        return level if understanding.language == "ko" else str(wordings[place_kinds()[facet].levels][level])
    if facet in place_kinds():
        return place_kinds()[facet].nouns[understanding.language]
    if facet == "price":
        return str(size)
    kind = "one" if size else "all"
    return str(wordings["sizes"][kind][understanding.language]).format(area=size)


def shown(value: float, unit: str, language: str) -> str:
    """A figure with its unit, as the reader writes it; ``unit`` as :func:`figures` takes it."""
    korean = language == "ko"
    if unit == "won":
        return won(value, language).split(" (")[0]  # the amount in Korean words would be a bracket within a bracket
    if unit == "month":
        year, month = divmod(int(value), 100)
        return f"{year}년 {month}월" if korean else english_month(year, month)
    forms = {
        "m": ("{}m", "{} m"),
        "home": ("{}세대", "{} households"),
        "ratio": ("{} 대 1", "{} applications per unit"),
        "point": ("{}점", "{} points"),
    }
    return forms[unit][0 if korean else 1].format(number(value))


def difference(one: float, other: float, unit: str, language: str) -> str:
    """How far apart two figures are; empty for rates, of which nobody says the difference."""
    if unit == "month":
        months = abs((int(one) // 100 - int(other) // 100) * 12 + int(one) % 100 - int(other) % 100)
        return f"{months}개월" if language == "ko" else f"{months} month{'s' if months != 1 else ''}"
    if unit == "ratio":
        return ""
    return shown(abs(one - other), unit, language)


def _incomparable(prompts: Prompts, understanding: Understanding, results: Sequence[Result]) -> Iterator[Conclusion]:
    """Prices with no size in common: the ranges of very different homes say nothing about which is cheaper."""
    language = understanding.language
    ranges = [next(sentences_of(entity.id, results, "price_range"), None) for entity in understanding.entities]
    if understanding.filters.min_area is None and all(ranges):
        names = ", ".join(name_of(entity, language) for entity in understanding.entities)
        yield Conclusion(
            say(prompts, "compared", "incomparable", language=language, names=names),
            tuple(quote(*pair, language) for pair in ranges if pair),
            covers=tuple(prompts.words["compare"][language]),
        )
