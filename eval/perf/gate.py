"""How often the gate is wrong: ``python -m eval.perf.gate [--outcomes FILE…]``, a simulation on recorded outcomes.

Cases are drawn with replacement from outcomes that ``budongi eval run --out`` recorded, with their kinds and languages
as slices. A case recorded right is right in a share 1 - flip of its repeats, one recorded wrong in a share flip: 0 is a
deterministic program, 0.2 one that answers every fifth time otherwise. Then the gate decides between two runs of this
same program (false alerts, false blocks), and between it and one that is worse by exactly some points (found falls):
either by questions that it has lost for good, or by being a little worse at every question.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from eval.gate.decision import ALL, LEVELS, falls

SEED = 20261122
Chances = NDArray[np.float64]  # of each case, its chance of being right in one run


def recorded(paths: Sequence[Path]) -> list[tuple[bool, tuple[str, ...]]]:
    """Whether each recorded answer was right, and the slices it belongs to."""
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [(bool(row["right"]), (f"kind {row['kind']}", f"language {row['language']}")) for row in rows]


def runs(chances: Chances, repeats: int, random: np.random.Generator) -> dict[str, list[float]]:
    """Scores of every case in every repeat."""
    scores = (random.random((len(chances), repeats)) < chances[:, None]).astype(float)
    return {str(number): row.tolist() for number, row in enumerate(scores)}


def worse(chances: Chances, points: float, random: np.random.Generator, *, spread: bool) -> Chances:
    """Chances whose mean is ``points`` hundredths lower: all a little, or some questions lost for good."""
    fall = points / 100 * len(chances)
    if spread:
        return chances * (1 - fall / float(chances.sum()))
    lower = chances.copy()
    for case in random.permutation(len(chances)):
        taken = min(fall, lower[case])
        lower[case] -= taken
        fall -= taken
    return lower


def verdicts(
    chances: Chances, after: Chances, slices: Mapping[str, Sequence[str]], repeats: int, random: np.random.Generator
) -> str:
    """The gate's level for one pair of runs."""
    groups = {ALL: [str(number) for number in range(len(chances))], **slices}
    found = falls(runs(chances, repeats, random), runs(after, repeats, random), groups)
    return max((level for level, _ in found.values()), key=LEVELS.index)


def simulate(
    answers: Sequence[tuple[bool, tuple[str, ...]]], flip: float, cases: int, repeats: int, draws: int
) -> dict[str, Counter[str]]:
    """Levels by what truly changed, ``draws`` times each."""
    random = np.random.default_rng(SEED)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for _ in range(draws):
        drawn = [answers[number] for number in random.integers(len(answers), size=cases)]
        chances = np.array([1 - flip if right else flip for right, _ in drawn])
        slices: dict[str, list[str]] = defaultdict(list)
        for number, (_, of) in enumerate(drawn):
            for name in of:
                slices[name].append(str(number))
        for name, after in (
            ("nothing", chances),
            ("5 points worse, questions lost", worse(chances, 5, random, spread=False)),
            ("5 points worse, all a little", worse(chances, 5, random, spread=True)),
        ):
            found[name][verdicts(chances, after, slices, repeats, random)] += 1
    return found


@click.command()
@click.option("--outcomes", "paths", multiple=True, required=True, type=click.Path(path_type=Path, exists=True),
              help="Outcomes that `budongi eval run --out` wrote; may be given several times.")  # fmt: skip
@click.option("--flip", "flips", multiple=True, type=click.FloatRange(0, 0.5), default=(0.0, 0.02, 0.05, 0.1, 0.15),
              show_default=True, help="Share of repeats in which a case comes out otherwise.")  # fmt: skip
@click.option("--cases", default=500, show_default=True, type=click.IntRange(1))
@click.option("--repeats", default=5, show_default=True, type=click.IntRange(1))
@click.option("--draws", default=1000, show_default=True, type=click.IntRange(1))
def main(paths: tuple[Path, ...], flips: tuple[float, ...], cases: int, repeats: int, draws: int) -> None:
    """How often does the gate alert or block, by how noisy a program is and how much worse it became?"""
    answers = recorded(paths)
    share = sum(right for right, _ in answers) / len(answers)
    click.echo(f"{len(answers)} recorded outcomes, {share:.1%} right; {cases} cases × {repeats} repeats, {draws} draws")
    click.echo(f"{'flip':>5}  {'what changed':<32}{'alert or block':>15}{'block':>8}")
    for flip in flips:
        for name, levels in simulate(answers, flip, cases, repeats, draws).items():
            raised = 1 - levels["pass"] / draws
            click.echo(f"{flip:>5.2f}  {name:<32}{raised:>15.1%}{levels['block'] / draws:>8.1%}")


if __name__ == "__main__":
    main()
