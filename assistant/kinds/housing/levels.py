"""Which category of a kind of place a question means: an elementary school, of schools."""

from __future__ import annotations

from assistant.kinds.housing.attributes import place_kinds
from assistant.language.text import ReadableText, has_any
from prompts.loader import Prompts


def read_level(prompts: Prompts, text: str | ReadableText, language: str, kind: str) -> str:
    """``초등학교``, ``중학교`` or ``고등학교``; empty where the question says none, or the kind has none."""
    if kind not in place_kinds() or not place_kinds()[kind].levels:
        return ""
    readable = text if isinstance(text, ReadableText) else ReadableText(text, prompts)
    levels = prompts.words[place_kinds()[kind].levels]
    return next((level for level, said in levels.items() if has_any(readable, said, language)), "")
