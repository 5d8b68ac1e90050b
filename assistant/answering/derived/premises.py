"""What a question takes for granted and the documents contradict."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answering.derived.conclusion import Conclusion, Pair, area_of, figures, name_of, say, sentences_of, won
from assistant.answering.evidence.quoting import quote
from assistant.domain import EntityName, Evidence, Result, Understanding
from assistant.kinds.housing.months import what_happens
from assistant.language.claims import claims, told
from prompts.loader import Prompts

# Units in which a question may have got a figure of the complex wrong. Prices and areas are limits or sizes asked for.
_TOLD = {"month": "move_in", "year": "move_in", "home": "households", "ratio": "competition"}
# A price in a question is a budget as often as a claim; it is a claim where the question asks for it to be confirmed.
_CONFIRM = re.compile(r"맞(?:아|죠|지|나|는|습)|(?:이|였|었)(?:지|죠)|\b(?:right|correct|true|isn't it)\b", re.I)
ROUNDED = {"won": 0.03, "ratio": 0.03}  # how far off a figure may be told: "10억" of 9억 9,000만원
_LIMIT = re.compile(
    r"이상|이하|미만|초과|넘|이내|까지|전에|이후|이전|최소|최대|under|over|below|above|least|most|more|less|than|by|before|after|until",
    re.I,
)


def correct(
    prompts: Prompts, understanding: Understanding, results: Sequence[Result], chosen: Sequence[Evidence]
) -> Iterator[Conclusion]:
    """A district that is not the complex's, a size it does not have, a month or count that is another."""
    for entity in understanding.entities:
        yield from _place(prompts, entity, understanding, results)
        yield from _size(prompts, entity, understanding, results)
        yield from _line(prompts, entity, understanding, results)
        known = [*chosen, *_of_all_homes(entity, understanding, results)]
        known += [quote(*pair, understanding.language) for pair in sentences_of(entity.id, results, "receipt")]
        wrong = list(_figure(prompts, entity, understanding, known))
        yield from wrong or _budget(prompts, entity, understanding, results)


def _place(
    prompts: Prompts, entity: EntityName, understanding: Understanding, results: Sequence[Result]
) -> Iterator[Conclusion]:
    """Only a place that the question says the complex is in; where one commutes to is another matter."""
    location = next(sentences_of(entity.id, results, "location"), None)
    if location is None or len(understanding.entities) > 1:
        return
    asked = _places(understanding)
    for full, said in asked:
        if _is_in(entity, said, understanding) and full not in location[1].ko:
            text = say(
                prompts,
                "premises",
                "place",
                language=understanding.language,
                name=name_of(entity, understanding.language),
                asked=said,
            )
            evidence = quote(*location, understanding.language)
            yield Conclusion(f"{text} {evidence.quote}", (evidence,), whole=True)
            return


def _places(understanding: Understanding) -> list[tuple[str, str]]:
    """Places as the data writes them, each with the words that named it."""
    filters = understanding.filters
    full = {"sido": filters.sidos, "sigungu": filters.sigungus, "dong": filters.dongs}
    return [
        (place, reading.words)
        for reading in understanding.readings
        if reading.key in full
        for place in full[reading.key]
        if len(full[reading.key]) == 1
    ]


def _is_in(entity: EntityName, said: str, understanding: Understanding) -> bool:
    """``금천구에 있는 X``, ``금천구 X``; ``X in Geumcheon-gu``, ``Geumcheon-gu's X``."""
    place = rf"{re.escape(said)}(?:특별시|광역시|시|구|군|동|도)?"
    for name in map(re.escape, _said(entity, understanding)):
        forms = (
            rf"{place}(?:에 있는|에 위치한|에 지은|에 짓는|에 들어서는|에|의| 소재|'s)?\s+{name}",
            rf"{name},?\s+(?:is\s+|located\s+)*in\s+{place}",
            rf"{name}\S{{0,2}}\s+{place}에\s*(?:있|위치)",
        )
        if any(re.search(form, understanding.text, re.IGNORECASE) for form in forms):
            return True
    return False


def _said(entity: EntityName, understanding: Understanding) -> list[str]:
    """The ways the question may have named the complex."""
    return [reading.words for reading in understanding.readings if reading.key == "entity"] + [
        entity.name_ko,
        entity.name_en,
    ]


def _size(
    prompts: Prompts, entity: EntityName, understanding: Understanding, results: Sequence[Result]
) -> Iterator[Conclusion]:
    """A size in whole ㎡ that the complex does not have."""
    low, high = understanding.filters.min_area, understanding.filters.max_area
    if low is None or high is None or int(low) != int(high):
        return
    pairs: list[Pair] = [pair for pair in sentences_of(entity.id, results, "units") if area_of(pair[1]) is not None]
    sizes = {area_of(sentence) for _, sentence in pairs}
    types = next(sentences_of(entity.id, results, "types"), None)
    if not sizes or int(low) in sizes or types is None:
        return
    language = understanding.language
    text = say(prompts, "premises", "size", language=language, name=name_of(entity, language), area=str(int(low)))
    evidence = quote(*types, language)
    yield Conclusion(f"{text} {evidence.quote}", (evidence,), whole=True, declines=True)


def _budget(
    prompts: Prompts, entity: EntityName, understanding: Understanding, results: Sequence[Result]
) -> Iterator[Conclusion]:
    """A price limit that none of the types asked for keeps."""
    filters = understanding.filters
    prices = [
        (price, pair)
        for pair in sentences_of(entity.id, results, "price")
        for price in figures(pair[1], "won")
        if (area := _area(pair)) and (filters.min_area or 0) <= area + 1 and area <= (filters.max_area or 1000)
    ]
    low, high = filters.min_price, filters.max_price
    kept = [price for price, _ in prices if (low or 0) * 10_000 <= price <= (high or 10**9) * 10_000]
    if (low is None and high is None) or not prices or kept:
        return
    language = understanding.language
    asked = ", ".join(
        reading.words
        for reading in understanding.readings
        if reading.key == "price" and any(map(str.isdigit, reading.words))
    )
    _, nearest = (min if high is not None else max)(prices, key=lambda found: found[0])
    of_size = [pair for _, pair in prices if filters.min_area is not None and "by_type" not in pair[1].tags]
    held_by = tuple(quote(*pair, language) for pair in dict.fromkeys([*of_size, nearest]))
    text = say(prompts, "premises", "over_budget", language=language, name=name_of(entity, language), asked=asked)
    quotes = " ".join(item.quote for item in held_by)
    yield Conclusion(f"{text} {quotes}", held_by, whole=True, replaces=("price", "price_range"))


def _area(pair: Pair) -> int:
    return next((int(tag.removeprefix("area:")) for tag in pair[1].tags if tag.startswith("area:")), 0)


def _figure(
    prompts: Prompts, entity: EntityName, understanding: Understanding, chosen: Sequence[Evidence]
) -> Iterator[Conclusion]:
    """A month, year, count or rate in the question that is not the complex's, where it is asked about."""
    if _LIMIT.search(_without_names(understanding, entity)) or len(understanding.entities) > 1:
        return
    happens = what_happens(understanding.text.lower())
    for unit, asked in claims(_without_names(understanding, entity)):
        facet = _TOLD.get(unit, "price" if unit == "won" and _CONFIRM.search(understanding.text) else "")
        if facet == "move_in" and happens == "receipt":
            facet = "receipt"
        items = [item for item in chosen if item.document_id == entity.id and item.facet == facet]
        held = {claim for item in items for claim in told(item.values, item.text)}
        held |= {("month", value // 100) for kind, value in held if kind == "date"}
        if unit == "year":
            held = {("year", value // 100) for kind, value in held if kind == "month"} | {
                (kind, value) for kind, value in held if kind == "year"
            }
        of_unit = {value for kind, value in held if kind == unit}
        if of_unit and not any(abs(asked - value) <= ROUNDED.get(unit, 0) * value for value in of_unit):
            yield _wrong(prompts, unit, asked, entity, items[0], understanding.language)


def _line(
    prompts: Prompts, entity: EntityName, understanding: Understanding, results: Sequence[Result]
) -> Iterator[Conclusion]:
    """A line that no station near the complex is on."""
    stations = [
        pair
        for pair in sentences_of(entity.id, results, "station")
        if any(tag.startswith("line:") for tag in pair[1].tags)
    ]
    lines = {tag.removeprefix("line:") for _, sentence in stations for tag in sentence.tags}
    asked = [line for line in understanding.filters.lines if line not in lines]
    if stations and asked and len(asked) == len(understanding.filters.lines):
        language = understanding.language
        nearest = quote(*stations[0], language)
        text = say(
            prompts, "premises", "line", language=language, name=name_of(entity, language), line=", ".join(asked)
        )
        yield Conclusion(f"{text} {nearest.quote}", (nearest,), whole=True, replaces=("station",))


def _of_all_homes(entity: EntityName, understanding: Understanding, results: Sequence[Result]) -> Iterator[Evidence]:
    """The number of homes, which a question may get wrong beside asking something else; not that of a part of them."""
    part = {"units", "special", "competition", "types"} & set(understanding.facets)
    if not part and understanding.filters.min_area is None and not understanding.type_label:
        yield from (quote(*pair, understanding.language) for pair in sentences_of(entity.id, results, "households"))


def _without_names(understanding: Understanding, entity: EntityName) -> str:
    text = understanding.text
    # A time that told namesakes apart is part of the name.
    dated = [reading.words for reading in understanding.readings if reading.key == "announced" and reading.words]
    for said in (*_said(entity, understanding), *dated):
        text = text.replace(said, " ")
    return text


def _wrong(prompts: Prompts, unit: str, asked: float, entity: EntityName, item: Evidence, language: str) -> Conclusion:
    year, month = divmod(int(asked), 100)
    shown = {
        "month": (f"{year}년 {month}월", f"{year}-{month:02d}"),
        "year": (f"{int(asked)}년", f"{int(asked)}"),
        "home": (f"{int(asked):,}세대", f"{int(asked):,} households"),
        "ratio": (f"{asked:g} 대 1", f"{asked:g} to 1"),
        "won": (won(asked, "ko"), won(asked, "en")),
    }[unit][0 if language == "ko" else 1]
    text = say(prompts, "premises", "figure", language=language, asked=shown, name=name_of(entity, language))
    return Conclusion(f"{text} {item.quote}", (item,), whole=True)
