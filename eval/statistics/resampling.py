"""Intervals of means and of paired differences, by resampling the pairs.

Questions of one pair rise and fall together, so pairs are drawn, never single questions (cluster bootstrap: Efron &
Tibshirani 1993, chapter 8; percentile interval).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

RESAMPLES = 10_000
SEED = 20251201


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its 95 % interval; ``pairs`` it rests on."""

    mean: float
    low: float
    high: float
    pairs: int


def mean_of(values: Iterable[tuple[str, float]]) -> Estimate:
    """The mean of ``(pair, value)`` over all values, where whole pairs are resampled.

    Raises:
        ValueError: there is no value.
    """
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for pair, value in values:
        sums[pair][0] += value
        sums[pair][1] += 1
    if not sums:
        raise ValueError("no value to take the mean of")
    table = np.array(list(sums.values()))
    # Most pairs are alike (no change, one question): how many of each sort are drawn is quicker than which.
    sorts, counts = np.unique(table, axis=0, return_counts=True)
    totals = np.random.default_rng(SEED).multinomial(len(table), counts / len(table), size=RESAMPLES) @ sorts
    means = totals[:, 0] / totals[:, 1]
    low, high = np.percentile(means, [2.5, 97.5])
    return Estimate(float(table[:, 0].sum() / table[:, 1].sum()), float(low), float(high), len(table))


def difference(ones: Iterable[tuple[str, float]], others: Iterable[tuple[str, float]]) -> Estimate:
    """The mean over pairs of (mean of ``ones`` minus mean of ``others``); pairs that lack a side are left out.

    Raises:
        ValueError: no pair has both sides.
    """
    left, right = _by_pair(ones), _by_pair(others)
    return mean_of((pair, left[pair] - right[pair]) for pair in left if pair in right)


def _by_pair(values: Iterable[tuple[str, float]]) -> dict[str, float]:
    grouped: dict[str, list[float]] = defaultdict(list)
    for pair, value in values:
        grouped[pair].append(value)
    return {pair: sum(of) / len(of) for pair, of in grouped.items()}
