"""Whether a run is still as good as the one that was accepted: pass, alert, block, or nothing can be said.

One form for answers and for searches: a measure is a score of every case, once per repeat. A baseline is a committed
file that says what produced it; :func:`eval.gate.decision.decide` says what is worse and what is noise.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from assistant.errors import BudongiError, SourceError
from eval.gate.decision import FALL, LEVELS, SLICE_FLOOR, Level, Verdict, decide
from eval.statistics.paired import Runs

BASELINES = Path(__file__).parents[1] / "baselines"
EXIT_CODES: Mapping[str, int] = {"pass": 0, "alert": 1, "block": 2}
RETRIEVAL = "retrieval"  # the suite of searches


class IncomparableRun(BudongiError):
    """The run and the baseline do not measure the same, or not all of it: neither a pass nor a fall can be told."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """A run as the gate sees it. ``questions`` is a hash over questions and gold; ``model`` the chat model, or the
    embedding model of searches, by name; ``scores`` of each measure and case, once per repeat. ``slices`` holds case
    ids by name and ``clusters`` what a case is about, for the intervals. ``produced`` says where it comes from.
    """

    suite: str
    questions: str
    model: str
    scores: Mapping[str, Runs]
    produced: Mapping[str, str]
    slices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    clusters: Mapping[str, str] = field(default_factory=dict)


def questions_hash(cases: Iterable[Mapping[str, Any]]) -> str:
    """SHA-256 over what is asked and what is right, one mapping a case, whatever their order in the file."""
    rows = sorted(json.dumps(case, ensure_ascii=False, sort_keys=True) for case in cases)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def compare(baseline: Measured, run: Measured) -> dict[str, Verdict]:
    """The verdict on each measure, over all cases and in each slice.

    Raises:
        IncomparableRun: another suite, other questions, other gold, or another model.
    """
    accept = "accept it with a reason: `budongi eval accept`"
    if (baseline.suite, baseline.questions) != (run.suite, run.questions):
        raise IncomparableRun(
            f"The baseline of {baseline.produced.get('date')} was measured on other questions or other gold "
            f"({baseline.suite}). Look at what changed in eval/datasets, then {accept}."
        )
    if baseline.model != run.model:
        raise IncomparableRun(
            f"The baseline was measured with the model {baseline.model}, and this run with {run.model}. Measure with "
            f"the same one, or {accept}."
        )
    try:
        return {
            measure: decide(before, run.scores[measure], run.slices, run.clusters)
            for measure, before in baseline.scores.items()
        }
    except (ValueError, KeyError) as error:
        raise IncomparableRun(f"The run is not complete ({error}). Run it to its end, then compare.") from error


def worst(verdicts: Mapping[str, Verdict]) -> Level:
    """The worst level of all measures."""
    return max((verdict.level for verdict in verdicts.values()), key=LEVELS.index)


def table(verdicts: Mapping[str, Verdict], baseline: Measured) -> str:
    """The changes as lines of text, the level of each that is not a pass; last the verdict alone."""
    produced = baseline.produced
    lines = [
        f"against the baseline of {produced.get('date')}, {produced.get('commit', '')[:12]} ({produced.get('reason')})",
        f"alert from {FALL['alert']:.2f} points below, block from {FALL['block']:.2f}; "
        f"slices of fewer than {SLICE_FLOOR} cases are shown and do not decide",
    ]
    for measure, verdict in verdicts.items():
        lines += ["", f"{measure:<26}{'cases':>6}  before → after    points (95 % of questions)   lost, gained"]
        for one in verdict.groups:
            points = f"{one.points:+.2f} ({one.low:+.2f} to {one.high:+.2f})"
            level = "" if one.level == "pass" else one.level
            lines.append(
                f"  {one.group:<24}{one.cases:>6}  {one.before:.4f} → {one.after:.4f}  {points:<27}"
                f"{one.lost:>4}, {one.gained:<4}{level}".rstrip()
            )
        if verdict.noise:
            lines.append(
                f"  repeats disagree ({verdict.repeats[0]} before, {verdict.repeats[1]} now): noise is allowed for"
            )
    return "\n".join([*lines, "", worst(verdicts)])


def verdicts_json(verdicts: Mapping[str, Verdict]) -> dict[str, Any]:
    """The verdict and every group, as a program reads them."""
    return {"verdict": worst(verdicts), "measures": {measure: asdict(one) for measure, one in verdicts.items()}}


def baseline_path(name: str) -> Path:
    """The file of a baseline: a name of ``eval/baselines``, or a path."""
    return BASELINES / f"{name}.json" if "/" not in name and not name.endswith(".json") else Path(name)


def load(path: Path) -> Measured:
    """A baseline from its file.

    Raises:
        SourceError: it is not there, or is no baseline.
    """
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        scores: dict[str, dict[str, tuple[float, ...]]] = {measure: {} for measure in given["measures"]}
        for id_, row in given["scores"].items():
            for measure, repeats in zip(given["measures"], row, strict=True):
                scores[measure][id_] = tuple(float(score) for score in repeats)
        return Measured(given["suite"], given["questions"], given["model"], scores, dict(given["produced"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise SourceError(
            path, f"this is no baseline ({error}).", "Make one with `budongi eval accept --reason …`."
        ) from error


def save(run: Measured, path: Path) -> None:
    """One case a line (``measures`` in order, each a list of repeats), so that a change of the baseline can be read."""
    head: dict[str, Any] = {
        "suite": run.suite,
        "questions": run.questions,
        "model": run.model,
        "produced": dict(run.produced),
        "measures": list(run.scores),
    }
    ids = sorted(next(iter(run.scores.values())))
    rows = {id_: [list(scores[id_]) for scores in run.scores.values()] for id_ in ids}
    lines = ",\n".join(f"  {json.dumps(id_, ensure_ascii=False)}: {json.dumps(row)}" for id_, row in rows.items())
    written = json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "scores": {\n' + lines + "\n }\n}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written, encoding="utf-8")


@cache
def commit_of(folder: Path = BASELINES) -> str:
    """The commit that is checked out there, with ``+`` where files differ from it; empty outside of a repository."""
    try:
        git = ["git", "-C", str(folder)]
        commit = subprocess.run([*git, "rev-parse", "HEAD"], capture_output=True, text=True, check=True).stdout.strip()
        changed = subprocess.run([*git, "status", "--porcelain"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return ""
    return commit + ("+" if changed.strip() else "")
