"""Qualitative wishes for what is near, made measurable."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.domain import Criterion
from assistant.understanding.text import ReadableText, has_any, longest_first
from prompts import loader


def read_criteria(
    text: ReadableText, facets: Sequence[tuple[str, str]], distance: int | None, language: str
) -> list[Criterion]:
    """Wishes for what is near, within ``distance`` metres where the question names it. Facet words count too."""
    wishes: dict[str, Criterion] = {}
    for lexeme in loader.criteria():
        # The narrower word comes first in the file: 역세권 is nearer than 지하철.
        for phrase in longest_first(lexeme.ko if language == "ko" else lexeme.en):
            if text.find(phrase, taken=True):
                wishes.setdefault(lexeme.key, Criterion(lexeme.key, distance or lexeme.within, phrase))
                if span := text.find(phrase):
                    text.take(span)
    for lexeme in reversed(loader.criteria()):
        if any(facet == lexeme.key for facet, _ in facets):
            wishes.setdefault(lexeme.key, Criterion(lexeme.key, distance or lexeme.within))
    level = next(
        (
            level
            for level, words in loader.words("words.yaml")["school_levels"].items()
            if has_any(text, words, language)
        ),
        "",
    )
    return [replace(wish, category=level) if wish.key == "school" else wish for wish in wishes.values()]
