"""The JSON forms of answers and searches: the contract that other programs read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from assistant.domain import Answer, Result, Understanding
from assistant.entrypoints.json_forms.conversation import state_json


def filters_json(understanding: Understanding) -> dict[str, Any]:
    """Set filters only, dates as ISO text; wishes under ``criteria`` (``{"park": {"within": 800}}``)."""
    given = (understanding.filters if understanding.listing is None else understanding.listing).json()
    if understanding.criteria:
        given["criteria"] = {
            criterion.name if criterion.key in ("special", "list") else criterion.key: {
                name: value for name, value in (("within", criterion.within), ("category", criterion.category)) if value
            }
            for criterion in understanding.criteria
        }
    if understanding.sort:
        given["sort"] = understanding.sort
    return given


def answer_json(answer: Answer) -> dict[str, Any]:
    """What ``budongi ask --json`` prints."""
    understanding = answer.understanding
    return {
        "id": answer.question.id,
        "question": answer.question.text,
        "answer": answer.text,
        "language": understanding.language,
        "domain": understanding.domain,
        "stage": understanding.stage,
        "abstained": answer.abstained,
        "degraded": answer.degraded,
        "filters": filters_json(understanding),
        "entities": [asdict(entity) for entity in answer.entities],
        "citations": [asdict(citation) for citation in answer.citations],
        "dropped": [asdict(dropped) for dropped in answer.dropped],
        "state": state_json(answer.state),
        "next": asdict(answer.next) if answer.next else None,
        "prompt_version": answer.prompt_version,
        "model": answer.model,
        "timings_ms": answer.timings_ms,
        "usage": {name: value for name, value in asdict(answer.usage).items() if value is not None},
    }


def search_json(id_: str, question: str, understanding: Understanding, results: Sequence[Result]) -> dict[str, Any]:
    """What ``budongi search --json`` prints."""
    return {
        "id": id_,
        "question": question,
        "filters": filters_json(understanding),
        "results": _results_json(results),
    }


def similar_json(id_: str, results: Sequence[Result]) -> dict[str, Any]:
    """What ``budongi search --like ID --json`` prints."""
    return {"like": id_, "results": _results_json(results)}


def _results_json(results: Sequence[Result]) -> list[dict[str, Any]]:
    return [
        {
            "rank": result.rank,
            "score": round(result.score, 4),
            "source_id": result.source_id,
            "chunk_id": result.chunk_id,
            "entity_id": result.document_id if result.domain == "housing" else "",
            "name_ko": result.name_ko,
            "text": result.text,
        }
        for result in results
    ]
