"""Neighbourhoods that posts are in: people write them without a district and, in English, without their suffix."""

from __future__ import annotations

from assistant.domain import Reading
from assistant.language.gazetteer.vocabulary import Vocabulary
from assistant.language.places import MIN_EN_STEM
from assistant.language.text import ReadableText


def read_post_places(text: ReadableText, vocabulary: Vocabulary, readings: list[Reading]) -> tuple[str, ...]:
    """Those named, by their Korean names: 성산동, "Seongsan-dong", "bikes in Seongsan"; their words are taken."""
    found: list[str] = []
    for ko, en in vocabulary.post_dongs:
        stem = en.partition("-")[0]
        span = text.find_squeezed(ko) or text.find_word(en)
        if span is None and len(stem) >= MIN_EN_STEM:
            span = text.find_word(stem)
        if span:
            found.append(ko)
            readings.append(text.read("dong", span))
    return tuple(found)
