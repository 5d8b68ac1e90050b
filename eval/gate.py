"""Whether a search is still as good as the one that was accepted: pass, alert, block, or nothing can be said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.errors import BudongiError, SourceError
from eval.resampling import difference
from eval.search_cases import SearchCase
from eval.search_running import SearchOutcome

BASELINE = Path(__file__).parent / "baselines" / "retrieval.json"
ALERT, BLOCK = 1.0, 3.0  # points below the baseline
EXIT_CODES = {"pass": 0, "alert": 1, "block": 2}
MEASURES = ("recall_at_5", "mrr")


class IncomparableRun(BudongiError):
    """The run and the baseline do not measure the same: neither a pass nor a fall can be told."""

    exit_code = 3


@dataclass(frozen=True, slots=True)
class Baseline:
    """An accepted run. ``questions`` is a hash over questions and gold; ``scores`` of each question by its id:
    recall@5 and reciprocal rank; ``command``, ``date`` and ``reason`` say where it comes from and why it holds."""

    questions: str
    embedding_model: str
    command: str
    date: str
    reason: str
    scores: Mapping[str, tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Change:
    """One measure over one group of questions; ``points`` = run minus baseline in hundredths, with 95 % interval."""

    group: str
    measure: str
    before: float
    after: float
    points: float
    low: float
    high: float

    @property
    def level(self) -> str:
        fall = -round(self.points, 2)
        return "block" if fall >= BLOCK else "alert" if fall >= ALERT else "pass"


def questions_hash(cases: Sequence[SearchCase]) -> str:
    """SHA-256 over what is asked and what is right, whatever its order in the file."""
    rows = sorted(json.dumps(asdict(case), ensure_ascii=False, sort_keys=True) for case in cases)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()


def accepted(
    outcomes: Sequence[SearchOutcome], *, embedding_model: str, command: str, date: str, reason: str
) -> Baseline:
    """A run as the baseline of those to come."""
    return Baseline(
        questions=questions_hash([outcome.case for outcome in outcomes]),
        embedding_model=embedding_model,
        command=command,
        date=date,
        reason=reason,
        scores={
            outcome.case.id: (round(outcome.judged.recall, 4), round(outcome.judged.reciprocal_rank, 4))
            for outcome in outcomes
        },
    )


def compare(baseline: Baseline, outcomes: Sequence[SearchOutcome], embedding_model: str) -> list[Change]:
    """All questions, then those of each language and kind; question by question against the baseline.

    Raises:
        IncomparableRun: other questions, other gold, or another embedding model.
    """
    if baseline.questions != questions_hash([outcome.case for outcome in outcomes]):
        raise IncomparableRun(
            f"The baseline of {baseline.date} was measured on other questions or other gold. Look at what changed in "
            "eval/datasets, then run `budongi eval accept --retrieval --reason …`."
        )
    if baseline.embedding_model != embedding_model:
        raise IncomparableRun(
            f"The baseline was measured with the embedding model {baseline.embedding_model}, this run with "
            f"{embedding_model}. Set BUDONGI_EMBEDDING_MODEL back, or accept the change with `budongi eval accept`."
        )
    groups = {"all": list(outcomes)}
    for name in ("language", "kind"):
        for value in dict.fromkeys(getattr(outcome.case, name) for outcome in outcomes):
            groups[f"{name} {value}"] = [one for one in outcomes if getattr(one.case, name) == value]
    return [
        _change(group, of, measure, number, baseline)
        for group, of in groups.items()
        for number, measure in enumerate(MEASURES)
    ]


def verdict(changes: Sequence[Change]) -> str:
    """``pass``, ``alert`` or ``block``, by all questions and each language; kinds have few questions: only shown."""
    deciding = [change.level for change in changes if not change.group.startswith("kind")]
    return max(deciding, key=list(EXIT_CODES).index)


def load(path: Path) -> Baseline:
    """A baseline from its file.

    Raises:
        SourceError: it is not there, or is no baseline.
    """
    try:
        given = json.loads(path.read_text(encoding="utf-8"))
        scores = {id_: (float(recall), float(rank)) for id_, (recall, rank) in given.pop("scores").items()}
        return Baseline(**given, scores=scores)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise SourceError(
            path, f"this is no baseline ({error}).", "Make one with `budongi eval accept --retrieval --reason …`."
        ) from error


def save(baseline: Baseline, path: Path) -> None:
    """One score a line, so that a change of the baseline can be read."""
    head: dict[str, Any] = {name: value for name, value in asdict(baseline).items() if name != "scores"}
    lines = ",\n".join(f"  {json.dumps(id_)}: {json.dumps(score)}" for id_, score in sorted(baseline.scores.items()))
    written = json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "scores": {\n' + lines + "\n }\n}\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(written, encoding="utf-8")


def table(changes: Sequence[Change], baseline: Baseline) -> str:
    """The changes as lines of text."""
    lines = [
        f"against the baseline of {baseline.date} ({baseline.reason})",
        f"alert from {ALERT:.2f} points below, block from {BLOCK:.2f}",
        "",
    ]
    for change in changes:
        lines.append(
            f"{change.group:<20}{change.measure:<13}{change.before:.4f} → {change.after:.4f}  {change.points:+7.2f} "
            f"({change.low:+.2f} to {change.high:+.2f})  {'' if change.level == 'pass' else change.level}".rstrip()
        )
    return "\n".join([*lines, "", verdict(changes)])


def _change(group: str, outcomes: Sequence[SearchOutcome], measure: str, number: int, baseline: Baseline) -> Change:
    before = [(one.case.pair, baseline.scores[one.case.id][number]) for one in outcomes]
    after = [(one.case.pair, (one.judged.recall, one.judged.reciprocal_rank)[number]) for one in outcomes]
    spread = difference([(pair, 100 * value) for pair, value in after], [(pair, 100 * value) for pair, value in before])
    means = [sum(value for _, value in values) / len(values) for values in (before, after)]
    return Change(group, measure, means[0], means[1], round(100 * (means[1] - means[0]), 2), spread.low, spread.high)
