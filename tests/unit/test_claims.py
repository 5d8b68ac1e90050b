from __future__ import annotations

import pytest

from assistant.language.claims import claims, unsupported


@pytest.mark.parametrize("text", ["8억 5,000만원", "8억5천", "850,000천원", "8.5억", "85,000만원", "KRW 850 million"])
def test_one_price_in_many_forms(text: str) -> None:
    assert claims(text) == {("won", 850_000_000)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026년 3월", {("month", 202603)}),
        ("March 2026", {("month", 202603)}),
        ("2025년 12월 8일", {("date", 20251208)}),
        ("8 December 2025", {("date", 20251208)}),
        ("2025-12-08", {("date", 20251208)}),
        ("84.98㎡(약 25.7평)", {("m2", 84.98), ("pyeong", 25.7)}),
        ("1.2km", {("m", 1200.0)}),
        ("320m, 약 7분", {("m", 320.0), ("minute", 7.0)}),
        ("1,065세대", {("home", 1065.0)}),
        ("12.56 대 1", {("ratio", 12.56)}),
        ("최저 53점", {("point", 53.0)}),
        *((form, {("ratio", 12.5)}) for form in ("12.5:1", "12.5 : 1", "12.5 to 1", "12.5 to one")),
        ("type 120.43: 1 general supply", {("number", 120.43), ("number", 1.0)}),
        ("from 12 to 15 points", {("number", 12.0), ("point", 15.0)}),
        ("7 unit types", {("number", 7.0)}),
        ("57.37M 타입", {("number", 57.37)}),
        ("7호선", {("line", 7.0)}),
        ("Line 7", {("line", 7.0)}),
        ("숫자 없음 [1][2]", set()),
    ],
)
def test_figures_carry_their_units(text: str, expected: set[tuple[str, float]]) -> None:
    assert claims(text) == expected


def test_a_figure_with_another_unit_or_value_is_not_supported() -> None:
    evidence = "전용 84.98㎡, 8억 5,000만원, 320m, 78세대, 2027년 7월 15일"
    for sentence in (
        "8억 5,100만원입니다",
        "320세대입니다",
        "78m입니다",
        "2027년 8월입니다",
        "85㎡입니다",
        "7호선입니다",
    ):
        assert unsupported(sentence, claims(evidence)), sentence
    for sentence in ("8.5억입니다", "0.32km입니다", "78세대입니다", "2027년 7월입니다", "84㎡입니다"):
        assert not unsupported(sentence, claims(evidence)), sentence
