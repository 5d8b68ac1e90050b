"""Particles, figures and dates as Korean writes them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.ko.writing import area, attach, month, number, period, pyeong, won


@pytest.mark.parametrize(
    ("word", "particle", "expected"),
    [
        ("롯데캐슬", "은", "롯데캐슬은"),
        ("래미안", "이", "래미안이"),
        ("힐스테이트", "은", "힐스테이트는"),
        ("자이", "을", "자이를"),
        ("자이", "과", "자이와"),
        ("철산역", "과", "철산역과"),
        # 으로 becomes 로 after a vowel and after ㄹ.
        ("서울", "으로", "서울로"),
        ("광명", "으로", "광명으로"),
        ("7", "으로", "7로"),
        # Digits by their reading: 일 이 삼 사 오 육 칠 팔 구 십.
        ("힐스테이트 광명 11", "은", "힐스테이트 광명 11은"),
        ("신원아침도시2", "은", "신원아침도시2는"),
        ("웰카운티 3", "이", "웰카운티 3이"),
        ("하우스토리 10", "은", "하우스토리 10은"),
        ("9", "이", "9가"),
        # Latin letters by their Korean names or, for words, as they are read.
        ("오산 SK VIEW", "은", "오산 SK VIEW는"),
        ("마곡 HQ", "은", "마곡 HQ는"),
        ("DMC 센트럴 SL", "이", "DMC 센트럴 SL이"),
        ("에코시티 A-4BL", "은", "에코시티 A-4BL은"),
        ("에코시티 A-4BL", "으로", "에코시티 A-4BL으로"),
        ("IPARK", "을", "IPARK를"),
        ("Dream Castle", "은", "Dream Castle은"),
        ("Dream Castle", "으로", "Dream Castle로"),
        ("Skyline Tower", "이", "Skyline Tower가"),
        ("Ocean Landing", "을", "Ocean Landing을"),
        ("Summit", "과", "Summit과"),
        ("한빛 HR", "은", "한빛 HR은"),
        # Units by their names: 미터, 킬로미터.
        ("350m", "은", "350m는"),
        ("1.2km", "을", "1.2km를"),
        ("「주택법」", "은", "「주택법」은"),
        # Roman numerals, as one sign and as letters.
        ("검단Ⅲ", "은", "검단Ⅲ은"),
        ("파밀리에Ⅱ", "은", "파밀리에Ⅱ는"),
        ("호반써밋 III", "이", "호반써밋 III이"),
        # Brackets are not read.
        ("왕숙 A-24블록 신혼희망타운(공공분양)(본청약)", "은", "왕숙 A-24블록 신혼희망타운(공공분양)(본청약)은"),
        ("위브하늘채(10년공임)", "이", "위브하늘채(10년공임)가"),
        ("84.98㎡", "은", "84.98㎡는"),
        ("‘힐스테이트’", "은", "‘힐스테이트’는"),
    ],
)
def test_particle_follows_the_sound_of_the_word(word: str, particle: str, expected: str) -> None:
    assert attach(word, particle) == expected


def test_unknown_particle_is_an_error() -> None:
    with pytest.raises(KeyError):
        attach("자이", "는")


@pytest.mark.parametrize(
    ("manwon", "expected"),
    [(85_000, "8억 5,000만원"), (100_000, "10억원"), (9_800, "9,800만원"), (10_001, "1억 1만원"), (0, "0만원")],
)
def test_won(manwon: int, expected: str) -> None:
    assert won(manwon) == expected


@given(st.integers(min_value=1, max_value=10_000_000))
def test_won_loses_nothing(manwon: int) -> None:
    match = re.fullmatch(r"(?:([\d,]+)억)?\s?(?:([\d,]+)만)?원", won(manwon))
    assert match is not None
    hundred_millions, rest = (int((part or "0").replace(",", "")) for part in match.groups())
    assert hundred_millions * 10_000 + rest == manwon
    assert rest < 10_000


@given(st.integers(min_value=1, max_value=9_999_999))
def test_number_loses_nothing(ten_thousandths: int) -> None:
    value = ten_thousandths / 10_000
    shown = number(value)
    assert float(shown.replace(",", "")) == pytest.approx(value, abs=1e-9)
    assert not shown.endswith(".")


def test_number_keeps_the_zeros_of_whole_numbers() -> None:
    assert number(100) == "100"
    assert number(1_200, 0) == "1,200"


def test_area_and_pyeong() -> None:
    assert area(84.98) == "84.98㎡(약 25.7평)"
    assert pyeong(84) == "25.4"


def test_dates() -> None:
    assert month(date(2026, 3, 1)) == "2026년 3월"
    assert period(date(2025, 12, 8), date(2025, 12, 10)) == "2025년 12월 8일부터 12월 10일까지"
    assert period(date(2025, 12, 30), date(2026, 1, 2)) == "2025년 12월 30일부터 2026년 1월 2일까지"
    assert period(date(2025, 12, 8), date(2025, 12, 8)) == "2025년 12월 8일 하루"
