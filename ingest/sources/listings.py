"""Marketplace posts. A price is a number of won, or what people type instead: 3.5만, 34만원, 나눔, 가격협의."""

from __future__ import annotations

from collections.abc import Callable

from assistant.errors import SourceError
from assistant.understanding.text import squeeze
from assistant.understanding.won import whole_amount
from ingest.records import Listing
from ingest.sources.jsonl import Entry, JsonlForm
from ingest.sources.tables import CsvForm, Row
from prompts import loader

MAX_WON = 10**12


# What spreadsheets call the columns.
SPELLINGS = {
    "id": ("번호", "글번호"),
    "title": ("제목",),
    "description": ("설명", "내용"),
    "price": ("가격",),
    "location": ("지역", "위치"),
    "status": ("상태",),
}


def parse(entry: Entry) -> Listing:
    return _listing(entry.text, entry.broken)


def parse_row(row: Row) -> Listing:
    def header(key: str) -> str:
        return next((name for name in (key, *SPELLINGS[key]) if name in row.cells), key)

    # Not row.text(), which folds the line breaks of a description.
    return _listing(
        lambda key: row.cells.get(header(key), "").strip(), lambda key, expected: row.broken(header(key), expected)
    )


def _listing(text: Callable[[str], str], broken: Callable[[str, str], SourceError]) -> Listing:
    """``text`` gives a value by its key, ``broken`` the error that a value is not what is expected."""

    def required(key: str) -> str:
        if not (value := text(key)):
            raise broken(key, "allowed to be missing or empty")
        return value

    won, negotiable = _price(text("price"))
    if won is None and not negotiable and text("price"):
        raise broken("price", "a price in won (35000, 3.5만원, 나눔 or 가격협의)")
    return Listing(
        listing_id=required("id"),
        title=required("title"),
        description=text("description"),
        price=won,
        location=text("location"),
        status=text("status"),
        negotiable=negotiable,
    )


def _price(text: str) -> tuple[int | None, bool]:
    """Won, and whether the field asks for an offer; neither where it is empty or none that can be."""
    if not text:
        return None, False
    won = whole_amount(text)
    if won is not None:
        return (won if won < MAX_WON else None), False
    words = loader.words("listings.yaml")
    if squeeze(text) in _squeezed(words["free"]):
        return 0, False
    return None, squeeze(text) in _squeezed(words["negotiable"])


def _squeezed(words: dict[str, list[str]]) -> set[str]:
    return {squeeze(word) for forms in words.values() for word in forms}


FORM = JsonlForm(
    name="listings", domain="listing", keys=("id", "title", "description", "price", "location"), parse=parse
)
CSV_FORM = CsvForm(
    name="listings",
    domain="listing",
    columns=("id", "title", "description", "price", "location"),
    parse=parse_row,
    spellings=SPELLINGS,
)
