"""What the assistant reads, as files for people; and the font that PDFs need."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.domain import Chunk, Document, Sentence
from assistant.errors import BudongiError
from ingest import fonts
from ingest.render import file_name, markdown, write

SENTENCE = Sentence("새솔 한빛은 총 390세대입니다.", "Saesol Hanbit has 390 households.")
DOCUMENT = Document(
    domain="housing",
    source_id="2031000001",
    name_ko="새솔 한빛/1단지",
    name_en="Saesol Hanbit 1",
    chunks=(Chunk("supply", "새솔 한빛(Saesol Hanbit)은 총 390세대입니다.", (SENTENCE,)),),
    aliases=("한빛",),
)


def test_markdown_has_the_text_that_is_searched_and_both_languages_that_are_cited(tmp_path: Path) -> None:
    path, index = write([DOCUMENT], tmp_path, "md")
    text = path.read_text(encoding="utf-8")
    assert text == markdown(DOCUMENT)
    for shown in (DOCUMENT.name_en, "한빛", DOCUMENT.chunks[0].text, SENTENCE.ko, SENTENCE.en, "housing:2031000001"):
        assert shown in text
    assert path.name in index.read_text(encoding="utf-8")


def test_a_file_is_named_by_domain_id_and_name_without_what_file_systems_refuse() -> None:
    assert file_name(DOCUMENT) == "housing-2031000001-새솔_한빛_1단지.md"


def test_without_a_font_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fonts, "FOLDERS", (str(tmp_path),))
    monkeypatch.setattr(fonts, "PACKAGES", ("no-such-package",))
    with pytest.raises(fonts.FontError, match="fonts-nanum"):
        fonts.korean_font()
    (tmp_path / "NanumGothic.ttf").touch()
    assert fonts.korean_font() == tmp_path / "NanumGothic.ttf"
    with pytest.raises(fonts.FontError, match=r"no such font file"):
        fonts.korean_font(tmp_path / "missing.ttf")


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(BudongiError, match="--out"):
        write([DOCUMENT], tmp_path / "file", "md")
