"""A marketplace post as a document: what it offers, in both languages, and its description as it was written."""

from __future__ import annotations

from assistant.domain import Document, ListingAttributes, Sentence
from assistant.errors import SourceError
from assistant.kinds.listing.goods import label
from assistant.language.masking import mask
from ingest.chunking import as_sentences, pack, single_line
from ingest.glossary import Glossary
from ingest.listing_attributes import listing_attributes
from ingest.records import Listing
from ingest.splitting import language_of, sentences
from prompts.loader import Prompts


def listing_document(
    prompts: Prompts, listing: Listing, origin: str = "", glossary: Glossary | None = None
) -> Document:
    """One post. Its first sentence (facet ``listing``) tells title, price, place and status, as answers list posts.

    What is private is masked in all of it. ``glossary`` gives the English names of places.

    Raises:
        SourceError: title and description are both empty.
    """
    title = single_line(mask(listing.title))
    description = sentences(mask(listing.description))
    if not title and not description:
        raise SourceError(origin or "listings", f"Listing {listing.listing_id!r} has no text.", "Add a title.")
    name = title or listing.listing_id
    language = language_of(f"{title} {listing.description}")
    attributes = listing_attributes(prompts, listing)
    kind = attributes.kinds[0] if attributes.kinds else ""
    # Of a kind, both names stand at its head: a question in either language finds it by its words.
    head = f"{title} ({label(prompts, kind, 'ko')} · {label(prompts, kind, 'en')})" if kind else title
    statements = [_summary(prompts, name, listing, attributes, glossary), *as_sentences(description, "text", language)]
    chunks = pack("listing", head, statements)
    return Document("listing", listing.listing_id, name, name, chunks, listing=attributes, origin=origin)


def _summary(
    prompts: Prompts, name: str, listing: Listing, attributes: ListingAttributes, glossary: Glossary | None
) -> Sentence:
    place = single_line(listing.location)
    kind = attributes.kinds[0] if attributes.kinds else ""
    # An English reader is told what a Korean title offers.
    named_en = f"“{name}” ({label(prompts, kind, 'en')})" if kind else f"“{name}”"
    parts_ko = [_price(attributes, "ko"), place, _status(prompts, listing, attributes, "ko")]
    parts_en = [
        _price(attributes, "en"),
        _place_en(place, attributes, glossary),
        _status(prompts, listing, attributes, "en"),
    ]
    told_ko, told_en = ([part for part in parts if part] for parts in (parts_ko, parts_en))
    return Sentence(
        f"‘{name}’: {', '.join(told_ko)}" if told_ko else f"‘{name}’",
        f"{named_en}: {', '.join(told_en)}" if told_en else named_en,
        "listing",
        (f"status:{attributes.status}",) if attributes.status else (),
    )


def _price(attributes: ListingAttributes, language: str) -> str:
    korean = language == "ko"
    if attributes.free:
        return "무료 나눔" if korean else "free"
    if attributes.price is None:
        return ("가격 협의" if korean else "price negotiable") if attributes.negotiable else ""
    price = f"{attributes.price:,}원" if korean else f"{attributes.price:,} won"
    if not attributes.negotiable:
        return price
    return f"{price}(가격 제안 가능)" if korean else f"{price} (negotiable)"


def _status(prompts: Prompts, listing: Listing, attributes: ListingAttributes, language: str) -> str:
    if not listing.status.strip():
        return ""
    if attributes.status is None:
        return single_line(listing.status)
    return str(prompts.listings["statuses"][attributes.status]["label"][language])


def _place_en(place: str, attributes: ListingAttributes, glossary: Glossary | None) -> str:
    if glossary is None or not attributes.sigungu or not any("가" <= char <= "힣" for char in place):
        return place
    parts = [(attributes.dong, "dong"), *((part, "sigungu") for part in reversed(attributes.sigungu.split()))]
    parts.append((attributes.sido, "sido"))
    return ", ".join(glossary.english(ko, kind) for ko, kind in parts if ko)
