"""Marketplace posts. A price is a number of won, or what people type instead: 3.5만, 34만원, 나눔, 가격협의."""

from __future__ import annotations

from functools import partial

from assistant.language.text import squeeze
from assistant.language.won import whole_amount
from ingest.records import Listing
from ingest.sources.columns import Form, Named
from ingest.sources.jsonl import Entry
from ingest.sources.tables import Row
from prompts.loader import Prompts

MAX_WON = 10**12

# What people call the columns and keys.
SPELLINGS = {
    "id": ("번호", "글번호", "url", "링크"),
    "title": ("제목",),
    "description": ("설명", "내용"),
    "price": ("가격",),
    "location": ("지역", "위치"),
    "status": ("상태",),
}


def parse(prompts: Prompts, place: Entry | Row) -> Listing:
    given = Named(place, SPELLINGS)
    won, negotiable = _price(prompts, given.text("price"))
    if won is None and not negotiable and given.text("price"):
        raise given.broken("price", "a price in won (35000, 3.5만원, 나눔 or 가격협의)")
    return Listing(
        listing_id=given.required("id"),
        title=given.required("title"),
        description=given.text("description"),
        price=won,
        location=given.text("location"),
        status=given.text("status"),
        negotiable=negotiable,
    )


def _price(prompts: Prompts, text: str) -> tuple[int | None, bool]:
    """Won, and whether the field asks for an offer; neither where it is empty or none that can be."""
    if not text:
        return None, False
    won = whole_amount(text)
    if won is not None:
        return (won if won < MAX_WON else None), False
    words = prompts.listings
    if squeeze(text) in _squeezed(words["free"]):
        return 0, False
    return None, squeeze(text) in _squeezed(words["negotiable"])


def _squeezed(words: dict[str, list[str]]) -> set[str]:
    return {squeeze(word) for forms in words.values() for word in forms}


def form(prompts: Prompts) -> Form:
    """Posts as a table or JSON; ``prompts`` have the words for a price that is no number."""
    needed = ("id", "title", "description", "price", "location")
    return Form("listings", "listing", needed, partial(parse, prompts), spellings=SPELLINGS)
