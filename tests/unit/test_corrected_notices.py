"""What a notice's title says of being a correction is no part of the complex's name."""

from __future__ import annotations

import pytest

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
