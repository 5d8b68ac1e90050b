"""Run as ``python -m ingest.sources.pdf_child PATH CPU_SECONDS MEMORY_BYTES``: prints what a PDF holds as JSON.

``{"title", "metadata", "pages", "empty": [page…], "lost": {"damaged": [page…], "unreadable": [page…]}, "spoiled":
[page…], "repeated": [[text, place, pages]…], "blocks": [[page, [heading…], text, is_row]…]}``, or ``{"error",
"mend"?}``. ``repeated`` are running heads, and with an empty text page numbers; ``spoiled`` pages hold a letter that is
none.

pdfium reads first: it alone tells where a character stands and which lines are drawn, and so keeps tables. What it
cannot read or finds no letters in, the whole file or a page, pypdf tries, as plain text.
"""

from __future__ import annotations

import json
import logging
import re
import resource
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.sources.pdf_plain import Plain, plain

if TYPE_CHECKING:
    from ingest.sources.pdf_page import Drawn

log = logging.getLogger(__name__)

ANSWER = dict[str, Any]
# Private use, replacement and control characters: what a font without a table of its letters leaves.
GARBAGE = re.compile("[\ufffd\ufffe\uffff\ue000-\uf8ff\u0000-\u0008\u000e-\u001f\ud800-\udfff]")
MAX_GARBAGE = 0.3  # of a page's characters
NO_LETTER = re.compile("[\ufffd\ufffe\uffff]")
SPACES = re.compile(r"\s+")
TOO_LARGE = {"error": "It needs more memory than allowed.", "mend": "Split it into smaller files, or leave it out."}
LOCKED = {"error": "It needs a password.", "mend": "Save it without a password and try that."}
DAMAGED = {"error": "It cannot be read as PDF: it is damaged, and two different readers gave up."}
UNREADABLE = {
    "error": "Its fonts do not say which letters they draw, so its text is unreadable.",
    "mend": "Run text recognition (OCR) on it first, or leave it out.",
}


def main() -> None:
    path, cpu_seconds, memory_bytes = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    _limit(resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 1)
    _limit(resource.RLIMIT_AS, memory_bytes, memory_bytes)
    _limit(resource.RLIMIT_CORE, 0, 0)
    try:
        answer = read(path)
    except MemoryError:
        answer = TOO_LARGE
    # Lone surrogates from broken fonts cannot be written as UTF-8.
    sys.stdout.buffer.write(json.dumps(answer).encode())


def _limit(kind: int, soft: int, hard: int) -> None:
    """Set a limit, or leave the lower one that the caller has set."""
    now = resource.getrlimit(kind)[1]
    bound = hard if now == resource.RLIM_INFINITY else min(hard, now)
    resource.setrlimit(kind, (min(soft, bound), bound))


def read(path: Path) -> ANSWER:
    """What the PDF holds, or why it cannot be read."""
    pages, metadata = _with_pdfium(path)
    texts = ["".join(letter.text for letter in page.letters) if page else "" for page in pages]
    if not any(texts):
        return _of_plain(plain(path, None, in_time=False), pages)
    wanted = [n for n, page in enumerate(pages, start=1) if page is None or _is_garbage(texts[n - 1])]
    second = plain(path, wanted, in_time=True) if wanted else Plain()
    if second.pages != len(pages):  # it counts other pages than pdfium
        second = Plain()
    readable = {number: text for number, text in second.texts.items() if text.strip() and not _is_garbage(text)}
    answer = _of_drawn(path, [page if n not in wanted else None for n, page in enumerate(pages, start=1)])
    if answer is None:
        return _of_plain(plain(path, None, in_time=False), pages)
    answer["metadata"] = metadata
    _put_in(answer, readable)
    answer["empty"] = [n for n, text in enumerate(texts, start=1) if not text and n not in wanted]
    for number in wanted:
        if number not in readable:
            damaged = pages[number - 1] is None
            answer["lost"]["damaged" if damaged else "unreadable"].append(number)
    return answer if answer["blocks"] else UNREADABLE if answer["lost"]["unreadable"] else DAMAGED


def _with_pdfium(path: Path) -> tuple[list[Drawn | None], str]:
    """Every page, None where it cannot be drawn, and the title of the file's own data; no page where it cannot be
    opened."""
    import pypdfium2  # after the limits, so that they hold for its import too

    from ingest.sources.pdf_page import drawn

    pages: list[Drawn | None] = []
    try:
        document = pypdfium2.PdfDocument(path)
        for index in range(len(document)):
            try:
                pages.append(drawn(document[index]))
            except MemoryError:
                raise
            # One page, letter or font that nobody foresaw; the other pages are as they are.
            except Exception:
                log.debug("page %d cannot be drawn by pdfium", index + 1, exc_info=True)
                pages.append(None)
        return pages, document.get_metadata_dict().get("Title", "")
    except pypdfium2.PdfiumError:
        log.debug("pdfium cannot open it", exc_info=True)
        return pages, ""


def _of_drawn(path: Path, pages: Sequence[Drawn | None]) -> ANSWER | None:
    """The answer without pages that are None; None where the layout cannot be made out."""
    from ingest.sources.pdf_blocks import blocks
    from ingest.sources.pdf_page import NOTHING

    try:
        found, title, repeated = blocks([page or NOTHING for page in pages])
    except MemoryError:
        raise
    except Exception:
        log.debug("the layout of %s cannot be made out", path, exc_info=True)
        return None
    spoiled = {block.page for block in found if NO_LETTER.search(block.text)}
    return {
        "title": title,
        "metadata": "",
        "pages": len(pages),
        "empty": [],
        "lost": {"damaged": [], "unreadable": []},
        "spoiled": sorted(spoiled),
        "repeated": [[head.text, head.place, len(head.pages)] for head in repeated],
        "blocks": [[block.page, block.headings, block.text, block.is_row] for block in found],
    }


def _put_in(answer: ANSWER, texts: dict[int, str]) -> None:
    """The plain text of pages, before what stands on the pages after them."""
    for number, text in sorted(texts.items()):
        at = next((i for i, block in enumerate(answer["blocks"]) if block[0] > number), len(answer["blocks"]))
        answer["blocks"].insert(at, [number, [], text, False])


def _of_plain(found: Plain, pages: Sequence[Drawn | None]) -> ANSWER:
    """The answer where plain text is all there is. ``pages`` are those that pdfium found."""
    if found.locked:
        return LOCKED
    every = range(1, (found.pages or len(pages)) + 1)
    drawn = {number for number, page in enumerate(pages, start=1) if page is not None}
    written = {number: text for number, text in found.texts.items() if text.strip()}
    readable = {number: text for number, text in written.items() if not _is_garbage(text)}
    damaged = [number for number in every if number not in found.texts and number not in drawn]
    if not readable and (written or damaged or not every):
        return UNREADABLE if written else DAMAGED
    return {
        "title": "",
        "metadata": found.title,
        "pages": len(every),
        "empty": [number for number in every if number not in written and number not in damaged],
        "lost": {"damaged": damaged, "unreadable": [number for number in written if number not in readable]},
        "spoiled": [number for number, text in readable.items() if NO_LETTER.search(text)],
        "repeated": [],
        "blocks": [[number, [], text, False] for number, text in readable.items()],
    }


def _is_garbage(text: str) -> bool:
    """Whether so much of a page's letters is none that what is left is no text. A page without letters is empty."""
    text = SPACES.sub("", text)
    return bool(text) and len(GARBAGE.findall(text)) >= MAX_GARBAGE * len(text)


if __name__ == "__main__":
    main()
