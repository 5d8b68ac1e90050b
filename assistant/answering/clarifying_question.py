"""The question that an answer may end with: the one whose reply would narrow a long list most usefully.

Computed from the complexes found, never by a model. What was answered already, or asked once, is not asked again, and
every reply that is offered fits some of the complexes and leaves others out.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Final

from assistant.answering.remarks import price_limit
from assistant.domain import Filters, Language, Message, NextQuestion, Sentence, Understanding
from assistant.kinds.housing.attributes import place_kinds
from assistant.language.claims import told
from assistant.retrieval.retriever import Retrieval
from prompts.loader import Prompts

MANY: Final = 8  # complexes; fewer are soon read
MAX_REPLIES: Final = 3
MAX_KEPT: Final = 0.7  # the share of complexes that replies may keep, on average: more, and the question helps little
NEAR: Final = 800  # metres in a straight line, as prompts/criteria.yaml reads "near"
HUNDRED_MILLION: Final = 10**8
_DISTRICT = re.compile(r"(?:특별시|광역시|도) (\S+[시군구])(?= )")

Reply = tuple[str, set[str]]  # what the reader may send, and the complexes that it keeps


@dataclass
class Profile:
    """What tells a complex from others. ``prices``: lowest in won by size in whole ㎡; ``near``: kinds of place."""

    district: str = ""
    prices: dict[int, float] = field(default_factory=dict)
    sizes: set[int] = field(default_factory=set)
    move_in: int = 0
    near: set[str] = field(default_factory=set)

    def learn(self, sentence: Sentence) -> None:
        """Take in what one statement on the complex says."""
        figures = told(sentence.values, sentence.ko)
        areas = {int(tag.removeprefix("area:")) for tag in sentence.tags if tag.startswith("area:")}
        match sentence.facet:
            case "location":
                if place := _DISTRICT.search(sentence.ko):
                    self.district = place[1]
            case "units":
                self.sizes |= areas
            case "price":
                lowest = min((value for unit, value in figures if unit == "won"), default=math.inf)
                self.prices |= {area: min(lowest, self.prices.get(area, math.inf)) for area in areas}
            case "move_in":
                self.move_in = max((int(value) // 100 for unit, value in figures if unit == "month"), default=0)
            case kind if kind in place_kinds() and place_kinds()[kind].tag in ("", *sentence.tags):
                if any(unit == "m" and value <= NEAR for unit, value in figures):
                    self.near.add(kind)


def next_question(
    prompts: Prompts,
    understanding: Understanding,
    found: Retrieval,
    shown: int,
    history: Sequence[Message],
    today: date,
    district_name: Callable[[str, Language], str],
) -> NextQuestion | None:
    """The question in the reader's language, or None where none helps. ``shown``: how many complexes were named."""
    if not _is_open(understanding, found, shown):
        return None
    profiles = {candidate.document_id: Profile() for candidate in found.candidates}
    for result in found.results:
        for sentence in result.sentences if result.document_id in profiles else ():
            profiles[result.document_id].learn(sentence)
    language, filters = understanding.language, understanding.filters
    asked = " ".join(message.content for message in history if message.role == "assistant")
    # In the order in which people choose a home; a wish for a place nearby would take the place of another wish.
    for key, settled, offers in (
        ("district", _has_place(filters), _districts(profiles, language, district_name)),
        (
            "price",
            filters.min_price or filters.max_price or filters.tenure == "rental",
            _prices(prompts, profiles, understanding),
        ),
        ("near", understanding.criteria, _nearby(profiles, language)),
        ("size", _has_size(filters), _sizes(prompts, profiles, language)),
        ("move_in", filters.move_in_from or filters.move_in_to, _years(prompts, profiles, language, today)),
    ):
        question = prompts.say(f"next_{key}", language)
        replies = [] if settled or question in asked else list(islice(offers, MAX_REPLIES))
        if len(replies) > 1 and sum(len(kept) for _, kept in replies) <= MAX_KEPT * len(profiles) * len(replies):
            return NextQuestion(question, tuple(text for text, _ in replies))
    return None


def _is_open(understanding: Understanding, found: Retrieval, shown: int) -> bool:
    """Whether complexes are looked for, by no order that settles which comes first, and many were found."""
    looking = understanding.stage == "explore" and understanding.intent == "find" and understanding.listing is None
    return looking and not understanding.sort and found.relaxed is None and 0 < shown < found.total >= MANY


def _has_place(filters: Filters) -> bool:
    return any((filters.sigungus, filters.dongs, filters.stations, filters.places))


def _has_size(filters: Filters) -> bool:
    return any((filters.min_area, filters.max_area, filters.min_supply_area, filters.max_supply_area))


def _most_common(profiles: Mapping[str, Profile], traits: Callable[[Profile], Iterable[int | str]]) -> list[Reply]:
    """Complexes by trait, the trait of most complexes first."""
    having: dict[int | str, set[str]] = defaultdict(set)
    for id_, profile in profiles.items():
        for trait in traits(profile):
            having[trait].add(id_)
    return sorted(((str(trait), ids) for trait, ids in having.items()), key=lambda pair: (-len(pair[1]), pair[0]))


def _districts(
    profiles: Mapping[str, Profile], language: Language, name: Callable[[str, Language], str]
) -> Iterator[Reply]:
    for district, kept in _most_common(profiles, lambda one: [one.district] if one.district else []):
        yield name(district, language), kept


def _prices(prompts: Prompts, profiles: Mapping[str, Profile], understanding: Understanding) -> Iterator[Reply]:
    """Up to what a third of the complexes cost, up to what two thirds do, and more; in whole 억, at the size asked."""
    filters, language = understanding.filters, understanding.language
    smallest, largest = int(filters.min_area or 0), filters.max_area or math.inf
    cheapest = {
        id_: min(prices)
        for id_, one in profiles.items()
        if (prices := [price for area, price in one.prices.items() if smallest <= area <= largest])
    }
    if 2 * len(cheapest) < len(profiles):
        return
    ordered = sorted(cheapest.values())
    limits = sorted({math.ceil(ordered[(len(ordered) - 1) * part // 3] / HUNDRED_MILLION) for part in (1, 2)})
    for limit in limits:
        kept = {id_ for id_, price in cheapest.items() if price <= limit * HUNDRED_MILLION}
        yield prompts.say("reply_up_to", language, price=price_limit(limit * 10_000, language)), kept
    if dearer := {id_ for id_, price in cheapest.items() if price > limits[-1] * HUNDRED_MILLION}:
        yield prompts.say("reply_from", language, price=price_limit(limits[-1] * 10_000, language)), dearer


def _nearby(profiles: Mapping[str, Profile], language: Language) -> Iterator[Reply]:
    for kind, kept in _most_common(profiles, lambda one: one.near):
        if len(kept) < len(profiles):
            yield place_kinds()[kind].reply[language], kept


def _sizes(prompts: Prompts, profiles: Mapping[str, Profile], language: Language) -> Iterator[Reply]:
    common = _most_common(profiles, lambda one: one.sizes)[:MAX_REPLIES]
    for size, kept in sorted(common, key=lambda pair: int(pair[0])):
        yield prompts.say("reply_size", language, size=size), kept


def _years(prompts: Prompts, profiles: Mapping[str, Profile], language: Language, today: date) -> Iterator[Reply]:
    coming = _most_common(profiles, lambda one: [one.move_in] if one.move_in >= today.year else [])
    for year, kept in sorted(coming):
        yield prompts.say("reply_move_in", language, year=year), kept
