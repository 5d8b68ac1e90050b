"""Texts as they come from outside, made such as a database takes."""

from __future__ import annotations

from typing import Any


def wellformed(value: Any) -> Any:
    """Strings, also inside JSON, without what no text has: NUL, and halves of surrogate pairs."""
    match value:
        case str():
            return value.encode("utf-8", "replace").decode("utf-8").replace("\0", " ")
        case list():
            return [wellformed(item) for item in value]
        case dict():
            return {wellformed(key): wellformed(item) for key, item in value.items()}
    return value
