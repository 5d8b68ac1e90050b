"""Is a candidate as good as the baseline on the same questions? Pass, alert or block, and not because of noise.

Two questions are asked of every group of cases, and both must say yes before it counts:

1. **Is the fall large?** At least 1.00 point of accuracy: alert; at least 3.00: block. A point is a hundredth.
2. **Is it more than the noise between runs of one program?** Only run-to-run noise matters here. The questions are the
   same in both runs, so which ones happened to be drawn is no noise: a question lost is lost. Repeats measure the
   noise: where all repeats of every case agree, there is none and the first question decides alone (as it does with a
   single run of each, which is how a deterministic program is measured). Else the exact permutation test of
   :func:`eval.statistics.paired.fall_by_chance` must give at most :data:`CHANCE`.

All cases are one test; the slices are tested together under Holm's correction, with a share of the allowance of their
own. By construction, then, a program against itself gives a false alert in at most 5 + 4 % of runs and a false block in
at most 0.5 + 0.4 %; ``python -m eval.perf.gate`` measures both, and the power to block a true fall.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from eval.statistics.intervals import clustered_error, holm, minimum_detectable
from eval.statistics.paired import Runs, fall_by_chance, mcnemar, noisy
from eval.statistics.resampling import mean_of

Level = Literal["pass", "alert", "block"]
LEVELS: Sequence[Level] = ("pass", "alert", "block")
FALL: Mapping[Level, float] = {"alert": 1.0, "block": 3.0}  # points
# One-sided p-value that a fall must not exceed: (all cases, the slices together).
CHANCE: Mapping[Level, tuple[float, float]] = {"alert": (0.05, 0.04), "block": (0.005, 0.004)}
SLICE_FLOOR = 50  # cases; in a smaller slice two questions make three points, so it is shown and does not decide
ALL = "all"


@dataclass(frozen=True, slots=True)
class GroupChange:
    """A group of cases before and after. ``points`` = after minus before in hundredths, with its 95 % interval over
    clusters of questions; ``lost`` and ``gained``: cases whose share of right repeats fell or rose, and ``mcnemar``
    their exact two-sided p-value. ``chance``: how often noise alone falls so far, Holm-adjusted in slices; 0
    where there is none. ``detectable``: the smallest true difference that such questions would show, in points; 100
    of a single cluster, which shows none.
    """

    group: str
    cases: int
    before: float
    after: float
    points: float
    low: float
    high: float
    lost: int
    gained: int
    mcnemar: float
    chance: float
    detectable: float
    decides: bool
    level: Level


@dataclass(frozen=True, slots=True)
class Verdict:
    """The worst level of the groups that decide; ``groups`` begins with all cases."""

    level: Level
    groups: tuple[GroupChange, ...]
    repeats: tuple[int, int]
    noise: bool


def decide(
    baseline: Runs,
    candidate: Runs,
    slices: Mapping[str, Collection[str]],
    clusters: Mapping[str, str] | None = None,
    floor: int = SLICE_FLOOR,
) -> Verdict:
    """Compare two runs case by case.

    ``baseline`` and ``candidate``: of each case id, the score of each repeat. ``slices``: case ids by the slice's name;
    ids that are no case are left out. ``clusters``: what a case is about, where several ask about the same (for the
    intervals alone); each case by itself where it is not said.

    Raises:
        ValueError: there is no case, the runs hold other cases, or a run repeats some cases more often than others.
    """
    if not baseline or baseline.keys() != candidate.keys():
        raise ValueError(f"{len(baseline.keys() ^ candidate.keys())} cases are in one run alone, of {len(baseline)}")
    repeats = tuple({len(scores) for scores in run.values()} for run in (baseline, candidate))
    if any(len(counts) != 1 or 0 in counts for counts in repeats):
        raise ValueError("a run repeats some cases more often than others")
    members = {ALL: list(baseline)} | {
        name: held for name, of in slices.items() if (held := [case for case in baseline if case in of])
    }
    levels = falls(baseline, candidate, members, floor)
    groups = tuple(
        _change(name, [(case, _mean(baseline[case]), _mean(candidate[case])) for case in of], clusters or {}, levels)
        for name, of in members.items()
    )
    level = max((level for level, _ in levels.values()), key=LEVELS.index)
    noise = noisy(baseline) or noisy(candidate)
    return Verdict(level, groups, (repeats[0].pop(), repeats[1].pop()), noise)


def falls(
    baseline: Runs, candidate: Runs, members: Mapping[str, Sequence[str]], floor: int = SLICE_FLOOR
) -> dict[str, tuple[Level, float]]:
    """The level of each group that decides, and how often noise alone falls so far; ``members`` holds :data:`ALL`."""
    noise = noisy(baseline) or noisy(candidate)
    deciding = [name for name, of in members.items() if name == ALL or len(of) >= floor]
    by_chance = {name: fall_by_chance(baseline, candidate, members[name]) if noise else 0.0 for name in deciding}
    chance = {ALL: by_chance.pop(ALL)} | holm(by_chance)
    found: dict[str, tuple[Level, float]] = {}
    for name in deciding:
        fall = 100 * sum(_mean(baseline[case]) - _mean(candidate[case]) for case in members[name]) / len(members[name])
        found[name] = (_level(fall, chance[name], whole=name == ALL), chance[name])
    return found


def _mean(scores: Sequence[float]) -> float:
    return sum(scores) / len(scores)


def _change(
    group: str,
    pairs: Sequence[tuple[str, float, float]],
    clusters: Mapping[str, str],
    levels: Mapping[str, tuple[Level, float]],
) -> GroupChange:
    """One group; ``pairs`` are (case, score before, score after)."""
    differences = [(clusters.get(case, case), 100 * (after - before)) for case, before, after in pairs]
    spread = mean_of(differences)
    lost, gained = sum(one < 0 for _, one in differences), sum(one > 0 for _, one in differences)
    level, chance = levels.get(group, ("pass", 1.0))
    return GroupChange(
        group=group,
        cases=len(pairs),
        before=sum(before for _, before, _ in pairs) / len(pairs),
        after=sum(after for _, _, after in pairs) / len(pairs),
        points=spread.mean,
        low=spread.low,
        high=spread.high,
        lost=lost,
        gained=gained,
        mcnemar=mcnemar(lost, gained),
        chance=chance,
        detectable=minimum_detectable(clustered_error(differences)) if spread.pairs > 1 else 100.0,
        decides=group in levels,
        level=level,
    )


def _level(fall: float, chance: float, *, whole: bool) -> Level:
    for level in reversed(LEVELS[1:]):
        # Rounded, or a fall of three points could come out as 2.9999999999999996.
        if round(fall, 6) >= FALL[level] and chance <= CHANCE[level][0 if whole else 1]:
            return level
    return "pass"
