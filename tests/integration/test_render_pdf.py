"""A PDF of what the assistant reads can be read back: the font is embedded with the letters it needs."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from assistant.domain import Chunk, Document, Sentence
from ingest import fonts
from ingest.render import write

SENTENCE = Sentence("새솔 한빛은 총 390세대입니다.", "Saesol Hanbit has 390 households.")


def test_a_pdf_has_both_languages_and_a_bookmark_per_document(tmp_path: Path) -> None:
    try:
        font = fonts.korean_font()
    except fonts.FontError:
        pytest.skip("no Korean font on this machine")
    chunks = (Chunk("supply", "새솔 한빛(Saesol Hanbit)은 총 390세대입니다.", (SENTENCE,)),)
    documents = [Document("housing", str(n), f"새솔 한빛 {n}", "Saesol Hanbit", chunks) for n in (1, 2)]
    (path,) = write(documents, tmp_path, "pdf", font)
    pdf = pypdfium2.PdfDocument(path)
    text = pdf[0].get_textpage().get_text_bounded()
    assert SENTENCE.ko in text
    assert SENTENCE.en in text
    assert [bookmark.get_title() for bookmark in pdf.get_toc()] == ["새솔 한빛 1", "새솔 한빛 2"]
