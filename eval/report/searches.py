"""What `budongi eval retrieval` prints, for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from eval.data.gold_search import FIRST_PAGE
from eval.search.runner import SearchOutcome


def outcome_json(outcome: SearchOutcome) -> dict[str, Any]:
    """One question with what came, for ``--out``."""
    case = outcome.case
    return {
        "id": case.id,
        "question": case.question,
        "kind": case.kind,
        "topic": case.topic,
        "recall_at_5": round(outcome.judged.recall, 4),
        "reciprocal_rank": round(outcome.judged.reciprocal_rank, 4),
        "gold": case.gold,
        "results": [
            {
                "rank": result.rank,
                "chunk_id": result.chunk_id,
                "name_ko": result.name_ko,
                "score": round(result.score, 4),
            }
            for result in outcome.results
        ],
    }


def table(summed: dict[str, Any]) -> str:
    """The summary as lines of text."""
    goals = summed["goals"]
    lines = [
        f"{summed['questions']} questions, goals: recall@5 {goals['recall_at_5']}, MRR {goals['mrr']}",
        "",
        f"{'':<26}{'n':>5}  {'recall@5':<24}{'MRR':<24}",
    ]
    for name, of in summed["slices"].items():
        cells = [
            f"{of[key]['mean']:.3f} ({of[key]['low']:.3f} to {of[key]['high']:.3f})" for key in ("recall_at_5", "mrr")
        ]
        lines.append(f"{name:<26}{of['questions']:>5}  {cells[0]:<24}{cells[1]:<24}")
    if summed["differences"]:
        lines += ["", "points of recall@5 between ways to ask the same"]
    for name, of in summed["differences"].items():
        lines.append(
            f"{name:<26}{of['mean']:>+7.2f}  (95 % {of['low']:+.2f} to {of['high']:+.2f}, {of['pairs']} pairs; "
            f"goal: not below {of['at_least']:+.0f})"
        )
    return "\n".join(lines)


def failures(outcomes: Sequence[SearchOutcome]) -> str:
    """Question, what came and what should, of every question whose first page is not all right."""
    blocks = []
    for outcome in outcomes:
        if outcome.judged.recall < 1:
            came = [f"{one.name_ko} ({one.chunk_id})" for one in _first_page(outcome)]
            blocks.append(
                f"{outcome.case.id}  recall {outcome.judged.recall:.2f}\n  Q: {outcome.case.question}\n"
                f"  came: {'; '.join(came) or 'nothing'}\n  gold: {outcome.case.gold}"
            )
    return "\n\n".join(blocks)


def _first_page(outcome: SearchOutcome) -> list[Any]:
    if outcome.case.relevant.facts:
        return list(outcome.results[:FIRST_PAGE])
    distinct = {result.source_id: result for result in reversed(outcome.results)}
    ordered = sorted(distinct.values(), key=lambda result: result.rank)
    return ordered[:FIRST_PAGE]
