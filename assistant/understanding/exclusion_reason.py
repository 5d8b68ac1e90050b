"""``왜 X는 빠졌어?``: a question for the condition that kept a complex out of a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.domain import Filters, HomeSearch, Understanding
from assistant.kinds.housing.attributes import attributes, place_kinds
from assistant.language.text import ReadableText, has_any
from prompts.loader import Prompts


def asks_why_not(prompts: Prompts, understanding: Understanding) -> bool:
    """Whether a question with one complex in it asks why that one was left out."""
    text, words = ReadableText(understanding.text, prompts), prompts.words
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
    facets = tuple(dict.fromkeys(map(_shown_by, excluded)))
    return replace(understanding, facets=facets, filters=Filters(), criteria=(), unmatched=())


def words_of(prompts: Prompts, understanding: Understanding, excluded: Sequence[str]) -> str:
    """The unmet conditions in the words that set them; where they have none, by the name of what they measure."""
    language, told = understanding.language, []
    labels = {key: attribute.label[language] for key, attribute in attributes().items()}
    labels |= {lexeme.key: lexeme.label_ko if language == "ko" else lexeme.label_en for lexeme in prompts.facets}
    for facet in dict.fromkeys(map(_shown_by, excluded)):
        keys = [key for key, attribute in attributes().items() if facet in (attribute.facet, key)]
        keys += ["place"] if facet in place_kinds() else ["except"] if facet == "location" else []
        words = [reading.words for reading in understanding.readings if reading.key in keys and reading.words]
        told += words or [labels.get(facet, facet)]
    return ", ".join(dict.fromkeys(told))


def _shown_by(name: str) -> str:
    """What shows whether a condition is met, by its name in the filters, or a wish, by its key."""
    if name == "together":  # each by itself, and not all by one type: what it costs tells
        return "price"
    for key, attribute in attributes().items():
        if name in (key, attribute.excluded, *attribute.fields):
            return attribute.facet or key
    return name
