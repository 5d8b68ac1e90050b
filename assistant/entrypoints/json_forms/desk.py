"""What ``budongi assist`` and the HTTP API give of one message, and ``inquiries stats`` of all, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from assistant.desk import Assisted, DeskFigures
from assistant.entrypoints.json_forms.answer import answer_json


def assisted_json(id_: str, assisted: Assisted) -> dict[str, Any]:
    """``faq`` is empty where that none fits is likelier than any entry; ``draft`` is an answer as ``ask`` gives it, and
    ``reply`` what could be sent of it."""
    prediction = assisted.prediction
    return {
        "id": id_,
        "message": assisted.message,
        "language": assisted.language,
        "flags": list(assisted.flags),
        "faq": [
            {"id": match.faq_id, "question": match.question, "probability": round(match.probability, 4)}
            for match in (prediction.matches if prediction.fits else ())
        ],
        "none_probability": round(prediction.none, 4),
        "similar": [
            {
                "id": item.inquiry.id,
                "message": item.inquiry.message,
                "answer": item.inquiry.answer,
                "faq": item.inquiry.faq_id,
                "score": round(item.cosine, 4),
            }
            for item in assisted.similar
        ],
        "draft": answer_json(assisted.draft) if assisted.draft else None,
        "reply": asdict(assisted.reply) | {"notes": list(assisted.reply.notes)} if assisted.reply else None,
    }


def figures_json(figures: DeskFigures) -> dict[str, Any]:
    """How drafts fare; ``saved`` is in seconds, null where there is nothing to compare with."""
    entries = [asdict(entry) | {"saved": figures.saved(entry)} for entry in figures.entries]
    return asdict(figures) | {"entries": entries}
