"""``budongi eval compare``: what changed between two runs of the same questions, case by case."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.gate.baseline import IncomparableRun
from eval.gate.decision import GroupChange, Verdict, decide
from eval.report.run_file import Told, ToldRun
from eval.running.runner import scores_of, shares

MAX_PRINTED = 40  # changed answers on a terminal; the HTML report holds all


@dataclass(frozen=True, slots=True)
class ChangedCase:
    """A case that one run answered rightly more often than the other; the answers of the first repeat that differs."""

    before: Told
    after: Told
    share_before: float
    share_after: float


def compare(before: ToldRun, after: ToldRun) -> tuple[Verdict, list[ChangedCase]]:
    """The change over all cases and in every slice, and the cases that changed, those lost first.

    Raises:
        IncomparableRun: the runs asked other questions.
    """
    first, second = scores_of(before.outcomes), scores_of(after.outcomes)
    earlier, later = shares(before.outcomes), shares(after.outcomes)
    slices = {name: {one.id for one in of} for name, of in after.groups().items() if name != "all"}
    clusters = {one.id: one.cluster for one in after.outcomes}
    asked = {one.id: (one.question, one.history) for one in before.outcomes}
    if any(asked.get(one.id) != (one.question, one.history) for one in after.outcomes):
        raise IncomparableRun(f"{before.name} and {after.name} are runs of other questions. Compare runs of one suite.")
    try:
        verdict = decide(first, second, slices, clusters)
    except ValueError as error:
        raise IncomparableRun(f"{before.name} and {after.name} cannot be compared: {error}.") from error
    changed = [_changed(before, after, id_, earlier[id_], later[id_]) for id_ in first if earlier[id_] != later[id_]]
    return verdict, sorted(changed, key=lambda one: one.share_after - one.share_before)


def table(before: ToldRun, after: ToldRun, verdict: Verdict, changed: Sequence[ChangedCase]) -> str:
    """The changes as lines of text: slices, then both answers of every changed case, then all cases."""
    lines = [f"before: {before.name}", f"after:  {after.name}", ""]
    lines += [_line(group) for group in verdict.groups]
    for one in changed[:MAX_PRINTED]:
        lines += [
            "",
            f"{one.before.id}  {one.share_before:.0%} → {one.share_after:.0%} right",
            f"  Q: {one.before.question}",
            f"  before: {_indented(one.before.answer)}",
            f"  after:  {_indented(one.after.answer)}",
            *(f"  ✗  {problem}" for problem in (one.after.problems or one.before.problems)),
        ]
    if len(changed) > MAX_PRINTED:
        lines += ["", f"{len(changed) - MAX_PRINTED} more changed; `budongi eval report --against` shows them all"]
    whole = verdict.groups[0]
    return "\n".join(
        [
            *lines,
            "",
            f"{whole.lost} cases lost, {whole.gained} gained of {whole.cases}: {whole.points:+.2f} points "
            f"({whole.low:+.2f} to {whole.high:+.2f}), McNemar p = {whole.mcnemar:.3f}; "
            f"a true difference of {whole.detectable:.1f} points would show",
        ]
    )


def comparison_json(
    before: ToldRun, after: ToldRun, verdict: Verdict, changed: Sequence[ChangedCase]
) -> dict[str, Any]:
    """The same for programs; answers stand in the runs' own files."""
    return {
        "before": before.name,
        "after": after.name,
        "groups": [asdict(group) for group in verdict.groups],
        "changed": [{"id": one.before.id, "before": one.share_before, "after": one.share_after} for one in changed],
    }


def _line(group: GroupChange) -> str:
    points = f"{group.points:+.2f} ({group.low:+.2f} to {group.high:+.2f})"
    change = f"{group.before:.3f} → {group.after:.3f}"
    return f"{group.group:<26}{group.cases:>5} cases  {change}  {points:<28}{group.lost} lost, {group.gained} gained"


def _changed(before: ToldRun, after: ToldRun, id_: str, share_before: float, share_after: float) -> ChangedCase:
    ones = {one.epoch: one for one in before.outcomes if one.id == id_}
    others = {one.epoch: one for one in after.outcomes if one.id == id_}
    epochs = [epoch for epoch in ones if epoch in others] or [1]
    differing = next((epoch for epoch in epochs if ones[epoch].right != others[epoch].right), epochs[0])
    return ChangedCase(ones[differing], others[differing], share_before, share_after)


def _indented(text: str) -> str:
    return text.strip().replace("\n", "\n          ")
