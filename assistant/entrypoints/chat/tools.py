"""The tools under an answer: say whether it helped, keep the conversation as a file."""

from __future__ import annotations

from datetime import date

from assistant.entrypoints.chat.texts import Texts

ELEMENT = "AnswerTools"  # public/elements/AnswerTools.jsx
REASONS = ("wrong", "missing", "other_question", "unclear")
MOST_COMMENT = 1000  # letters


def tool_props(turn_id: str, today: date, texts: Texts) -> dict[str, object]:
    """What the element is given."""
    return {
        "turn": turn_id,
        "filename": f"budongi-{today.isoformat()}.md",
        "reasons": {reason: texts.say(f"tools.reasons.{reason}") for reason in REASONS},
        "labels": {
            key: texts.say(f"tools.{key}") for key in ("up", "down", "save", "what", "comment", "send", "failed")
        },
    }
