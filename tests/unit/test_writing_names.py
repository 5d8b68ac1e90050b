"""Names in housing documents: companies, what people call a complex, and the name in every part of a long topic."""

from __future__ import annotations

import pytest

from ingest.address import Address
from ingest.writing.names import aliases
from ingest.writing.statements import Noun, Statement, chunks
from ingest.writing.supply import companies


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(주)대우건설  두산건설(주)", ["대우건설", "두산건설"]),
        ("㈜포스코이앤씨  (주)한화", ["포스코이앤씨", "한화"]),
        ("에이치디씨현대산업개발 주식회사", ["에이치디씨현대산업개발"]),
        ("주식회사 태왕이앤씨", ["태왕이앤씨"]),
        ("강산건설 주식회사  주식회사 미래도건설", ["강산건설", "미래도건설"]),
        ("(주)대우건설 두산건설(주)", ["대우건설", "두산건설"]),
        ("한국토지주택공사 경기북부지역본부", ["한국토지주택공사 경기북부지역본부"]),
        ("", []),
    ],
)
def test_companies(text: str, expected: list[str]) -> None:
    assert companies(text) == expected


def test_aliases_are_what_people_call_it() -> None:
    address = Address("경기도", "광명시", "광명동")
    found = aliases("광명 롯데캐슬 시그니처(본청약)", address)
    assert {"광명 롯데캐슬 시그니처", "롯데캐슬 시그니처", "광명동 롯데캐슬", "광명롯데캐슬시그니처"} <= set(found)
    assert "왕숙 A-24블록" in aliases("왕숙 A-24블록 신혼희망타운(공공분양)(본청약)", address)
    # Not names: what kind of notice it is, and what is left of a name that is only a district.
    assert "조합원 취소분" not in aliases("래미안 원베일리(조합원 취소분)", address)
    assert "서울대방" not in aliases("서울대방 신혼희망타운(공공분양)", address)
    assert "부천대장 A-6BL" in aliases("e편한세상 대장 퍼스티움(부천대장 A-6BL)", address)
    assert "목동 자이" not in aliases("운정자이 시그니처", Address("경기도", "파주시", "목동동"))
    assert "검단역 롯데 캐슬" not in aliases("검단역 롯데 캐슬", address)


def test_long_topics_split_and_each_part_names_the_complex() -> None:
    name = Noun("아주 긴 이름의 아파트", "Very Long Apartments")
    statements = [
        Statement("price", "{name}의 값은 {n}원입니다.", "{name}: {n}", {"name": name, "n": n}, listed="값 {n}원.")
        for n in range(10**9, 10**9 + 60)
    ]
    parts = list(chunks("price", statements, "price"))
    assert [part.topic for part in parts] == ["price", "price-2", "price-3"]
    assert all(part.text.startswith("아주 긴 이름의 아파트(Very Long Apartments)의 값은") for part in parts)
    assert all(len(part.text) <= 560 for part in parts)
    assert sum(len(part.sentences) for part in parts) == 60
