from __future__ import annotations

import pytest

from assistant.language.ko.latin_letters import said_aloud


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("SK한빛뷰", ["에스케이한빛뷰"]),
        ("ARIEN(아리엔)", ["아리엔"]),
        ("한빛마루 자이", []),
        ("The Gaon", []),
        ("한빛마루(조합원 취소분)", []),
    ],
)
def test_latin_letters_are_known_as_they_are_said(name: str, forms: list[str]) -> None:
    assert list(said_aloud(name)) == forms
