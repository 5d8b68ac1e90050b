"""What the panel of conditions holds: the words of each field, and the turn asked again with those changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.domain import Reading, Understanding
from assistant.entrypoints.chat.asking_again import asked_with, asked_without
from assistant.entrypoints.chat.chips import Chip
from assistant.entrypoints.chat.conversation import Panel, Turn
from assistant.entrypoints.chat.texts import Texts
from assistant.kinds.housing.attributes import attributes
from assistant.understanding import conditions

POSTS = ("sigungu", "price", "status")


def shown_conditions(understanding: Understanding, chips: Sequence[Chip], phrases: Texts) -> dict[str, str]:
    """The words of each field of the panel; empty where there is no such condition."""
    words = {"sigungu" if chip.key in conditions.PLACES else chip.key: chip.words for chip in reversed(chips)}
    if understanding.listing is not None:
        status = understanding.listing.statuses
        told = phrases.say(f"statuses.{status[0]}") if len(status) == 1 else ""
        return {key: words.get(key, "") for key in POSTS} | {"status": told}
    days = {key: one for key, one in attributes().items() if one.form == "day"}
    shown = {key: words.get(key, "") for key, one in attributes().items() if one.example or key in days}
    return shown | {
        key: one.label[phrases.language] if conditions.is_set(understanding.filters, key) else ""
        for key, one in days.items()
    }


def changed(panel: Panel, given: Mapping[str, str]) -> Turn | None:
    """The panel's turn asked again with what is different in ``given``; None where nothing is."""
    turn = panel.turn
    for key, words in given.items():
        if words == panel.shown[key]:
            continue
        turn = asked_with(turn, Reading(key, words)) if words else asked_without(turn, key, panel.shown[key])
    return None if turn is panel.turn else turn
