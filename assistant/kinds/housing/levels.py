"""Which category of a kind of place a question means: an elementary school, of schools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.kinds.housing.attributes import place_kinds
from assistant.language.text import ReadableText, has_any
from prompts.loader import Prompts


def read_level(prompts: Prompts, text: str | ReadableText, language: str, kind: str) -> str:
    """``초등학교``, ``중학교``, ``어린이도서관``; empty where the question says none, or the kind has none."""
    if kind not in place_kinds() or not (place_kinds()[kind].levels or place_kinds()[kind].categories):
        return ""
    readable = text if isinstance(text, ReadableText) else ReadableText(text, prompts)
    nearby = place_kinds()[kind]
    levels: Mapping[str, Mapping[str, Sequence[str]]]
    levels = prompts.words[nearby.levels] if nearby.levels else nearby.categories
    return next((level for level, said in levels.items() if has_any(readable, said, language)), "")
