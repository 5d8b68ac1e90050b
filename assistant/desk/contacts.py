"""A masked message without its masks: "my number is …" asks nothing, and would be answered."""

from __future__ import annotations

import re
from functools import cache

from prompts.loader import words


def without_contacts(masked: str) -> str:
    """``masked`` less its masks and the words that give them; as it is where nothing else was said."""
    left = " ".join(_given().sub(" ", masked).split())
    return left if any(char.isalpha() for char in left) else masked


@cache
def _given() -> re.Pattern[str]:
    masks = "|".join(sorted({re.escape(label) for label in words("masking.yaml").values()}))
    before, after = ("".join(words("contact_phrases.yaml")[key]) for key in ("before", "after"))
    return re.compile(f"{before}(?:{masks}){after}", re.IGNORECASE)
