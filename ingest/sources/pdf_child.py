"""Run as ``python -m ingest.sources.pdf_child PATH CPU_SECONDS MEMORY_BYTES``: prints what a PDF holds as JSON.

``{"title", "metadata", "pages", "empty": [page…], "repeated": [[text, place, pages]…], "blocks": [[page, [heading…],
text, is_row]…]}``, or ``{"error", "mend"?}``. ``repeated`` are running heads, and with an empty text page numbers.
pdfium reads first: it alone tells where a character stands and which lines are drawn, and so keeps tables. What it
cannot open or finds no text in, pypdf tries, as plain text.
"""

from __future__ import annotations

import json
import logging
import re
import resource
import sys
from pathlib import Path
from typing import Any

ANSWER = dict[str, Any]
# Private use, replacement and control characters: what a font without a table of its letters leaves.
GARBAGE = re.compile("[\ufffd\ue000-\uf8ff\u0000-\u0008\u000e-\u001f]")
MAX_GARBAGE = 0.3  # of the characters
SPACES = re.compile(r"\s+")


def main() -> None:
    path, cpu_seconds, memory_bytes = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    answer: ANSWER
    try:
        answer = _with_pdfium(path)
        if "error" in answer or _is_garbage(answer):
            answer = _better(answer, _with_pypdf(path))
    except MemoryError:
        answer = {"error": "it needs more memory than allowed", "mend": "Split it into smaller files, or leave it out."}
    # Lone surrogates from broken fonts cannot be written as UTF-8.
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _with_pdfium(path: Path) -> ANSWER:
    import pypdfium2  # after the limits, so that they hold for its import too

    from ingest.sources.pdf_blocks import blocks
    from ingest.sources.pdf_page import drawn

    try:
        document = pypdfium2.PdfDocument(path)
        pages = [drawn(page) for page in document]
        found, title, left_out = blocks(pages)
        metadata = document.get_metadata_dict().get("Title", "")
    except pypdfium2.PdfiumError as error:
        return {"error": str(error)}
    return {
        "title": title,
        "metadata": metadata,
        "pages": len(pages),
        "empty": [number for number, page in enumerate(pages, start=1) if not page.letters],
        "repeated": [[head.text, head.place, len(head.pages)] for head in left_out],
        "blocks": [[block.page, block.headings, block.text, block.is_row] for block in found],
    }


def _with_pypdf(path: Path) -> ANSWER:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"error": "it needs a password", "mend": "Save it without a password and try that."}
        texts = [page.extract_text() for page in reader.pages]
        title = reader.metadata.title if reader.metadata else None
    except MemoryError:
        raise
    # A damaged PDF raises whatever the parser stumbles over; the parent turns it into one clear message.
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return {
        "title": "",
        "metadata": title or "",
        "pages": len(texts),
        "empty": [number for number, text in enumerate(texts, start=1) if not text.strip()],
        "repeated": [],
        "blocks": [[number, [], text, False] for number, text in enumerate(texts, start=1) if text.strip()],
    }


def _is_garbage(answer: ANSWER) -> bool:
    """Whether there is no text, or most of it is none."""
    text = SPACES.sub("", "".join(block[2] for block in answer["blocks"]))
    return len(GARBAGE.findall(text)) >= MAX_GARBAGE * len(text)


def _better(first: ANSWER, second: ANSWER) -> ANSWER:
    """The second where it found readable text; else what is wrong."""
    if "error" not in second and not _is_garbage(second):
        return second
    if "error" in first or "error" in second:
        return second if "error" in second else {"error": first["error"]}
    if first["blocks"]:
        return {
            "error": "its fonts do not say which letters they draw, so its text is unreadable",
            "mend": "Run text recognition (OCR) on it first, or leave it out.",
        }
    return first


if __name__ == "__main__":
    main()
