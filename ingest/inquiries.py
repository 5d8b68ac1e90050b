"""Past inquiries from JSON Lines: ``{"id", "message", "answer", "faq"?}``, masked and made findable."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant.desk import Desk, Inquiry
from assistant.domain import Language
from assistant.errors import SourceError
from assistant.language.masking import mask
from assistant.language.text import is_korean
from ingest.packaged_vectors import packaged_vectors
from ingest.sources.decoding import read_text
from ingest.sources.jsonl import entries

SAMPLES = Path(__file__).parent / "past_inquiries" / "inquiries.jsonl"
VECTORS = SAMPLES.with_name("vectors.npz")


def read_inquiries(path: Path) -> Iterator[Inquiry]:
    """The inquiries of a file, in order, masked.

    Raises:
        SourceError: the file cannot be read, a line is no inquiry, or an id comes twice; names file and line.
    """
    seen: set[str] = set()
    for entry in entries(path, read_text(path)):
        if isinstance(entry, SourceError):
            raise entry
        id_, message, answer = (entry.required(key) for key in ("id", "message", "answer"))
        if id_ in seen:
            raise SourceError(path, f"The id {id_!r} comes twice.", "Remove one of the two.", line=entry.line)
        seen.add(id_)
        language: Language = "ko" if is_korean(message) else "en"
        yield Inquiry(id_, mask(message), language, mask(answer), entry.text("faq"))


def load_inquiries(path: Path, desk: Desk) -> tuple[int, int]:
    """Store a file's inquiries that are not stored yet. How many the file has, and how many were new.

    Raises:
        SourceError: as :func:`read_inquiries`; nothing is stored then.
    """
    given = list(read_inquiries(path))
    known = desk.inquiries.ids()
    new = [inquiry for inquiry in given if inquiry.id not in known]
    embedding, tokenizer = desk.assistant.embedding, desk.assistant.tokenizer
    packaged = packaged_vectors(embedding.name, [inquiry.message for inquiry in new], VECTORS)
    for inquiry in new:
        vector = packaged.get(inquiry.message)
        vector = embedding.embed_query(inquiry.message) if vector is None else vector
        desk.inquiries.put(inquiry, vector, tokenizer.terms(inquiry.message))
    return len(given), len(new)
