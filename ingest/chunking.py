"""Free text into chunks: every one names what it is about, and none is longer than the embedding model reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from assistant.domain import Chunk, Document, Language, Sentence
from assistant.errors import SourceError
from ingest import markdown_tables
from ingest.block_chunks import block_chunks
from ingest.records import TextDocument
from ingest.splitting import language_of, pieces, sentence_of, sentences

# Characters of a chunk with its head. An English character says about half of what a Hangul syllable does. Both stay
# well under the 512 tokens that the embedding model reads.
MAX_LENGTH: dict[Language, int] = {"ko": 450, "en": 900}
LEAST_BODY = 200  # a long title does not crowd out the text
MAX_HEAD = 200
HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", re.MULTILINE)


def text_document(document: TextDocument, origin: str = "") -> Document:
    """A document of no special form. Its title, and the Markdown heading above it, head every chunk.

    Raises:
        SourceError: there is no text.
    """
    title = single_line(document.title)
    language = language_of(document.text)
    chunks: list[Chunk] = list(block_chunks(title, document.blocks))
    for heading, body in _sections(document.text):
        if rows := markdown_tables.blocks(body, (heading,) if heading else ()):
            chunks += block_chunks(title, rows)
            continue
        head = " – ".join(dict.fromkeys(part for part in (title, heading) if part))
        chunks += pack("text", head, as_sentences(sentences(body), "text", language))
    if not chunks:
        raise SourceError(
            origin or "document", f"document {document.doc_id!r} has no text.", "Add some, or remove the entry."
        )
    name = title or document.doc_id
    return Document("document", document.doc_id, name, name, tuple(chunks), origin=origin)


def pack(topic: str, head: str, statements: Iterable[Sentence]) -> tuple[Chunk, ...]:
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


def as_sentences(texts: Iterable[str], facet: str, language: Language) -> list[Sentence]:
    """Texts as statements that can be cited; one that is too long is cut between words."""
    return [sentence_of(piece, facet, language) for text in texts for piece in pieces(text, 2 * MAX_LENGTH[language])]


def _language(sentence: Sentence) -> Language:
    return "en" if sentence.en == sentence.ko else "ko"


def _sections(text: str) -> Iterator[tuple[str, str]]:
    """(heading, text below it); the part before the first heading has none."""
    parts = HEADING.split(text)
    yield "", parts[0]
    yield from zip(parts[1::2], parts[2::2], strict=True)


def single_line(text: str) -> str:
    """White space folded, line breaks too."""
    return " ".join(text.split())
