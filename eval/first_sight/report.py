"""What the verdicts on a set say: shares with intervals, what two trees differ by, and how far judges agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from eval.first_sight.judging import Judged
from eval.first_sight.questions import Conversation
from eval.statistics.agreement import krippendorff_alpha
from eval.statistics.intervals import clustered_wilson
from eval.statistics.resampling import Estimate, mean_of

Verdicts = Mapping[str, Sequence[Judged]]  # by judge


def summary(conversations: Sequence[Conversation], verdicts: Verdicts, trees: Sequence[str]) -> dict[str, Any]:
    """Of each tree (those answered first come first) the share of right answers by slice, a verdict of each of several
    judges counting alike; between two trees the difference on the same turns; of two judges, how far they agree.
    """
    slices = _slices(conversations)
    judged = [one for of_judge in verdicts.values() for one in of_judge]
    found: dict[str, Any] = {"judges": sorted(verdicts), "trees": {}}
    for tree in trees:
        of_tree = [one for one in judged if one.tree == tree]
        if of_tree:
            found["trees"][tree] = {
                "right": {
                    name: _json(_right(of_tree, turns)) for name, turns in slices.items() if _any(of_tree, turns)
                },
                "verdicts": dict(Counter(one.verdict for one in of_tree)),
                "noise notes": sum(one.noise for one in of_tree),
                "notes": [f"{one.turn}: {one.note}" for one in of_tree if one.note],
            }
    told = list(found["trees"])
    if len(told) > 1:
        before, after = told[0], told[-1]
        right = {name: _differences(verdicts, before, after, turns) for name, turns in slices.items()}
        found["difference"] = {
            "trees": [before, after],
            "right": {name: _json(mean_of(values)) for name, values in right.items() if values},
        }
        of_both = [one for one in judged if (one.tree, one.against) == (after, before)]
        liked = [(_conversation(one.turn), one.preferred) for one in of_both if one.preferred is not None]
        if liked:
            found["difference"]["preferred"] = _json(mean_of(liked))
    if len(verdicts) > 1:
        found["agreement"] = _agreement(verdicts)
    return found


def _slices(conversations: Sequence[Conversation]) -> dict[str, set[str]]:
    turns: dict[str, set[str]] = defaultdict(set)
    for one in conversations:
        for at in range(1, len(one.turns) + 1):
            names = ("all", "first turns" if at == 1 else "later turns", f"language {one.language}", f"kind {one.kind}")
            for name in names:
                turns[name].add(f"{one.id}.{at}")
    return {name: turns[name] for name in sorted(turns, key=lambda name: (name.startswith("kind"), name))}


def _scores(judged: Sequence[Judged], turns: set[str]) -> list[tuple[str, float]]:
    return [(_conversation(one.turn), float(one.verdict == "right")) for one in judged if one.turn in turns]


def _right(judged: Sequence[Judged], turns: set[str]) -> Estimate:
    """The share; its interval is no resampled one, which is of no width where all of a small slice are right."""
    scores = _scores(judged, turns)
    return Estimate(
        sum(score for _, score in scores) / len(scores), *clustered_wilson(scores), len({where for where, _ in scores})
    )


def _differences(verdicts: Verdicts, before: str, after: str, turns: set[str]) -> list[tuple[str, float]]:
    """By conversation, of each turn that the same judge judged of both trees: 1 where only ``after`` is right."""
    found = []
    for of_judge in verdicts.values():
        right = {(one.turn, one.tree): one.verdict == "right" for one in of_judge if one.turn in turns}
        both = [turn for turn, tree in right if tree == after and (turn, before) in right]
        found += [(_conversation(turn), float(right[turn, after]) - float(right[turn, before])) for turn in both]
    return found


def _any(judged: Sequence[Judged], turns: set[str]) -> bool:
    return any(one.turn in turns for one in judged)


def _conversation(turn: str) -> str:
    """Turns of one conversation rise and fall together, so they are drawn together."""
    return turn.rpartition(".")[0]


def _json(estimate: Estimate) -> dict[str, Any]:
    return {key: round(value, 4) if isinstance(value, float) else value for key, value in asdict(estimate).items()}


def _agreement(verdicts: Verdicts) -> dict[str, Any]:
    given: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for judge, of_judge in verdicts.items():
        for one in of_judge:
            given[one.turn, one.tree][judge] = one.verdict
    both = {where: by for where, by in given.items() if len(by) > 1}
    apart = {f"{turn} {tree}": by for (turn, tree), by in both.items() if len(set(by.values())) > 1}

    def alpha(of: Callable[[str], object]) -> float | None:
        units = [[of(verdict) for verdict in by.values()] for by in both.values()]
        try:
            return round(krippendorff_alpha(units), 3)
        except ValueError:  # nothing judged twice, or every verdict the same: agreement beyond chance cannot be told
            return None

    right = alpha(lambda verdict: verdict == "right")
    return {"judged twice": len(both), "alpha": alpha(str), "alpha of right": right, "apart": apart}


def table(name: str, summed: Mapping[str, Any]) -> str:
    """The summary for a terminal."""
    known = summed.get("known", {"since": None, "trees": ()})
    lines = [f"{name}, judged by {', '.join(summed['judges']) or 'nobody yet'}"]
    lines.append("right, with its 95 % interval and how many conversations it rests on:")
    for tree, told in summed["trees"].items():
        lines += ["", f"{tree}: " + ", ".join(f"{verdict} {count}" for verdict, count in told["verdicts"].items())]
        lines[-1] += f"; notes that are noise: {told['noise notes']}"
        lines += [f"  known since {known['since']}: no measure of first sight any more"] * (tree in known["trees"])
        lines += [f"  {name:<24}{_told(one)}" for name, one in told["right"].items()]
    if apart := summed.get("difference"):
        lines += ["", "right, {1} minus {0}".format(*apart["trees"])]
        lines += [f"  {name:<24}{_told(one, sign='+')}" for name, one in apart["right"].items()]
        if liked := apart.get("preferred"):
            lines.append(f"  preferred: {_told(liked)} of {apart['trees'][1]} (equal counts half)")
    if agreed := summed.get("agreement"):
        lines += [
            "",
            f"judged twice: {agreed['judged twice']}, α {agreed['alpha']}, of right or not {agreed['alpha of right']}",
        ]
        lines += [
            f"  {where}: {', '.join(f'{judge} {one}' for judge, one in by.items())}"
            for where, by in agreed["apart"].items()
        ]
    return "\n".join(lines)


def _told(one: Mapping[str, Any], sign: str = "") -> str:
    return f"{one['mean']:{sign}.3f} ({one['low']:{sign}.3f} to {one['high']:{sign}.3f}; {one['pairs']})"
