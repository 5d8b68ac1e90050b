"""A turn as it is kept, so that a conversation that is opened again goes on where it stood."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from assistant.entrypoints.chat.conversation import Conversation, Turn
from assistant.entrypoints.json_forms.conversation import adapter

logger = logging.getLogger(__name__)


def turn_record(turn: Turn, forgotten: int) -> dict[str, Any]:
    """The turn as JSON; ``forgotten`` is how many turns no longer counted when it ended."""
    # An answer's question is its turn's.
    turn_ = adapter(Turn).dump_python(turn, mode="json", exclude={"answer": {"question"}}, exclude_defaults=True)
    return {"turn": turn_, "forgotten": forgotten}


def conversation_from_records(records: list[dict[str, Any]]) -> Conversation:
    """The conversation of these turns, oldest first. A turn that another version wrote otherwise is left out."""
    turns = [turn for record in records if (turn := _turn(record))]
    forgotten = records[-1].get("forgotten", 0) if records else 0
    return Conversation(turns, min(forgotten, len(turns)))


def _turn(record: Mapping[str, Any]) -> Turn | None:
    try:
        kept = dict(record["turn"])
        if kept.get("answer"):
            kept["answer"] = kept["answer"] | {"question": kept["question"]}
        turn: Turn = adapter(Turn).validate_json(json.dumps(kept))
        return turn
    except (KeyError, TypeError, ValidationError) as error:
        logger.warning("A turn that was kept cannot be read: %s", " ".join(str(error).split()))
        return None
