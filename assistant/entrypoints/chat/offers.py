"""What stands below an answer: to reply to its question, ask it as a new topic, rate it, keep the conversation."""

from __future__ import annotations

from datetime import date

from assistant.domain import Answer, ConversationState
from assistant.entrypoints.chat.texts import Texts

FOLLOWUPS = "Followups"  # public/elements/Followups.jsx
TOOLS = "AnswerTools"  # public/elements/AnswerTools.jsx
MOST_COMMENT = 1000  # letters


def followup_props(turn_id: str, answer: Answer, texts: Texts) -> dict[str, object] | None:
    """What the element is given; None where there is nothing to offer."""
    replies = answer.next.replies if answer.next else ()
    topic = changes_topic(answer)
    if not (replies or topic):
        return None
    return {
        "turn": turn_id,
        "question": answer.next.question if answer.next else "",
        "replies": replies,
        "fresh": texts.group("followups.fresh") if topic else None,
    }


def changes_topic(answer: Answer) -> bool:
    """Whether a question was read in a conversation on something else: about homes, goods on sale, or rules."""
    carried, domain = answer.understanding.carried, answer.understanding.domain
    if carried.fresh or carried.before == ConversationState() or answer.abstained:
        return False
    before = carried.before.domain
    return bool(carried.kept) or (before is not None and domain is not None and before != domain)


def tool_props(turn_id: str, today: date, texts: Texts) -> dict[str, object]:
    """What the element is given."""
    return {
        "turn": turn_id,
        "filename": f"budongi-{today.isoformat()}.md",
        "reasons": texts.group("tools.reasons"),
        "labels": texts.group("tools.labels"),
    }
