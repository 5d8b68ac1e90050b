"""Personal data in a text, however it is disguised, found and masked before anything is stored or sent to a model."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from assistant.language.masking.addresses import addresses
from assistant.language.masking.contacts import contact_names
from assistant.language.masking.numbers import private_numbers
from assistant.language.masking.private import CONTACTS, KINDS, LABELS, Kind, Private


def find_private(text: str, kinds: Collection[Kind] = KINDS) -> list[Private]:
    """What is private in ``text`` (NFC), in order, apart from each other; overlapping finds become one."""
    found = [item for item in (*contact_names(text), *private_numbers(text), *addresses(text)) if item.kind in kinds]
    merged: list[Private] = []
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        if merged and item.start < merged[-1].end:
            last = merged[-1]
            merged[-1] = Private(last.kind, last.start, max(last.end, item.end))
        else:
            merged.append(item)
    return merged


def mask(text: str, kinds: Collection[Kind] = KINDS) -> str:
    """``text`` (made NFC) with every private stretch replaced by what kind it was: ``[연락처 가림]``."""
    text = unicodedata.normalize("NFC", text)
    for item in reversed(find_private(text, kinds)):
        text = f"{text[: item.start]}{LABELS[item.kind]}{text[item.end :]}"
    return text


__all__ = ["CONTACTS", "KINDS", "LABELS", "Kind", "Private", "find_private", "mask"]
