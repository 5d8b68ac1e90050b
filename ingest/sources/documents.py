"""Documents of no special form: JSON lines, or a whole Markdown or text file as one document."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.errors import SourceError
from ingest.records import TextDocument
from ingest.sources.columns import Form
from ingest.sources.decoding import read_text
from ingest.sources.jsonl import Entry

SUFFIXES = frozenset({".md", ".markdown", ".txt"})
PLAIN = ".txt"
_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.+?)\s*#*\s*$", re.MULTILINE)
_LONGEST_TITLE = 120  # characters; a first line longer than this is a paragraph, not a title


def parse(entry: Entry) -> TextDocument:
    return TextDocument(entry.required("doc_id"), entry.required("text"), entry.text("title"))


FORM = Form("documents", "document", ("doc_id", "text"), parse)


def read_whole(path: Path, name: str) -> TextDocument:
    """The file as one document called ``name``. Title: first heading, else a short first line, else the file's name.

    Raises:
        SourceError: it cannot be read as text, or holds none.
    """
    text = read_text(path).strip()
    if not text:
        raise SourceError(path, "It is empty.", "Give a file with text in it, or leave it out.")
    heading = _HEADING.search(text) if path.suffix.lower() != PLAIN else None
    first = text.split("\n", 1)[0].strip()
    title = heading[1] if heading else first if len(first) <= _LONGEST_TITLE else path.stem
    return TextDocument(name, text, title)
