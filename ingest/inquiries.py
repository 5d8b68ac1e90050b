"""Past inquiries from JSON Lines: ``{"id", "message", "answer", "faq"?}``, masked and made findable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from assistant.desk import Desk, Inquiry
from assistant.errors import SourceError
from assistant.language.masking import mask
from assistant.language.text import is_korean
from ingest.packaged_vectors import packaged_vectors

SAMPLES = Path(__file__).parent / "past_inquiries" / "inquiries.jsonl"
VECTORS = SAMPLES.with_name("vectors.npz")


def read_inquiries(path: Path) -> Iterator[Inquiry]:
    """The inquiries of a file, in order, masked.

    Raises:
        SourceError: the file cannot be read, a line is no inquiry, or an id comes twice; names file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(path, f"It cannot be read ({error}).", "Give a UTF-8 file of JSON Lines.") from error
    seen: set[str] = set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            id_, message, answer = (str(row[key]).strip() for key in ("id", "message", "answer"))
            if not (id_ and message and answer):
                raise ValueError("id, message or answer is empty")
            if id_ in seen:
                raise ValueError(f"the id {id_!r} comes twice")
            faq = str(row.get("faq") or "")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SourceError(
                path,
                f"It is no inquiry ({error!r}).",
                'Give {"id", "message", "answer"} and perhaps "faq".',
                line=number,
            ) from error
        seen.add(id_)
        yield Inquiry(id_, mask(message), "ko" if is_korean(message) else "en", mask(answer), faq)


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
