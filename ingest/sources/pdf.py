"""PDF files: the text of each page as one document. Parsing runs in a child process with limits of its own.

A PDF from outside can keep a parser busy for hours or fill the memory. The child may use 15 s of processor time and
1 GiB; when it goes beyond, it is the file that failed, and ingestion tells so.
"""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from assistant.errors import SourceError
from ingest.records import TextDocument

CPU_SECONDS = 15
MEMORY_BYTES = 1 << 30
_WALL_SECONDS = 120  # a child that waits rather than works


def read(path: Path, name: str) -> Iterator[TextDocument]:
    """One document per page that has text, called ``name#p1`` and so on. Pages count from 1.

    Raises:
        SourceError: not a PDF, encrypted, damaged, without any text, or beyond the limits.
    """
    command = [sys.executable, "-m", "ingest.sources.pdf_child", str(path), str(CPU_SECONDS), str(MEMORY_BYTES)]
    try:
        child = subprocess.run(command, capture_output=True, timeout=_WALL_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise _beyond_limits(path) from None
    if child.returncode < 0:  # killed by a signal: SIGXCPU, or SIGKILL from the system
        raise _beyond_limits(path)
    try:
        answer = json.loads(child.stdout)
    except ValueError:
        last = child.stderr.decode(errors="replace").strip().splitlines()[-1:] or ["no message"]
        raise SourceError(
            path, f"It cannot be read as PDF ({last[0]}).", "Print it to a new PDF and try that."
        ) from None
    if "error" in answer:
        raise SourceError(path, f"It cannot be read as PDF ({answer['error']}).", "Print it to a new PDF and try that.")
    pages = [unicodedata.normalize("NFC", page).strip() for page in answer["pages"]]
    if not any(pages):
        raise SourceError(
            path,
            "No page of it holds text; it is probably scanned.",
            "Run text recognition (OCR) on it first, or leave it out.",
        )
    title = answer["title"].strip() or path.stem
    for number, page in enumerate(pages, start=1):
        if page:
            yield TextDocument(f"{name}#p{number}", page, title)


def _beyond_limits(path: Path) -> SourceError:
    return SourceError(
        path,
        f"Reading it took more than {CPU_SECONDS} s of processor time or {MEMORY_BYTES >> 20} MiB of memory.",
        "Split it into smaller files, or leave it out.",
    )
