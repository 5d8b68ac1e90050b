"""What a share of right answers says about the share one may expect, and how small a change can be seen."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

Z_95 = 1.959963984540054
Z_POWER_80 = 0.8416212335729143


def wilson(right: float, total: float) -> tuple[float, float]:
    """Wilson score interval at 95 % of a proportion (Wilson 1927): unlike ±1.96 σ it stays in [0, 1] near the ends.

    Raises:
        ValueError: ``total`` is not positive, or ``right`` not within it.
    """
    if total <= 0 or not 0 <= right <= total:
        raise ValueError(f"{right} of {total} is no proportion")
    share, square = right / total, Z_95**2 / total
    centre = (share + square / 2) / (1 + square)
    half = Z_95 / (1 + square) * math.sqrt(share * (1 - share) / total + square / (4 * total))
    # At the ends the bound is exactly 0 or 1; floats come out a hair beside it.
    return (0.0 if right == 0 else centre - half), (1.0 if right == total else centre + half)


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` of ``values`` lie, between neighbours by line; ``values`` must not be empty."""
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def clustered_error(values: Iterable[tuple[str, float]]) -> float:
    """Standard error of the mean of ``(cluster, value)``, where values of one cluster rise and fall together.

    Ten questions on one complex are not ten independent ones. The sandwich estimator of a mean (Liang & Zeger 1986;
    for evaluations: Miller 2024, "Adding Error Bars to Evals"), with the usual factor G / (G - 1) for G clusters. With
    every value in a cluster of its own it is the plain s / √n.

    Raises:
        ValueError: fewer than two clusters, which say nothing of the spread between clusters.
    """
    by_cluster: dict[str, list[float]] = defaultdict(list)
    for cluster, value in values:
        by_cluster[cluster].append(value)
    clusters, total = len(by_cluster), sum(map(len, by_cluster.values()))
    if clusters < 2:
        raise ValueError("the error of a mean needs two clusters or more")
    mean = sum(map(sum, by_cluster.values())) / total
    squares = sum((sum(of) - mean * len(of)) ** 2 for of in by_cluster.values())
    return math.sqrt(squares * clusters / (clusters - 1)) / total


def clustered_wilson(values: Iterable[tuple[str, float]]) -> tuple[float, float]:
    """Wilson score interval of the share of ones among ``(cluster, 0 or 1)``, where values of a cluster rise and fall
    together: that of as many values as would be as sure if each had a cluster of its own (the effective size, Kish
    1965). It is never more than there are, and as many as there are clusters where all values are alike.

    Raises:
        ValueError: there is no value.
    """
    told = list(values)
    total, clusters = len(told), len({cluster for cluster, _ in told})
    if not total:
        raise ValueError("no value to take a share of")
    share = sum(value for _, value in told) / total
    size = float(clusters)
    if 0 < share < 1 and clusters > 1:
        plain = share * (1 - share) / (total - 1)
        error = clustered_error(told)
        size = min(total, total * plain / error**2) if error else total
    return wilson(share * size, size)


def minimum_detectable(error: float) -> float:
    """The smallest true difference that a two-sided test at 5 % finds in 80 % of runs; in the unit of ``error``."""
    return (Z_95 + Z_POWER_80) * error


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """p-values adjusted for being looked at together, step down (Holm 1979): a false alarm in any of them stays rare.

    An adjusted value at or below α is significant at the family-wise level α, however the tests depend on each other.
    """
    adjusted: dict[str, float] = {}
    least = 0.0
    for rank, name in enumerate(sorted(p_values, key=p_values.__getitem__)):
        least = max(least, min(1.0, p_values[name] * (len(p_values) - rank)))
        adjusted[name] = least
    return adjusted
