"""What kind of turn a question is."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain import EntityName, Stage
from assistant.language.text import ReadableText, has_any


def read_stage(text: ReadableText, entities: Sequence[EntityName], named: bool, language: str) -> Stage:
    """``named``: a place, a condition, or a name that no document has, is in the question."""
    vocabulary = text.prompts.words
    if len(entities) > 1 and has_any(text, vocabulary["compare"], language):
        return "shortlist"
    if entities:
        return "detail"
    if named:
        return "explore"
    if has_any(text, vocabulary["define"], language):
        return "define"
    if has_any(text, vocabulary["howto"], language):
        return "howto"
    return "explore"
