"""Tests of a change on the same questions: what changed from right to wrong and back, and could noise have done it?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from math import comb

import numpy as np
from numpy.typing import NDArray

Runs = Mapping[str, Sequence[float]]  # by case id, the score of each repeat: 1 right, 0 wrong


def mcnemar(lost: int, gained: int) -> float:
    """Exact two-sided p-value of ``lost`` cases right before only and ``gained`` ones right after only (McNemar 1947).

    The cases that did not change say nothing of a change; of the others, by chance alone, half go either way.
    """
    changed = lost + gained
    as_uneven = sum(comb(changed, fewer) for fewer in range(min(lost, gained) + 1))
    return min(1.0, 2 * as_uneven / (1 << changed))


def noisy(runs: Runs) -> bool:
    """Whether repeats of one case disagree: then the same program, run again, gives another accuracy."""
    return any(len(set(scores)) > 1 for scores in runs.values())


def fall_by_chance(before: Runs, after: Runs, cases: Sequence[str]) -> float:
    """One-sided p-value: how often two runs of the *same* program fall as far as ``after`` fell below ``before``.

    Exact permutation test. Of one program it is chance which of a case's repeats came in which run: the right ones
    among those of ``after`` are hypergeometric, given how many of all were right. The sums over the cases are
    convolved, not simulated. With one repeat each it is McNemar's exact test, one-sided.

    Raises:
        ValueError: a score is neither 0 nor 1, or cases were repeated unequally often.
    """
    shapes = {(len(before[case]), len(after[case])) for case in cases}
    if len(shapes) != 1:
        raise ValueError(f"cases were repeated unequally often: {sorted(shapes)}")
    ((first, second),) = shapes
    if any(score not in (0, 1) for case in cases for run in (before, after) for score in run[case]):
        raise ValueError("the test is for answers right or wrong, and a score lies between")
    right_after = sum(int(sum(after[case])) for case in cases)
    chances, fixed = np.ones(1), 0
    for case in cases:
        right = int(sum(before[case]) + sum(after[case]))
        if right in (0, first + second):  # all wrong or all right: no two ways to share them out
            fixed += second if right else 0
        else:
            chances = np.convolve(chances, _shares(first + second, right, second))
    return min(1.0, float(chances[: right_after - fixed + 1].sum()))


@cache
def _shares(runs: int, right: int, drawn: int) -> NDArray[np.float64]:
    """Of ``runs`` with so many ``right``, the chance of 0, 1, … right ones among ``drawn`` of them."""
    ways = [comb(right, among) * comb(runs - right, drawn - among) for among in range(drawn + 1)]
    return np.array(ways) / comb(runs, drawn)
