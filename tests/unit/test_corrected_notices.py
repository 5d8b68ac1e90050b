"""What a notice's title says of being a correction is no part of the complex's name."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from shipped import PROMPTS

from ingest.reading import SAMPLES
from ingest.sources import read
from ingest.sources.notices import CORRECTED


@pytest.mark.parametrize(
    "title",
    [
        "[정정공고] 독산 자이",
        "독산 자이 [정정공고]",
        "독산 자이(정정공고)",
        "[정정] 독산 자이",
        "[정정 공고 2차] 독산 자이",
        "정정공고 독산 자이",
        "독산 자이 정정공고",
        "[정정공고]독산 자이",
    ],
)
def test_the_mark_is_taken_off(title: str) -> None:
    assert CORRECTED.sub(" ", title).strip() == "독산 자이"


@pytest.mark.parametrize("title", ["정정동 자이", "독산 자이 (추가모집)", "공정정원 아파트", "독산 정정공원마을"])
def test_other_titles_stay(title: str) -> None:
    assert not CORRECTED.search(title)


def test_a_correction_of_the_same_number_is_the_one_that_is_read(tmp_path: Path) -> None:
    with (SAMPLES / "housing/notices.csv").open(encoding="utf-8-sig", newline="") as source:
        first = next(csv.DictReader(source))
    rows = [
        {"주택명": "[정정공고] 독산 자이", "모집공고일": "2025-03-04", "공급규모": "11"},
        {"주택명": "독산 자이", "모집공고일": "2025-03-01", "공급규모": "10"},
        {"주택명": "[정정공고] 독산 자이", "모집공고일": "2025-03-08", "공급규모": "12"},
    ]
    with (tmp_path / "notices.csv").open("w", newline="") as target:
        writer = csv.DictWriter(target, list(first))
        writer.writeheader()
        writer.writerows({**first, **row} for row in rows)
    sources = read(PROMPTS, [tmp_path])
    assert [(notice.name, notice.households, notice.corrected) for notice in sources.notices] == [
        ("독산 자이", 12, True)
    ]
    assert len(sources.skipped) == 2
    assert sources.errors == ()
