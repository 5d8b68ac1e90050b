"""The registry of what homes are asked by, read once from ``attributes.yaml`` beside this file."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.domain.attributes import Attribute, PlaceKind, Widening
from prompts.yaml_text import parse_yaml


@cache
def attributes() -> Mapping[str, Attribute]:
    """Every attribute by its key, in the order of the file."""
    text = files(__package__).joinpath("attributes.yaml").read_text(encoding="utf-8")
    return {row["key"]: _attribute(row) for row in parse_yaml(text)}


@cache
def place_kinds() -> Mapping[str, PlaceKind]:
    """The kinds of place that homes are near to, by their keys."""
    return {key: one.nearby for key, one in attributes().items() if one.nearby}


def kind_of(name: str) -> str:
    """The kind of the place of this name: the one whose names end so, else the one that takes the rest."""
    rest = next(key for key, kind in place_kinds().items() if not kind.endings)
    return next((key for key, kind in place_kinds().items() if name.endswith(kind.endings)), rest)


def _attribute(row: Mapping[str, Any]) -> Attribute:
    """One row as a value.

    Raises:
        TypeError: the row has a key that no attribute has, or lacks one that all have.
    """
    nearby = row.get("nearby")
    given = {name: _tuples(value) for name, value in row.items()}
    if nearby:
        given["nearby"] = PlaceKind(key=row["key"], **{name: _tuples(value) for name, value in nearby.items()})
    if widen := row.get("widen"):
        given["widen"] = Widening(**widen)
    return Attribute(**given)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
