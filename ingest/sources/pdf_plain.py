"""Pages of a PDF as plain text, read by pypdf: where pdfium gives up, or finds letters that are none."""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Plain:
    """``pages``: how many there are, 0 where the file cannot be opened; ``texts`` by page, from 1, of those read."""

    pages: int = 0
    texts: dict[int, str] = field(default_factory=dict)
    title: str = ""
    locked: bool = False  # it needs a password


class _OutOfTime(Exception):
    """The processor time allowed is used up."""


def plain(path: Path, wanted: Sequence[int] | None, *, in_time: bool) -> Plain:
    """The texts of the pages wanted, or of all of them; a page that cannot be read has none.

    Args:
        path: the PDF.
        wanted: page numbers from 1; None for all.
        in_time: stop where processor time or memory end, with what was read so far, instead of ending the process.

    Raises:
        MemoryError: memory is at an end, and not ``in_time``.
    """
    from pypdf import PdfReader  # after the limits, so that they hold for its import too

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    found = Plain()
    try:
        with _stopping(in_time):
            reader = PdfReader(path)
            if reader.is_encrypted and not reader.decrypt(""):
                found.locked = True
                return found
            found.pages = len(reader.pages)
            for number in range(1, found.pages + 1) if wanted is None else wanted:
                _read_page(reader, number, found)
            title = reader.metadata.title if reader.metadata else None
            found.title = title if isinstance(title, str) else ""
    except (_OutOfTime, MemoryError):
        if not in_time:
            raise
    # A damaged PDF raises whatever the parser stumbles over: what was read before is all there is.
    except Exception:
        log.debug("%s cannot be read further by pypdf", path, exc_info=True)
    return found


def _read_page(reader: object, number: int, found: Plain) -> None:
    try:
        found.texts[number] = reader.pages[number - 1].extract_text()  # type: ignore[attr-defined]
    except (_OutOfTime, MemoryError):
        raise
    except Exception:
        log.debug("page %d cannot be read by pypdf", number, exc_info=True)


@contextmanager
def _stopping(in_time: bool) -> Iterator[None]:
    """The signal for used-up processor time as an exception."""

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise _OutOfTime

    if not in_time:
        yield
        return
    before = signal.signal(signal.SIGXCPU, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGXCPU, before)
