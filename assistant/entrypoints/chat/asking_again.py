"""The same question asked again with other conditions, taken back or set anew; of each kind the latest change holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import uuid4

from assistant.domain import Reading
from assistant.entrypoints.chat.conversation import Turn
from assistant.entrypoints.chat.texts import Texts
from assistant.understanding import conditions


def asked_without(turn: Turn, key: str, text: str) -> Turn:
    """A turn that asks without the condition of this key, which its chip called ``text``."""
    kept, gone = _apart(turn.question.instead, key)
    without = dict.fromkeys((*turn.question.without, key, *(one.key for one in gone)))
    question = replace(turn.question, instead=kept, without=tuple(without))
    taken_back = tuple(one for one in turn.taken_back if one.key != key)
    return Turn(str(uuid4()), question, (*taken_back, Reading(key, text)))


def asked_with(turn: Turn, condition: Reading) -> Turn:
    """A turn that asks with this condition, whatever was said of its kind before."""
    kept, _ = _apart(turn.question.instead, condition.key)
    without = tuple(key for key in turn.question.without if not same_kind(key, condition.key))
    question = replace(turn.question, instead=(*kept, condition), without=without)
    taken_back = tuple(one for one in turn.taken_back if not same_kind(one.key, condition.key))
    return Turn(str(uuid4()), question, taken_back)


def again(turn: Turn, texts: Texts) -> str:
    """What is different from how the question was asked; empty where nothing is."""
    changes = []
    if turn.question.instead:
        changes.append(texts.say("chips.with", conditions=", ".join(one.words for one in turn.question.instead)))
    if turn.taken_back:
        changes.append(texts.say("chips.without", conditions=", ".join(one.words for one in turn.taken_back)))
    return texts.say("chips.again", changes=texts.say("chips.and").join(changes)) if changes else ""


def _apart(instead: Iterable[Reading], key: str) -> tuple[tuple[Reading, ...], tuple[Reading, ...]]:
    """Conditions of other kinds, and those of this one."""
    kept: list[Reading] = []
    same: list[Reading] = []
    for one in instead:
        (same if same_kind(one.key, key) else kept).append(one)
    return tuple(kept), tuple(same)


def same_kind(one: str, other: str) -> bool:
    """A district and a station are both a place: the one takes the place of the other."""
    return one == other or (one in conditions.PLACES and other in conditions.PLACES)
