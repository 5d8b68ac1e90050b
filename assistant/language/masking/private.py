"""What is kept from stores and models: a stretch of text, and what kind of private thing it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "phone", "email", "link", "messenger", "resident_number", "account", "card", "passport", "licence", "address"
]
KINDS: tuple[Kind, ...] = get_args(Kind)
CONTACTS: frozenset[Kind] = frozenset(("phone", "email", "link", "messenger"))


@dataclass(frozen=True, slots=True)
class Private:
    """``start`` and ``end`` are positions in the NFC text, as in a slice."""

    kind: Kind
    start: int
    end: int
