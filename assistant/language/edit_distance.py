"""How much an agent changed a draft."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein


def edit_distance(draft: str, answer: str) -> int:
    """Characters inserted, deleted or replaced on the way from ``draft`` to ``answer``."""
    return Levenshtein.distance(draft, answer)
