"""What is kept from stores and models: a stretch of text, and what kind of private thing it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from prompts.yaml_text import parse_yaml

Kind = Literal[
    "phone", "email", "link", "messenger", "resident_number", "account", "card", "passport", "licence", "address"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
# What stands in its place. No prompt: a change of prompts can unmask nothing.
LABELS: dict[Kind, str] = parse_yaml(Path(__file__).with_name("labels.yaml").read_text(encoding="utf-8"))
CONTACTS: frozenset[Kind] = frozenset(("phone", "email", "link", "messenger"))


@dataclass(frozen=True, slots=True)
class Private:
    """``start`` and ``end`` are positions in the NFC text, as in a slice."""

    kind: Kind
    start: int
    end: int
