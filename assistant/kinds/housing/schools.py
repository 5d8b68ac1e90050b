"""Which level of school a question means."""

from __future__ import annotations

from assistant.language.text import ReadableText, has_any
from prompts import loader


def school_level(text: str, language: str) -> str:
    """``초등학교``, ``중학교`` or ``고등학교``; empty where the question says none."""
    readable = ReadableText(text)
    levels = loader.words("words.yaml")["school_levels"]
    return next((level for level, said in levels.items() if has_any(readable, said, language)), "")
