"""Marketplace posts. A price is a number of won, or what people type instead: 3.5만, 34만원, 나눔, 가격협의."""

from __future__ import annotations

from assistant.understanding.text import squeeze
from assistant.understanding.won import whole_amount
from ingest.records import Listing
from ingest.sources.jsonl import Entry, JsonlForm
from prompts import loader

MAX_WON = 10**12


def parse(entry: Entry) -> Listing:
    price, negotiable = _price(entry)
    return Listing(
        listing_id=entry.required("id"),
        title=entry.required("title"),
        description=entry.text("description"),
        price=price,
        location=entry.text("location"),
        status=entry.text("status"),
        negotiable=negotiable,
    )


def _price(entry: Entry) -> tuple[int | None, bool]:
    """Won, and whether the field asks for an offer."""
    text = entry.text("price")
    if not text:
        return None, False
    won = whole_amount(text)
    if won is not None and won < MAX_WON:
        return won, False
    if won is None:
        words = loader.words("listings.yaml")
        if squeeze(text) in _squeezed(words["free"]):
            return 0, False
        if squeeze(text) in _squeezed(words["negotiable"]):
            return None, True
    raise entry.broken("price", "a price in won (35000, 3.5만원, 나눔 or 가격협의)")


def _squeezed(words: dict[str, list[str]]) -> set[str]:
    return {squeeze(word) for forms in words.values() for word in forms}


FORM = JsonlForm(
    name="listings", domain="listing", keys=("id", "title", "description", "price", "location"), parse=parse
)
