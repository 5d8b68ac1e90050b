"""A PDF is read once per content."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ingest.sources.pdf_cache import remembered


class Reader:
    """Counts how often it was asked."""

    def __init__(self, answer: dict[str, Any]) -> None:
        self.answer = answer
        self.asked = 0

    def __call__(self, path: Path) -> dict[str, Any]:
        self.asked += 1
        return {**self.answer, "bytes": path.read_text()}


def test_only_other_content_is_read_again(tmp_path: Path) -> None:
    folder, file, reader = tmp_path / "cache", tmp_path / "a.pdf", Reader({"blocks": [["한글"]]})
    file.write_text("one")
    assert [remembered(folder, file, reader) for _ in range(3)] == [{"blocks": [["한글"]], "bytes": "one"}] * 3
    assert reader.asked == 1
    file.write_text("two")
    assert remembered(folder, file, reader)["bytes"] == "two"
    assert reader.asked == 2
    (tmp_path / "b.pdf").write_text("one")
    assert remembered(folder, tmp_path / "b.pdf", reader)["bytes"] == "one"
    assert reader.asked == 2


def test_what_failed_and_what_is_damaged_is_read_again(tmp_path: Path) -> None:
    folder, file, reader = tmp_path / "cache", tmp_path / "a.pdf", Reader({"error": "too slow"})
    file.write_text("one")
    for _ in range(2):
        remembered(folder, file, reader)
    assert reader.asked == 2
    reader = Reader({"blocks": []})
    remembered(folder, file, reader)
    for kept in folder.iterdir():
        kept.write_text("{")
    assert remembered(folder, file, reader)["bytes"] == "one"
    assert reader.asked == 2


def test_without_a_folder_nothing_is_kept(tmp_path: Path) -> None:
    file, reader = tmp_path / "a.pdf", Reader({})
    file.write_text("one")
    for _ in range(2):
        remembered(None, file, reader)
    assert reader.asked == 2
    assert list(tmp_path.iterdir()) == [file]
