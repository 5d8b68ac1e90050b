"""What the gate compares: a run of a suite, or of the retrieval questions, in the gate's form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from eval.data.cases import Case
from eval.data.lines import sliced
from eval.gate.baseline import RETRIEVAL, IncomparableRun, Measured, commit_of, questions_hash
from eval.running.runner import scores_of, slices_of
from eval.running.suite_run import SuiteRun
from eval.search.runner import SearchOutcome

RIGHT = "right"


def of_answers(run: SuiteRun, made_with: Mapping[str, str], reason: str = "") -> Measured:
    """A run of a suite, each answer right (1) or wrong (0); ``made_with`` is what the same run would be made with.

    Raises:
        IncomparableRun: the chat model failed on a question; the others' answers are kept, so a rerun asks just that.
    """
    failed = [one.case.id for one in run.outcomes if one.answer.degraded]
    if failed:
        raise IncomparableRun(
            f"The chat model failed on {len(failed)} of {len(run.outcomes)} answers ({', '.join(failed[:5])}), so the "
            "run is not complete. Run the same command again: it asks for those alone."
        )
    cases = {outcome.case.id: outcome.case for outcome in run.outcomes}
    identity = run.identity
    return Measured(
        suite=run.suite,
        questions=asked_hash(cases.values()),
        model=identity.model,
        scores={RIGHT: scores_of(run.outcomes)},
        produced=_produced(made_with, reason)
        | {name: getattr(identity, name) for name in ("prompts", "code", "corpus", "embedding_model")},
        slices=slices_of(cases.values()),
        clusters={case.id: case.entity for case in cases.values() if case.entity},
    )


def asked_hash(cases: Iterable[Case]) -> str:
    """Over what is asked and expected; not over tags, or where the gold comes from, which change neither."""
    return questions_hash(
        {
            "question": case.question,
            "history": [asdict(message) for message in case.history],
            "role": case.role,
            # What is not expected is left out, so that a new sort of expectation changes no older case.
            "expect": {name: value for name, value in asdict(case.expect).items() if value},
        }
        | ({"as_of": case.as_of.isoformat()} if case.as_of else {})
        | ({"pages": [asdict(page) for page in case.pages]} if case.pages else {})
        for case in cases
    )


def of_searches(outcomes: Sequence[SearchOutcome], model: str, reason: str = "") -> Measured:
    """The retrieval questions, each with its recall@5 and reciprocal rank; ``model`` is the embedding model."""
    slices = sliced([one.case for one in outcomes], ("language", "kind"))
    return Measured(
        suite=RETRIEVAL,
        questions=questions_hash(asdict(one.case) for one in outcomes),
        model=model,
        scores={
            "recall_at_5": {one.case.id: (round(one.judged.recall, 4),) for one in outcomes},
            "mrr": {one.case.id: (round(one.judged.reciprocal_rank, 4),) for one in outcomes},
        },
        produced=_produced({"command": "budongi eval retrieval"}, reason),
        slices={name: [case.id for case in of] for name, of in slices.items() if name != "all"},
        clusters={one.case.id: one.case.pair for one in outcomes},
    )


def _produced(made_with: Mapping[str, str], reason: str) -> dict[str, str]:
    today = datetime.now(UTC).date().isoformat()
    return {**made_with, "date": today, "commit": commit_of(), "reason": reason}
