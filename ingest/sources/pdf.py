"""PDF files: paragraphs and table rows with their headings and pages. A child process with limits of its own reads.

A PDF from outside can keep a parser busy for hours or fill the memory. The child may use 15 s of processor time and
1 GiB; when it goes beyond, it is the file that failed, and ingestion tells so.
"""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import SourceError
from ingest.records import Block, TextDocument
from ingest.sources.pdf_cache import remembered

log = logging.getLogger(__name__)

CPU_SECONDS = 15
MEMORY_BYTES = 1 << 30
_WALL_SECONDS = 120  # a child that waits rather than works
MAGIC = b"%PDF-"
MAGIC_WITHIN = 1024  # bytes: some writers put a few before it
PRINT_ANEW = "Print it to a new PDF and try that."
# What files are that were only renamed.
OTHER_KINDS = {
    b"\xd0\xcf\x11\xe0": ("an old HWP or Office file", "Open it and save it as PDF."),
    b"HWP Document File": ("an HWP file", "Open it in 한글 and save it as PDF."),
    b"PK\x03\x04": ("a zip archive: HWPX, DOCX or the like", "Open it and save it as PDF."),
    b"\xff\xd8\xff": ("a JPEG picture", "Run text recognition (OCR) on it, or leave it out."),
    b"\x89PNG": ("a PNG picture", "Run text recognition (OCR) on it, or leave it out."),
}
NO_CHARACTERS = re.compile("[\ufffe\uffff]")
HANGUL = re.compile("[가-힣]")
PAGES_SHOWN = 10


def read(path: Path, name: str, cache: Path | None = None) -> tuple[TextDocument, list[str]]:
    """The file as one document called ``name``, and notes on what of it is not in there.

    ``cache`` is a folder to keep what was read in.

    Raises:
        SourceError: not a PDF, encrypted, damaged, without any text, or beyond the limits.
    """
    _check_kind(path)
    answer = remembered(cache, path, _ask_child)
    if "error" in answer:
        raise SourceError(path, answer["error"], answer.get("mend", PRINT_ANEW))
    blocks = tuple(
        Block(page, tuple(map(_tidy, headings)), _tidy(text), is_row)
        for page, headings, text, is_row in answer["blocks"]
        if text.strip()
    )
    if not blocks:
        raise SourceError(
            path,
            "No page of it holds text; it is probably scanned.",
            "Run text recognition (OCR) on it first, or leave it out.",
        )
    return TextDocument(name, "", _title(path, answer), blocks), list(_notes(answer))


def _notes(answer: dict[str, Any]) -> Iterator[str]:
    lost = answer["lost"]
    if lost["damaged"]:
        yield f"{_listed(lost['damaged'])}, damaged: {PRINT_ANEW}"
    if lost["unreadable"]:
        yield f"{_listed(lost['unreadable'])}, whose fonts do not say which letters they draw: Run OCR on the file."
    if answer["empty"]:
        yield f"{_listed(answer['empty'])}, without text (a picture or blank)"
    if answer["spoiled"]:
        yield f"letters on {_listed(answer['spoiled'])} that its fonts do not name, shown as \ufffd"
    for text, place, pages in answer["repeated"]:
        on = f"{pages:,} page{'s' if pages > 1 else ''}"
        yield f"running head “{_tidy(text)}” at the {place} of {on} (read once)" if text else f"page numbers of {on}"


def _listed(pages: Sequence[int]) -> str:
    shown = ", ".join(map(str, pages[:PAGES_SHOWN])) + (" …" if len(pages) > PAGES_SHOWN else "")
    return f"page{'s' if len(pages) > 1 else ''} {shown}"


def _check_kind(path: Path) -> None:
    try:
        with path.open("rb") as file:
            head = file.read(MAGIC_WITHIN)
    except OSError as error:
        raise SourceError(path, f"It cannot be read ({error.strerror}).", "Check its permissions.") from None
    if not head:
        raise SourceError(path, "It is empty, so it cannot be read as PDF.", "Give the PDF itself, or leave it out.")
    if MAGIC in head:
        return
    for magic, (kind, mend) in OTHER_KINDS.items():
        if head.startswith(magic):
            raise SourceError(path, f"It is {kind}, so it cannot be read as PDF.", mend)
    raise SourceError(path, "It cannot be read as PDF (it does not begin like one).", PRINT_ANEW)


def _ask_child(path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "ingest.sources.pdf_child", str(path), str(CPU_SECONDS), str(MEMORY_BYTES)]
    try:
        child = subprocess.run(command, capture_output=True, timeout=_WALL_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise _beyond_limits(path) from None
    except OSError as error:
        mend = "Close other programs and run it again."
        raise SourceError(path, f"No program to read it could be started ({error.strerror}).", mend) from None
    if child.returncode < 0:  # killed by a signal: SIGXCPU, or what a parser out of memory ends with
        raise _beyond_limits(path)
    try:
        answer: dict[str, Any] = json.loads(child.stdout)
    except ValueError:
        log.debug("the reader of %s ended with: %s", path, child.stderr.decode(errors="replace"))
        raise SourceError(path, "It cannot be read as PDF: the program that reads it gave up.", PRINT_ANEW) from None
    return answer


def _title(path: Path, answer: dict[str, Any]) -> str:
    """The file's name where it is Korean words, as published notices are called; else the title inside as well."""
    stem = _tidy(path.stem.replace("_", " "))
    inside = _tidy(answer["metadata"] or answer["title"])
    return stem if HANGUL.search(stem) or not inside else f"{inside} ({stem})"


def _tidy(text: str) -> str:
    # Broken fonts give halves of surrogate pairs, and NUL; no store takes either.
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", " ")
    whole = NO_CHARACTERS.sub("\ufffd", whole)
    return unicodedata.normalize("NFC", whole).strip()


def _beyond_limits(path: Path) -> SourceError:
    return SourceError(
        path,
        f"Reading it took more than {CPU_SECONDS} s of processor time or {MEMORY_BYTES >> 20} MiB of memory.",
        "Split it into smaller files, or leave it out.",
    )
