"""Where English names come from, corrections, and the list of words to correct."""

from __future__ import annotations

from pathlib import Path

import pytest
from shipped import PROMPTS

from ingest.glossary import Glossary, Translation
from ingest.glossary_report import NameUsed, report_lines, romanised_words
from ingest.inspection import overrides
from ingest.records import Term
from ingest.sources import read

GIVEN = (
    Term("station", "가온역", "Gaon"),
    Term("brand", "한빛채", "Hanbitchae"),
    Term("dong", "광장동", "Gwangjang-dong"),
)


def test_a_correction_wins_over_every_other_source_and_says_so() -> None:
    assert Glossary(GIVEN).translation("가온역", "station") == Translation("Gaon", "glossary")
    after = Glossary((*GIVEN, Term("station", "가온역", "Gaon Central", override=True)))
    assert after.translation("가온역", "station") == Translation("Gaon Central", "override")


def test_a_correction_of_a_word_reaches_every_name_that_holds_it() -> None:
    assert Glossary(GIVEN).translation("트르브 광장", "complex").romanised == ("트르브",)
    corrected = Glossary((*GIVEN, Term("name", "트르브", "Truve", override=True)))
    assert corrected.english("트르브 광장", "complex").startswith("Truve ")
    assert corrected.english("트르브", "park") == "Truve"
    assert corrected.translation("트르브 광장", "complex").romanised == ()


def test_a_school_is_named_after_its_place_and_not_after_a_word() -> None:
    assert Glossary(GIVEN).english("광장중학교", "school") == "Gwangjang Middle School"


@pytest.mark.parametrize(
    ("ko", "kind", "provenance"),
    [("자이", "brand", "brand table"), ("한빛채", "brand", "glossary"), ("뷁뷁", "complex", "romanised")],
)
def test_every_name_has_a_provenance(ko: str, kind: str, provenance: str) -> None:
    assert Glossary(GIVEN).translation(ko, kind).provenance == provenance


def test_words_are_listed_worst_first_by_how_many_documents_hold_them() -> None:
    names = [
        NameUsed("park", "가나공원", "Gana Park", "composed", 2, ("가나",)),
        NameUsed("complex", "다라 자이", "Dara Xi", "composed", 1, ("다라",)),
        NameUsed("school", "다라초등학교", "Dara Elementary School", "composed", 4, ("다라",)),
    ]
    words = romanised_words(names, Glossary(()))
    assert [(word.ko, word.documents) for word in words] == [("다라", 5), ("가나", 2)]
    shown = list(report_lines(names, words, 1))
    assert any(line.split()[:3] == ["5", "다라", "Dara"] for line in shown)
    assert any("1 more" in line for line in shown)


def test_a_file_of_corrections_is_read_and_a_wrong_kind_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "glossary" / "overrides.csv"
    file.parent.mkdir()
    file.write_text("kind,ko,en\n,트르브,Truve\nschool,가온초등학교,Gaon Elementary\n", encoding="utf-8")
    assert overrides(tmp_path) == [file]
    assert overrides(tmp_path / "elsewhere") == []
    assert read(PROMPTS, [file]).terms == (
        Term("name", "트르브", "Truve", override=True),
        Term("school", "가온초등학교", "Gaon Elementary", override=True),
    )
    file.write_text("kind,ko,en\nplanet,화성,Mars\n", encoding="utf-8")
    assert "planet" in str(read(PROMPTS, [file]).errors[0])
