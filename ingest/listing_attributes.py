"""What a post says about itself beyond its text: kinds of goods, price, state of the deal, place, and what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.domain import ListingAttributes, ListingStatus
from assistant.kinds.listing.goods import kinds_of, read_goods
from assistant.language.masking import find_private
from assistant.language.text import ReadableText
from ingest.address import parse_address
from ingest.records import Listing
from prompts.loader import Prompts

CONTACT = "contact"


def listing_attributes(prompts: Prompts, listing: Listing) -> ListingAttributes:
    """Read from title, description and fields. ``flags``: ``contact``, and ``prohibited:KIND``."""
    title, whole = (
        ReadableText(listing.title, prompts),
        ReadableText(f"{listing.title} . {listing.description}", prompts),
    )
    named = read_goods(title) or read_goods(ReadableText(listing.description, prompts))[:1]
    kinds = dict.fromkeys(kind for key, _ in named for kind in kinds_of(prompts, key))
    words = prompts.listings
    free = listing.price == 0
    negotiable = (
        not free and not _has(whole, words["firm"]) and (listing.negotiable or _has(whole, words["negotiable"]))
    )
    flags = [f"prohibited:{kind}" for kind in prohibited_kinds(prompts, listing.title, listing.description)]
    if find_private(listing.title) or find_private(listing.description):
        flags.append(CONTACT)
    address = parse_address(listing.location)
    return ListingAttributes(
        kinds=tuple(kinds),
        price=listing.price,
        free=free,
        negotiable=negotiable,
        status=read_status(prompts, listing.status),
        sido=address.sido,
        sigungu=address.sigungu,
        dong=address.dong,
        flags=tuple(flags),
    )


def prohibited_kinds(prompts: Prompts, title: str, description: str = "") -> tuple[str, ...]:
    """Kinds of prohibited goods that a post offers (``tobacco``).

    The title says what is offered. The description counts only for kinds that are never an accessory: 의약품 and
    accounts hide there, while 와인 and 담배 are mostly words about something else.
    """
    found = []
    for kind, row in prompts.listings["prohibited"].items():
        text = ReadableText(title if kind not in ("medicine", "account") else f"{title} . {description}", prompts)
        for harmless in row["but"]:
            if span := text.find(harmless):
                text.take(span)
        if any(text.find(form) for form in (*row["ko"], *row["en"])):
            found.append(kind)
    return tuple(found)


def read_status(prompts: Prompts, text: str) -> ListingStatus | None:
    """판매중, 예약중, 거래완료 in the spellings people use; a post that says nothing is on sale; None is unknown."""
    if not text.strip():
        return "on_sale"
    given = ReadableText(text.replace("_", " "), prompts)
    for status, row in prompts.listings["statuses"].items():
        if any(given.find(form) for form in (*row["ko"], *row["en"])):
            return status  # type: ignore[no-any-return]
    return None


def _has(text: ReadableText, words: Mapping[str, Sequence[str]]) -> bool:
    return any(text.find(word, taken=True) for forms in words.values() for word in forms)
