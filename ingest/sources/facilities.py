"""Facilities named in a park's description, reduced to a fixed vocabulary so that they can be said in two languages."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

# Walking paths among the nouns of facilities.yaml.
TRAILS = frozenset({"산책로", "둘레길", "탐방로", "등산로", "조깅코스", "숲길", "황톳길"})
_PATTERNS = tuple(
    (noun, re.compile(pattern))
    for noun, pattern in yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")).items()
)


def facilities(*descriptions: str) -> tuple[str, ...]:
    """The facilities that any of the texts names, each once, in the order of the vocabulary."""
    text = " ".join(descriptions)
    return tuple(noun for noun, pattern in _PATTERNS if pattern.search(text))


def has_trail(names: tuple[str, ...]) -> bool:
    """Whether a walking path is among these facilities."""
    return not TRAILS.isdisjoint(names)
