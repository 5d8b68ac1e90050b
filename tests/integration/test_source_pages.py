"""The page of a PDF that a citation stands on, drawn from the file that was read, and from no other."""

from __future__ import annotations

import hashlib
import shutil
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from fpdf import FPDF
from PIL import Image
from psycopg_pool import ConnectionPool

from assistant.adapters.pages.picture import MARK
from assistant.adapters.pages.source import SourcePages
from assistant.adapters.postgres.queries import query

PAGES = ("The office opens at nine.", "Guests park for four hours without charge. Then each ten minutes cost 500 won.")
QUOTE = "Guests park for four hours without charge."


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    pdf = FPDF()
    pdf.set_font("helvetica", size=24)
    for text in PAGES:
        pdf.add_page()
        pdf.multi_cell(0, 12, text)
    path = tmp_path / "notice.pdf"
    pdf.output(str(path))
    return path


@pytest.fixture
def pages(pool: ConnectionPool, notice: Path) -> SourcePages:
    """With ``document:notice`` read from the file."""
    digest = hashlib.sha256(notice.read_bytes()).digest()
    with pool.connection() as connection:
        run = connection.execute(query("ledger/put_run"), (b"", b"", datetime.now(UTC))).fetchone()
        assert run is not None
        file = {"paths": [str(notice)], "roots": [str(notice)], "hashes": [digest], "sizes": [1]}
        connection.execute(query("ledger/put_source_files"), {**file, "version": 1, "run": run[0]})
        held = (["document:notice"], [str(notice)], [b""])
        connection.execute(query("ledger/put_document_sources"), held)
    return SourcePages(pool)


def _marked(picture: bytes) -> float:
    """The share of the picture that is marked."""
    image = Image.open(BytesIO(picture)).convert("RGB")
    colours = image.getcolors() or []
    return sum(count for count, colour in colours if colour == MARK) / (image.width * image.height)


def test_page_is_drawn_with_the_quote_marked_across_its_lines(pages: SourcePages) -> None:
    picture = pages.drawn("document:notice", 2, QUOTE)
    assert picture is not None
    assert Image.open(BytesIO(picture)).width == 1000
    assert 0.005 < _marked(picture) < 0.1
    other = pages.drawn("document:notice", 1, QUOTE)
    assert other is not None
    assert _marked(other) == 0


def test_page_that_there_is_not_is_not_shown(pages: SourcePages) -> None:
    assert pages.drawn("document:notice", 3, QUOTE) is None


def test_file_that_changed_or_is_gone_is_not_shown(pages: SourcePages, notice: Path) -> None:
    kept = notice.with_name("kept.pdf")
    shutil.copy(notice, kept)
    notice.write_bytes(notice.read_bytes() + b"\n")
    assert pages.drawn("document:notice", 2, QUOTE) is None
    shutil.move(kept, notice)
    assert pages.drawn("document:notice", 2, QUOTE) is not None
    notice.unlink()
    assert pages.drawn("document:notice", 2, QUOTE) is None


def test_document_of_no_ledger_is_not_shown(pages: SourcePages) -> None:
    assert pages.drawn("document:other", 1, QUOTE) is None
