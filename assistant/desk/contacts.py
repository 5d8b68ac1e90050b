"""A masked message without its masks: "my number is …" asks nothing, and would be answered."""

from __future__ import annotations

import re
from pathlib import Path

from assistant.language.masking import LABELS
from prompts.yaml_text import parse_yaml

_PHRASES = parse_yaml(Path(__file__).with_name("contact_phrases.yaml").read_text(encoding="utf-8"))
_MASKS = "|".join(sorted({re.escape(label) for label in LABELS.values()}))
_GIVEN = re.compile(f"{''.join(_PHRASES['before'])}(?:{_MASKS}){''.join(_PHRASES['after'])}", re.IGNORECASE)


def without_contacts(masked: str) -> str:
    """``masked`` less its masks and the words that give them; as it is where nothing else was said."""
    left = " ".join(_GIVEN.sub(" ", " ".join(masked.split())).split())
    return left if any(char.isalpha() for char in left) else masked
