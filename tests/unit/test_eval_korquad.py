"""Exact match and F1 as the official script computes them, by hand; and Krippendorff's published example."""

from __future__ import annotations

import pytest

from eval.scoring.korquad import exact_match, f1, normalized, tolerant
from eval.scoring.measures import Price, SetScore, set_score
from eval.statistics.agreement import krippendorff_alpha


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("'롯데건설'", "롯데건설"),
        ("《님의 침묵》", "님의 침묵"),
        ("서울(Seoul)", "서울 seoul"),
        ("3.5%", "35"),  # ASCII punctuation vanishes, a figure with it
        ("a-b", "ab"),
        ("〈토지〉 1부,  2부", "토지 1부 2부"),
        ("「토지」", "「토지」"),  # these brackets are not among those taken out
        ("“국평”", "“국평”"),
        ("  두   칸 ", "두 칸"),
        ("", ""),
    ],
)
def test_normalisation_with_its_quirks(answer: str, expected: str) -> None:
    assert normalized(answer) == expected


@pytest.mark.parametrize(
    ("prediction", "truth", "exact", "share"),
    [
        ("롯데건설", "롯데건설", 1, 1),
        ("롯데 건설", "롯데건설", 0, 1),  # a space makes them differ, and F1 does not see it
        ("설건데롯", "롯데건설", 0, 1),  # nor the order
        ("롯데건설이", "롯데건설", 0, 2 * (4 / 5) * 1 / (4 / 5 + 1)),
        ("(2026년)", "2026년", 1, 1),
        ("3.5", "35", 1, 1),
        ("", "", 1, 0),
        ("현대", "삼성", 0, 0),
        ("가가나", "가나나", 0, 2 / 3),
    ],
)
def test_scores_as_the_official_script_gives_them(prediction: str, truth: str, exact: int, share: float) -> None:
    assert exact_match(prediction, [truth]) == exact
    assert f1(prediction, [truth]) == pytest.approx(share)


def test_the_best_of_several_truths_counts() -> None:
    assert exact_match("GS건설", ["지에스건설", "gs건설"]) == 1
    assert f1("자이", ["현대", "자이아파트"]) == pytest.approx(4 / 7)


@pytest.mark.parametrize("prediction", ["롯데건설입니다.", "롯데건설이", "롯데건설에서는", "롯데건설"])
def test_a_particle_is_forgiven_where_asked_for(prediction: str) -> None:
    assert tolerant(exact_match, prediction, ["현대", "롯데건설"]) == 1
    assert tolerant(f1, prediction, ["롯데건설"]) == 1


def test_what_is_no_particle_is_not_forgiven() -> None:
    assert tolerant(exact_match, "롯데건설사", ["롯데건설"]) == 0
    assert tolerant(exact_match, "롯데", ["롯데는"]) == 0  # the truth is left as it is
    assert tolerant(exact_match, "고양이", ["고양이"]) == 1


def test_alpha_of_the_published_example() -> None:
    # Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", part C: four observers, twelve units.
    observers = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
    units = [[None if rating == "." else rating for rating in unit] for unit in zip(*observers, strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(0.743, abs=5e-4)


def test_alpha_is_one_zero_or_below() -> None:
    assert krippendorff_alpha([(1, 1), (0, 0)]) == 1
    assert krippendorff_alpha([(1, 0), (0, 1), (1, 0)]) < 0
    with pytest.raises(ValueError, match="not all the same"):
        krippendorff_alpha([(1, 1), (1, 1)])


def test_precision_and_recall_of_a_set() -> None:
    score = set_score({"a", "b", "x"}, {"a", "b", "c", "d"})
    assert (score.precision, score.recall) == (pytest.approx(2 / 3), 0.5)
    assert set_score([], []) == SetScore(1, 1)
    assert set_score([], ["a"]) == SetScore(1, 0)
    assert set_score(["a"], []) == SetScore(0, 1)


def test_what_answers_cost() -> None:
    assert Price(input=0.15, output=0.60).of(2_000_000, 500_000) == pytest.approx(0.60)
