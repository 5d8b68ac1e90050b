"""Marketplace posts. Prices in won; a post may name none."""

from __future__ import annotations

import re

from ingest.records import Listing
from ingest.sources.jsonl import Entry, JsonlForm

MAX_DIGITS = 12
_PRICE = re.compile(r"₩?\s*([0-9][0-9,]*)(?:\.0+)?\s*원?")


def parse(entry: Entry) -> Listing:
    return Listing(
        listing_id=entry.required("id"),
        title=entry.required("title"),
        description=entry.text("description"),
        price=_price(entry),
        location=entry.text("location"),
        status=entry.text("status"),
    )


def _price(entry: Entry) -> int | None:
    text = entry.text("price")
    if not text:
        return None
    match = _PRICE.fullmatch(text)
    if match is None:
        raise entry.broken("price", "a whole number of won")
    digits = match[1].replace(",", "")
    if len(digits) > MAX_DIGITS:
        raise entry.broken("price", "a price in won")
    return int(digits)


FORM = JsonlForm(
    name="listings", domain="listing", keys=("id", "title", "description", "price", "location"), parse=parse
)
