"""What each idea is worth to answers: the same suite with one idea switched off at a time, and two peers.

Every arm is a run of its own, kept on disk as any other: an ablation that was stopped goes on where it was, and the arm
that ships is the run that ``budongi eval run`` made.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from assistant.answering.ablation_switches import Ideas
from assistant.domain import Usage
from assistant.errors import BudongiError
from assistant.settings import Settings
from eval.data.cases import Case
from eval.report.side_by_side import facts_right
from eval.running.naive_chain import run_naive
from eval.running.runner import shares as shares_of
from eval.running.suite_run import Bench, SuiteRun, open_bench
from eval.statistics.intervals import holm, percentile
from eval.statistics.paired import mcnemar
from eval.statistics.resampling import Estimate, mean_of

SHIPPED = "as it ships"
# What ships with one idea changed: all are switched off but the last, which does not ship.
SWITCHED: Mapping[str, Ideas] = {
    "one example": Ideas(examples="one"),
    "no example": Ideas(examples="none"),
    "no role": Ideas(role=False),
    "no shared facts": Ideas(shared_facts=False),
    "no narrowing question": Ideas(narrowing=False),
    "no purpose": Ideas(purpose=False),
    "no grounding": Ideas(grounding=False),
    "English reasoning": Ideas(english_reasoning=True),
}
NO_MODEL = "no chat model"
NAIVE = "naive chain"
ARMS = (SHIPPED, *SWITCHED, NO_MODEL, NAIVE)


class UnknownArm(BudongiError):
    """There is no such arm of the ablation."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class ArmRow:
    """One arm. ``right``: the share of right answers; ``facts``: the share whose facts and refusals are right, whatever
    they cite; ``points``: by how many hundredths it differs from what ships,
    on the same cases, with 95 % intervals over clusters; ``lost`` and ``gained`` cases against what ships, their exact
    two-sided p-value (``mcnemar``) and the same allowing for all arms being looked at (``adjusted``, Holm);
    ``seconds``: the median of a turn; ``tokens``: read and written, the mean of a turn.
    """

    name: str
    cases: int
    right: Estimate
    facts: float
    points: Estimate
    lost: int
    gained: int
    mcnemar: float
    adjusted: float
    seconds: float
    tokens: tuple[float, float]


def run_arms(
    settings: Settings, suite: str, cases: Sequence[Case], arms: Collection[str] = ARMS, epochs: int = 1
) -> dict[str, SuiteRun]:
    """The runs of the arms by name; what ships is always among them, and peers only where they are asked for.

    Raises:
        UnknownArm: a name is none of :data:`ARMS`.
        ModelError: the naive chain is asked for, and there is no chat model.
    """
    if unknown := [name for name in arms if name not in ARMS]:
        raise UnknownArm(f"There is no arm {', '.join(unknown)}. Give one of: {', '.join(ARMS)}.")
    with open_bench(settings) as bench:
        runs = {SHIPPED: bench.run(suite, cases, epochs=epochs)}
        for name in (name for name in SWITCHED if name in arms):
            runs[name] = bench.run(suite, cases, ideas=SWITCHED[name], epochs=epochs)
        if NO_MODEL in arms and settings.chat_model != "none":
            runs[NO_MODEL] = _without_model(bench, suite, cases)
        if NAIVE in arms and settings.chat_model != "none":
            runs[NAIVE] = run_naive(bench, suite, cases, epochs=epochs)
    return runs


def _without_model(bench: Bench, suite: str, cases: Sequence[Case]) -> SuiteRun:
    """The evidence's own sentences; once, for they are the same each time."""
    settings = replace(bench.settings, chat_model="none")
    alone = Bench(replace(bench.assistant, chat_model=None), replace(bench.identity, model="none"), settings)
    return alone.run(suite, cases)


def rows_of(runs: Mapping[str, SuiteRun]) -> list[ArmRow]:
    """A row an arm, each held to what ships case by case."""
    shipped = shares_of(runs[SHIPPED].outcomes)
    p_values: dict[str, float] = {}
    drafts = []
    for name, run in runs.items():
        shares = shares_of(run.outcomes)
        changes = [shares[id_] - shipped[id_] for id_ in shipped]
        lost, gained = sum(change < 0 for change in changes), sum(change > 0 for change in changes)
        p_values[name] = mcnemar(lost, gained)
        clusters = {one.case.id: one.case.entity or one.case.id for one in run.outcomes}
        values = [(clusters[id_], shares[id_]) for id_ in shares]
        usage = sum((one.answer.usage for one in run.outcomes), Usage())
        drafts.append(
            ArmRow(
                name=name,
                cases=len(shares),
                right=mean_of(values),
                facts=sum(map(facts_right, run.outcomes)) / len(run.outcomes),
                points=mean_of((clusters[id_], 100 * (shares[id_] - shipped[id_])) for id_ in shares),
                lost=lost,
                gained=gained,
                mcnemar=p_values[name],
                adjusted=1.0,
                seconds=percentile([one.seconds for one in run.outcomes], 0.5),
                tokens=(usage.input_tokens / len(run.outcomes), usage.output_tokens / len(run.outcomes)),
            )
        )
    adjusted = holm({name: value for name, value in p_values.items() if name != SHIPPED})
    return [replace(row, adjusted=adjusted.get(row.name, 1.0)) for row in drafts]


def rows_json(rows: Sequence[ArmRow]) -> list[dict[str, Any]]:
    return [asdict(row) for row in rows]


def table(rows: Sequence[ArmRow]) -> str:
    """The rows as lines of text."""
    lines = [
        f"{'':<24}{'right':<24}{'facts':<8}{'points against what ships':<28}{'lost, gained':<14}{'p, Holm':<10}"
        f"{'median':<9}tokens in, out"
    ]
    for row in rows:
        right = f"{row.right.mean:.3f} ({row.right.low:.3f} to {row.right.high:.3f})"
        points = f"{row.points.mean:+.1f} ({row.points.low:+.1f} to {row.points.high:+.1f})"
        change = f"{points:<28}{f'{row.lost}, {row.gained}':<14}{row.adjusted:<10.3f}"
        lines.append(
            f"{row.name:<24}{right:<24}{row.facts:<8.3f}{change if row.name != SHIPPED else '':<52}"
            f"{row.seconds:>5.2f} s  {row.tokens[0]:.0f}, {row.tokens[1]:.0f}"
        )
    cases = rows[0].cases
    return "\n".join([*lines, "", f"{cases} cases; 95 % intervals over what the cases are about, on the same cases"])
