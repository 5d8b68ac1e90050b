from __future__ import annotations

import pytest

from eval.data.figures import Figure, agrees, figures, parse_figure


@pytest.mark.parametrize(
    "text",
    ["8억 5,000만원", "8억5천", "8.5억", "85,000만원", "850,000,000원", "KRW 850 million", "KRW 0.85 billion",
     "₩850,000,000", "850 million won"],
)  # fmt: skip
def test_one_price_in_many_forms(text: str) -> None:
    assert figures(text) == [Figure("won", 850_000_000)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12억 9,640만원", [("won", 1_296_400_000)]),
        ("2026년 3월", [("month", 202603)]),
        ("March 2026", [("month", 202603)]),
        ("2024년 12월 24일부터 12월 27일까지", [("date", 20241224), ("month_day", 1227)]),
        ("24 December 2024 to Dec 27, 2024", [("date", 20241224), ("date", 20241227)]),
        ("2024-12-24", [("date", 20241224)]),
        ("84.98㎡(약 25.7평)", [("m2", 84.98), ("pyeong", 25.7)]),
        ("1.2 km, about 24 min", [("m", 1200), ("minutes", 24)]),
        ("407m(도보 약 8분)", [("m", 407), ("minutes", 8)]),
        ("from 63 to 75 points", [("points", 63), ("points", 75)]),
        ("59.9~84.9㎡", [("m2", 59.9), ("m2", 84.9)]),
        ("40.47 대 1", [("ratio", 40.47)]),
        ("from local residents (42 per unit)", [("ratio", 42)]),
        ("10,000,000 won per unit", [("won", 10_000_000)]),
        ("22.78 applications per unit (10,798 for 474 units)", [("ratio", 22.78), ("homes", 474)]),
        ("1,856세대", [("homes", 1856)]),
        ("3 unit types, 30 units", [("homes", 30)]),
        ("광명 11, 84A, 7호선, 2단지", []),
        ("월세 20%", [("percent", 20)]),
    ],
)
def test_figures_are_read_with_their_units(text: str, expected: list[tuple[str, float]]) -> None:
    assert figures(text) == [Figure(*pair) for pair in expected]


@pytest.mark.parametrize(
    ("said", "truth"),
    [
        (Figure("m2", 84), Figure("m2", 84.98)),
        (Figure("month", 202412), Figure("date", 20241224)),
        (Figure("month_day", 1227), Figure("date", 20241227)),
        (Figure("m", 350), Figure("m", 347)),
        (Figure("ratio", 40.5), Figure("ratio", 40.47)),
    ],
)
def test_an_honest_rounding_agrees(said: Figure, truth: Figure) -> None:
    assert agrees(said, truth)


@pytest.mark.parametrize(
    ("said", "truth"),
    [
        (Figure("m2", 85), Figure("m2", 84.98)),
        (Figure("date", 20241224), Figure("month", 202412)),  # more than the truth says
        (Figure("m", 320), Figure("m", 347)),
        (Figure("won", 1_300_000_000), Figure("won", 1_296_400_000)),
        (Figure("homes", 347), Figure("m", 347)),
        (Figure("points", 53), Figure("points", 54)),
    ],
)
def test_another_value_or_unit_does_not_agree(said: Figure, truth: Figure) -> None:
    assert not agrees(said, truth)


def test_figures_of_a_dataset_carry_their_unit_before_a_colon() -> None:
    assert parse_figure("month:2021-02") == Figure("month", 202102)
    assert parse_figure("won:1296400000") == Figure("won", 1_296_400_000)
    assert parse_figure("17:30") is None
    with pytest.raises(ValueError, match="could not convert"):
        parse_figure("won:12억")


def test_a_day_with_a_month_of_its_own_is_not_of_the_month_before() -> None:
    said = figures("The contract period is from 30 July 2021 to 3 August 2021.")
    assert {figure.value for figure in said if figure.unit == "date"} == {20210730, 20210803}
