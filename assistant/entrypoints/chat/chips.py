"""The chips above an answer: each condition as it was understood, and the key by which it is taken back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from assistant.domain import Reading, Understanding
from assistant.entrypoints.chat.asking_again import again
from assistant.entrypoints.chat.conversation import Turn
from assistant.entrypoints.chat.reading import label, value
from assistant.entrypoints.chat.texts import Texts
from assistant.understanding import conditions
from assistant.understanding.slot_edit import distance
from prompts.loader import Prompts

UNDERSTOOD = "Understood"  # public/elements/Understood.jsx


@dataclass(frozen=True, slots=True)
class Chip:
    """``text`` as ``label: value``; ``key`` as ``Question.without`` takes it, empty where it cannot be taken back.

    ``words`` are what somebody may put others in the place of (``Question.instead``); empty where nothing can be.
    """

    key: str
    text: str
    words: str = ""


def chips(prompts: Prompts, understanding: Understanding, texts: Texts) -> list[Chip]:
    """The conditions in force, whether this question set them or an earlier one, the complexes at hand first."""
    return list(dict.fromkeys(_chips(prompts, understanding, texts)))


def chip_props(turn: Turn, chips: Sequence[Chip], texts: Texts) -> dict[str, object]:
    """What the element is given."""
    return {
        "turn": turn.id,
        "chips": [asdict(chip) | texts.group("chips.chip", condition=chip.text) for chip in chips],
        "again": again(turn, texts),
        "labels": texts.group("chips.labels"),
    }


def _chips(prompts: Prompts, understanding: Understanding, texts: Texts) -> Iterator[Chip]:
    for entity in understanding.entities:
        name = entity.name_ko if texts.language == "ko" else entity.name_en or entity.name_ko
        yield Chip("", f"{label(prompts, 'entity', texts)}: {name}")
    readings = _readings(understanding)
    if understanding.listing is not None:
        keys = [key for key in conditions.POST_FIELDS if conditions.is_set_on_posts(understanding.listing, key)]
    else:
        keys = [key for key in conditions.FIELDS if conditions.is_set(understanding.filters, key)]
        keys += [wish.name or wish.key for wish in understanding.criteria]
    keys += ["sort"] if understanding.sort else []
    settable = (*conditions.RANGES, *conditions.NAMED)  # what can be said in other words
    for key in keys:
        said, meant = conditions.words_of_key(readings, key), value(key, understanding, texts)
        # Districts, stations and brands are held by their Korean names: an English reader gets their own words back.
        told = said or meant if texts.language == "en" and key in conditions.NAMED else meant or said
        text = f"{label(prompts, key, texts)}: {told}" if told else label(prompts, key, texts)
        within = distance(key, understanding.criteria)
        yield Chip(key, text, f"{within}m" if within else (said or told) if key in settable else "")


def _readings(understanding: Understanding) -> tuple[Reading, ...]:
    """The words of this question's conditions, and of those that earlier ones set."""
    before = understanding.carried.before
    searches = [search for search in (before.search, before.posts) if search is not None]
    now = understanding.readings if understanding.listing is not None else conditions.said(understanding)
    keys = {reading.key for reading in now}
    return (*now, *(reading for search in searches for reading in search.said if reading.key not in keys))
