"""Two programs on the same questions, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from eval.running.runner import Outcome
from eval.scoring.scorers import abstention, forbidden_facts, required_facts
from eval.statistics.resampling import difference

# What a reader would notice first; citations and the set of complexes left aside.
FACTS = (abstention, required_facts, forbidden_facts)


def facts_right(outcome: Outcome) -> bool:
    """Whether what is said is right, whatever it cites."""
    return not any(scorer(outcome.case, outcome.answer) for scorer in FACTS)


def beside(names: tuple[str, str], ones: Sequence[Outcome], others: Sequence[Outcome]) -> str:
    """A line per program and one for the difference in points, with its 95 % interval; paired by question."""
    lines = [f"{'':<24}{'all of it right':>24}{'facts and refusals right':>30}"]
    for name, outcomes in zip(names, (ones, others), strict=True):
        right, facts = sum(one.right for one in outcomes), sum(map(facts_right, outcomes))
        lines.append(f"{name:<24}{f'{right} of {len(outcomes)}':>24}{f'{facts} of {len(outcomes)}':>30}")
    columns = []
    for judge in (lambda one: one.right, facts_right):
        first, second = ([(one.case.id, float(judge(one))) for one in outcomes] for outcomes in (ones, others))
        apart = difference(first, second)
        columns.append(f"{100 * apart.mean:+.1f} ({100 * apart.low:+.1f} to {100 * apart.high:+.1f})")
    lines.append(f"{'points apart':<24}{columns[0]:>24}{columns[1]:>30}")
    return "\n".join(lines)
