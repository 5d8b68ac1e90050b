"""What a run of a suite prints, for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assistant.domain import Usage
from assistant.entrypoints.json_forms.answer import answer_json
from eval.data.lines import sliced
from eval.running.runner import SLICES, Outcome
from eval.scoring.measures import set_score
from eval.scoring.scorers import cited_sources
from eval.statistics.intervals import percentile, wilson


def summary(suite: str, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Accuracy per group with its 95 % interval, how much of what fits is cited, and what the turns took."""
    seconds = [outcome.seconds for outcome in outcomes]
    # Only where a model was asked is there a first token.
    first = [ms / 1000 for outcome in outcomes if (ms := outcome.answer.timings_ms.get("first_token"))]
    usage = sum((outcome.answer.usage for outcome in outcomes), Usage())
    accuracy = {}
    for name, group in sliced(outcomes, SLICES).items():
        right = sum(outcome.right for outcome in group)
        low, high = wilson(right, len(group))
        accuracy[name] = {
            "right": right,
            "total": len(group),
            "share": round(right / len(group), 4),
            "interval_95": [round(low, 4), round(high, 4)],
        }
    return {
        "suite": suite,
        "model": outcomes[0].answer.model,
        "accuracy": accuracy,
        "declined": {
            "unanswerable": _declined([outcome for outcome in outcomes if outcome.case.expect.abstain]),
            "answerable": _declined([outcome for outcome in outcomes if not outcome.case.expect.abstain]),
        },
        "sources": _sources(outcomes),
        "seconds": {
            "median": round(percentile(seconds, 0.5), 3),
            "p95": round(percentile(seconds, 0.95), 3),
            "first_token": round(percentile(first, 0.5), 3) if first else 0.0,
        },
        "tokens": {"input": usage.input_tokens, "output": usage.output_tokens},
        "degraded": sum(outcome.answer.degraded for outcome in outcomes),
    }


def _declined(outcomes: Sequence[Outcome]) -> dict[str, int]:
    return {"declined": sum(outcome.answer.abstained for outcome in outcomes), "total": len(outcomes)}


def _sources(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Over the answers whose gold names complexes or posts: mean precision and recall of those they cite."""
    scores = [
        set_score(cited_sources(outcome.answer), outcome.case.expect.entities)
        for outcome in outcomes
        if outcome.case.expect.entities
    ]
    if not scores:
        return {"answers": 0, "precision": 1.0, "recall": 1.0}
    precision, recall = (sum(getattr(one, side) for one in scores) for side in ("precision", "recall"))
    return {
        "answers": len(scores),
        "precision": round(precision / len(scores), 4),
        "recall": round(recall / len(scores), 4),
    }


def outcome_json(outcome: Outcome) -> dict[str, Any]:
    """One case: the answer as ``budongi ask --json`` gives it, what is wrong with it, and of the ``case`` what slices
    and intervals need.
    """
    case = outcome.case
    return {
        **answer_json(outcome.answer),
        "epoch": outcome.epoch,
        "case": {
            "domain": case.domain,
            "language": case.language,
            "entity": case.entity,
            "abstain": case.expect.abstain,
            "history": [message.content for message in case.history],
        },
        "kind": case.kind,
        "tags": list(case.tags),
        "right": outcome.right,
        "problems": list(outcome.problems),
        "seconds": round(outcome.seconds, 3),
    }


def table(summed: dict[str, Any]) -> str:
    """The summary as lines of text."""
    lines = [f"suite {summed['suite']}, chat model {summed['model']}", ""]
    for name, of in summed["accuracy"].items():
        low, high = of["interval_95"]
        lines.append(
            f"{name:<24}{of['right']:>4} of {of['total']:<4}{of['share']:>6.0%}   95 % {low:.0%} to {high:.0%}"
        )
    right, false = (summed["declined"][key] for key in ("unanswerable", "answerable"))
    lines += ["", f"declined: {right['declined']} of {right['total']} that have no answer, "]
    lines[-1] += f"{false['declined']} of {false['total']} that have one"
    if (sources := summed["sources"])["answers"]:
        lines += ["", f"complexes and posts cited, {sources['answers']} answers: "]
        lines[-1] += f"{sources['precision']:.0%} of them fit, {sources['recall']:.0%} of those that fit"
    seconds, tokens = summed["seconds"], summed["tokens"]
    lines += ["", f"seconds per turn: median {seconds['median']:.2f}, p95 {seconds['p95']:.2f}"]
    if tokens["input"]:
        lines[-1] += f"; first token {seconds['first_token']:.2f}; {tokens['input']:,} tokens read, "
        lines[-1] += f"{tokens['output']:,} written"
    if summed["degraded"]:
        lines.append(f"the chat model failed on {summed['degraded']} turns, answered from the evidence alone")
    return "\n".join(lines)


def failures(outcomes: Sequence[Outcome]) -> str:
    """Question, answer and reason of every answer that is not right."""
    blocks = []
    for outcome in outcomes:
        if not outcome.right:
            answer = outcome.answer.text.strip().replace("\n", "\n     ")
            why = "\n     ".join(outcome.problems)
            blocks.append(f"{outcome.case.id}\n  Q: {outcome.case.question}\n  A: {answer}\n  ✗  {why}")
    return "\n\n".join(blocks)
