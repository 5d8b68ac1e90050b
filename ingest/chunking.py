"""Free text (help-centre answers, listings, plain documents) into documents: every chunk names what it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from assistant.domain import Chunk, Document, Language, Sentence
from assistant.errors import SourceError
from ingest.block_chunks import block_chunks
from ingest.records import FaqEntry, Listing, TextDocument
from ingest.splitting import language_of, sentences

# Characters of a chunk with its head. An English character says about half of what a Hangul syllable does. Both stay
# well under the 512 tokens that the embedding model reads.
MAX_LENGTH: dict[Language, int] = {"ko": 450, "en": 900}
LEAST_BODY = 200  # a long title does not crowd out the text
MAX_HEAD = 200
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def faq_document(entry: FaqEntry, origin: str = "") -> Document:
    """A help-centre entry. Its question heads every chunk, its answer's sentences are cited (facet ``faq``).

    A first chunk holds the question alone: what people ask is more like it than like question and answer together.

    Raises:
        SourceError: question or answer is empty.
    """
    question = _single_line(entry.question)
    if not question:
        raise SourceError(origin or "FAQ", f"FAQ {entry.faq_id!r} has no question.", "Add one.")
    head = f"{question} ({entry.category})" if entry.category else question
    chunks = _chunks(
        "faq", head, _as_sentences(sentences(entry.answer), "faq", language_of(f"{question} {entry.answer}"))
    )
    if chunks:
        chunks = (replace(chunks[0], topic="question", text=question), *chunks)
    return _document("faq", entry.faq_id, question, chunks, origin)


def text_document(document: TextDocument, origin: str = "") -> Document:
    """A document of no special form. Its title, and the Markdown heading above it, head every chunk.

    Raises:
        SourceError: there is no text.
    """
    title = _single_line(document.title)
    language = language_of(document.text)
    chunks: list[Chunk] = list(block_chunks(title, document.blocks))
    for heading, body in _sections(document.text):
        head = " – ".join(dict.fromkeys(part for part in (title, heading) if part))
        chunks += _chunks("text", head, _as_sentences(sentences(body), "text", language))
    return _document("document", document.doc_id, title or document.doc_id, tuple(chunks), origin)


def listing_document(listing: Listing, origin: str = "") -> Document:
    """A marketplace post. Price, place and status become bilingual sentences; the description stays as written.

    Raises:
        SourceError: title and description are both empty.
    """
    title = _single_line(listing.title)
    description = sentences(listing.description)
    if not title and not description:
        raise SourceError(origin or "listings", f"Listing {listing.listing_id!r} has no text.", "Add a title.")
    name = title or listing.listing_id
    language = language_of(f"{title} {listing.description}")
    # Facts first: they are short, asked for most, and then share the first chunk.
    statements = [*_listing_facts(name, listing), *_as_sentences(description, "text", language)]
    if not statements:
        statements = [_sentence(name, "text", language)]
    return _document("listing", listing.listing_id, name, _chunks("listing", title, statements), origin)


def _listing_facts(name: str, listing: Listing) -> Iterator[Sentence]:
    if listing.price == 0:
        yield Sentence(f"‘{name}’ 게시물은 무료 나눔입니다.", f"“{name}” is given away for free.", "price")
    elif listing.price is not None:
        price = f"{listing.price:,}"
        yield Sentence(f"‘{name}’ 게시물의 가격은 {price}원입니다.", f"The price of “{name}” is {price} won.", "price")
    if place := _single_line(listing.location):
        yield Sentence(f"‘{name}’ 게시물의 거래 지역은 {place}입니다.", f"“{name}” is offered in {place}.", "location")
    if status := _single_line(listing.status):
        yield Sentence(f"‘{name}’ 게시물의 상태는 {status}입니다.", f"The status of “{name}” is {status}.", "status")


def _chunks(topic: str, head: str, statements: Iterable[Sentence]) -> tuple[Chunk, ...]:
    """Pack sentences, in order, into chunks that begin with ``head``."""
    head = head if len(head) <= MAX_HEAD else head[: MAX_HEAD - 1].rsplit(" ", 1)[0] + "…"
    packed: list[list[Sentence]] = []
    room = 0
    for statement in statements:
        if not packed or len(statement.ko) + 1 > room:
            packed.append([])
            room = max(MAX_LENGTH[_language(statement)] - len(head), LEAST_BODY)
        packed[-1].append(statement)
        room -= len(statement.ko) + 1
    return tuple(
        Chunk(
            topic=topic,
            text="\n".join(part for part in (head, *(statement.ko for statement in group)) if part),
            sentences=tuple(group),
            language=language_of(" ".join(statement.ko for statement in group), _language(group[-1])),
        )
        for group in packed
    )


def _as_sentences(texts: Iterable[str], facet: str, language: Language) -> list[Sentence]:
    return [_sentence(piece, facet, language) for text in texts for piece in _pieces(text, 2 * MAX_LENGTH[language])]


def _sentence(text: str, facet: str, language: Language) -> Sentence:
    """English stands in both fields: there is no Korean of it, and English readers are shown ``en``."""
    return Sentence(text, text if language_of(text, language) == "en" else "", facet)


def _pieces(text: str, limit: int) -> Iterator[str]:
    """A statement as it is, or, where it is too long to be found or cited, cut between words."""
    while len(text) > limit:
        cut = text.rfind(" ", limit // 2, limit)
        cut = cut if cut > 0 else limit
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    yield text


def _language(sentence: Sentence) -> Language:
    return "en" if sentence.en == sentence.ko else "ko"


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """(heading, text below it); the part before the first heading has none."""
    parts = HEADING.split(text)
    yield "", parts[0]
    yield from zip(parts[1::2], parts[2::2], strict=True)


def _single_line(text: str) -> str:
    return " ".join(text.split())


def _document(domain: str, source_id: str, name: str, chunks: tuple[Chunk, ...], origin: str) -> Document:
    if not chunks:
        raise SourceError(origin or domain, f"{domain} {source_id!r} has no text.", "Add some, or remove the entry.")
    return Document(domain, source_id, name, name, chunks, origin=origin)  # type: ignore[arg-type]
