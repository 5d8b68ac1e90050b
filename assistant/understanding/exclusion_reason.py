"""``왜 X는 빠졌어?``: a question for the condition that kept a complex out of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.domain import Filters, HomeSearch, Understanding
from assistant.language.text import ReadableText, has_any
from prompts import loader

# What shows whether a condition is met, by the names of conditions in Filters and of wishes.
_SHOWN_BY = {
    **dict.fromkeys(("min_price", "max_price", "together"), "price"),
    **dict.fromkeys(("min_area", "max_area", "min_supply_area", "max_supply_area"), "types"),
    **dict.fromkeys(("min_households", "max_households"), "households"),
    **dict.fromkeys(("move_in_from", "move_in_to"), "move_in"),
    **dict.fromkeys(("receipt_from", "receipt_to", "open_on"), "receipt"),
    **dict.fromkeys(("announced_from", "announced_to"), "announced"),
    "builders": "builder",
    "regulations": "regulation",
    **dict.fromkeys(("sidos", "sigungus", "dongs", "except_sidos", "except_sigungus", "except_dongs"), "location"),
    **dict.fromkeys(("lines", "stations"), "station"),
    **dict.fromkeys(("min_competition", "max_competition"), "competition"),
    **dict.fromkeys(("min_score", "max_score"), "score"),
}
# Under which names read-outs of that condition go.
_READ_AS = {
    "types": ("area",),
    "location": ("sido", "sigungu", "dong", "except"),
    "receipt": ("receipt", "open"),
    "station": ("station", "line"),
    "park": ("park", "place"),
    "school": ("school", "place"),
}


def asks_why_not(understanding: Understanding) -> bool:
    """Whether a question with one complex in it asks why that one was left out."""
    text, words = ReadableText(understanding.text), loader.words("words.yaml")
    return (
        len({name.name_ko for name in understanding.entities}) == 1
        and has_any(text, words["why"], understanding.language)
        and has_any(text, words["left_out"], understanding.language)
    )


def of_search(latest: Understanding, search: HomeSearch) -> Understanding:
    """``latest`` asked of the conditions that an earlier question set."""
    return replace(
        latest,
        stage="detail",
        domain="housing",
        facets=(),
        unmatched=(),
        filters=search.filters,
        criteria=search.criteria,
        readings=(*latest.readings, *search.said),
        why_not=True,
    )


def about_excluded(understanding: Understanding, excluded: Sequence[str]) -> Understanding:
    """The question for what shows the conditions that the complex does not meet."""
    facets = tuple(dict.fromkeys(_SHOWN_BY.get(key, key) for key in excluded))
    return replace(understanding, facets=facets, filters=Filters(), criteria=(), unmatched=())


def words_of(understanding: Understanding, excluded: Sequence[str]) -> str:
    """The unmet conditions in the words that set them; where they have none, by the name of what they measure."""
    language, told = understanding.language, []
    labels = {lexeme.key: lexeme.label_ko if language == "ko" else lexeme.label_en for lexeme in loader.facets()}
    for key in dict.fromkeys(_SHOWN_BY.get(key, key) for key in excluded):
        names = _READ_AS.get(key, (key,))
        words = [reading.words for reading in understanding.readings if reading.key in names and reading.words]
        told += words or [labels.get(key, key)]
    return ", ".join(dict.fromkeys(told))
