"""What may be done after an answer with one click: reply to its question, or ask it as a new topic."""

from __future__ import annotations

from assistant.domain import Answer, ConversationState
from assistant.entrypoints.chat.texts import Texts

ELEMENT = "Followups"  # public/elements/Followups.jsx


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
