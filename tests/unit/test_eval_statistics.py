"""Statistics against formulas and figures from elsewhere: textbooks, R, and counting by hand."""

from __future__ import annotations

from itertools import combinations
from statistics import stdev

import numpy as np
import pytest

from eval.statistics.intervals import clustered_error, holm, minimum_detectable
from eval.statistics.paired import fall_by_chance, mcnemar


def test_the_error_of_independent_values_is_the_usual_one() -> None:
    values = [0.0, 1.0, 1.0, 0.0, 1.0, 1.0, 1.0]
    assert clustered_error((str(n), value) for n, value in enumerate(values)) == pytest.approx(
        stdev(values) / np.sqrt(7)
    )


def test_values_that_rise_and_fall_together_say_less() -> None:
    # By hand: mean 0.5, sums of deviations 1, -1 and 0, so √(2 · 3/2) / 6.
    values = [("a", 1.0), ("a", 1.0), ("b", 0.0), ("b", 0.0), ("c", 1.0), ("c", 0.0)]
    assert clustered_error(values) == pytest.approx(np.sqrt(3) / 6)
    with pytest.raises(ValueError, match="two clusters"):
        clustered_error([("a", 1.0), ("a", 0.0)])


@pytest.mark.parametrize(
    ("lost", "gained", "expected"),
    [(0, 0, 1), (5, 0, 2 / 32), (0, 6, 2 / 64), (10, 20, 0.0987371), (7, 7, 1), (1, 2, 1)],
)
def test_mcnemar_is_the_binomial_test_of_those_that_changed(lost: int, gained: int, expected: float) -> None:
    # R: binom.test(10, 30)$p.value
    assert mcnemar(lost, gained) == pytest.approx(expected, abs=1e-7)


def test_holm_adjusts_as_r_does() -> None:
    # R: p.adjust(c(0.04, 0.01, 0.03, 0.02, 0.05), "holm")
    adjusted = holm({"a": 0.04, "b": 0.01, "c": 0.03, "d": 0.02, "e": 0.05})
    assert adjusted == pytest.approx({"a": 0.09, "b": 0.05, "c": 0.09, "d": 0.08, "e": 0.09})
    assert holm({}) == {}


def test_the_smallest_difference_found_in_four_runs_of_five() -> None:
    assert minimum_detectable(1.0) == pytest.approx(2.8016, abs=1e-4)  # 1.95996 + 0.84162


def test_with_one_run_each_the_permutation_test_is_mcnemar_one_sided() -> None:
    before = {str(n): [1] for n in range(8)} | {"gained": [0]}
    after = {str(n): [0] for n in range(8)} | {"gained": [1]}
    assert fall_by_chance(before, after, list(before)) == pytest.approx(10 / 512)


def test_the_permutation_test_is_what_counting_every_permutation_gives() -> None:
    before = {"a": [1, 1, 0], "b": [1, 1, 1], "c": [0, 1, 0], "d": [1, 1, 1]}
    after = {"a": [0, 1, 0], "b": [1, 0, 0], "c": [0, 0, 0], "d": [1, 1, 1]}
    seen = sum(map(sum, after.values()))
    sums = [0]
    for case in before:
        pooled = before[case] + after[case]
        sums = [total + sum(chosen) for total in sums for chosen in combinations(pooled, 3)]
    expected = sum(total <= seen for total in sums) / len(sums)
    assert fall_by_chance(before, after, list(before)) == pytest.approx(expected)


def test_what_the_permutation_test_cannot_judge_is_refused() -> None:
    with pytest.raises(ValueError, match="unequally"):
        fall_by_chance({"a": [1], "b": [1]}, {"a": [1], "b": [1, 1]}, ["a", "b"])
    with pytest.raises(ValueError, match="between"):
        fall_by_chance({"a": [0.5]}, {"a": [1]}, ["a"])
