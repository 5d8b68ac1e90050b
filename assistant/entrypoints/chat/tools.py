"""The tools under an answer: say whether it helped, keep the conversation as a file."""

from __future__ import annotations

from datetime import date

from assistant.entrypoints.chat.texts import Texts

ELEMENT = "AnswerTools"  # public/elements/AnswerTools.jsx
MOST_COMMENT = 1000  # letters


def tool_props(turn_id: str, today: date, texts: Texts) -> dict[str, object]:
    """What the element is given."""
    return {
        "turn": turn_id,
        "filename": f"budongi-{today.isoformat()}.md",
        "reasons": texts.group("tools.reasons"),
        "labels": texts.group("tools.labels"),
    }
