"""Candidates as cards: what a person compares homes by, in the reader's language, ready to be shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import cycle

from assistant.domain import Answer, Citation, Complex, Nearby
from assistant.entrypoints.chat.texts import Texts
from assistant.kinds.housing.attributes import attributes, place_kinds
from assistant.language.en import writing as english
from assistant.language.ko import writing as korean

CANDIDATES = "Candidates"  # public/elements/Candidates.jsx
MOST_COMPARED = 3
MARKS = "■●▲◆"  # of places on the plot, a kind each
LEAST_REACH = 1000  # metres: the plot shows at least so much


def shows_cards(answer: Answer) -> bool:
    """Whether an answer names several homes to choose from; what was asked of one home is told in a sentence."""
    understanding = answer.understanding
    return understanding.domain == "housing" and not understanding.why_not and len(answer.entities) > 1


def card_props(answer: Answer, complexes: Sequence[Complex], today: date, texts: Texts) -> dict[str, object]:
    """What the element is given: a card per complex, labels, and how far the distance plot reaches."""
    nearest = {kind: attributes()[kind].label[texts.language] for kind in place_kinds()}
    return {
        "cards": [_card(one, answer.citations, today, texts) for one in complexes],
        "kinds": [
            {"key": kind, "label": texts.say("cards.nearest", kind=label), "mark": mark}
            for (kind, label), mark in zip(nearest.items(), cycle(MARKS), strict=False)
        ],
        "reach": max([LEAST_REACH, *(place.distance for one in complexes for place in one.nearest)]),
        "most": MOST_COMPARED,
        "labels": texts.group("cards.labels"),
        # Only a search has conditions that may have left a home out.
        "why": texts.group("cards.why_not") if answer.state.search else None,
    }


def _card(one: Complex, citations: Sequence[Citation], today: date, texts: Texts) -> dict[str, object]:
    names = [one.name_ko, one.name_en] if texts.language == "ko" else [one.name_en or one.name_ko, one.name_ko]
    why = next((citation for citation in citations if citation.entity_id == one.id), None)
    closed = one.receipt_end is not None and one.receipt_end < today
    return {
        "id": one.id,
        "name": names[0],
        "other_name": names[1] if names[1] != names[0] else "",
        "district": one.district,
        "move_in": _month(one.move_in, texts),
        "households": texts.say("cards.count", count=f"{one.households:,}") if one.households else "",
        "price": _price(one, texts),
        "why": why.quote if why else "",
        "closed": texts.say("cards.closed") if closed else "",
        "near": {place.kind: _place(place, texts) for place in one.nearest},
    }


def _month(day: date | None, texts: Texts) -> str:
    if day is None:
        return ""
    return korean.month(day) if texts.language == "ko" else english.month(day.year, day.month)


def _price(one: Complex, texts: Texts) -> str:
    if one.lowest_price is None or one.highest_price is None:
        return texts.say("cards.rental") if one.tenure == "rental" else ""
    won = korean.won if texts.language == "ko" else english.won
    prices = dict.fromkeys((won(one.lowest_price), won(one.highest_price)))
    return " – ".join(prices)


def _place(place: Nearby, texts: Texts) -> dict[str, object]:
    name = place.name_ko if texts.language == "ko" else place.name_en or place.name_ko
    lines = f" ({'·'.join(place.lines)})" if place.lines and texts.language == "ko" else ""
    return {"name": f"{name}{lines}", "distance": place.distance, "text": f"{name}{lines} {place.distance:,}m"}
