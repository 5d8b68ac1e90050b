"""The registry of what homes are asked by, read once from ``attributes.yaml`` beside this file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from itertools import chain
from typing import Any, Literal

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
    """The kind of the place of this name: whose names end so, or hold so long a word, else the one that takes all."""
    kinds = place_kinds().items()
    ending = (key for key, kind in kinds if name.endswith(kind.endings))
    holding = (key for key, kind in kinds if any(len(word) > 2 and word in name for word in kind.endings))
    return next(chain(ending, holding, (key for key, kind in kinds if not kind.endings)))


def is_kind(name: str) -> bool:
    """Whether a place of this name is called as all of its kind or category are: 어린이도서관 is no name of one."""
    words = ((*kind.nouns.values(), *kind.categories, *kind.endings) for kind in place_kinds().values())
    return "".join(name.split()) in {word for of_kind in words for word in of_kind}


def python_type(attribute: Attribute) -> Any:
    """The type of the attribute's values in the filters."""
    one: Any = {"integer": int, "number": float, "date": date, "text": str}[attribute.type]
    one = Literal[attribute.values] if attribute.values else one
    return tuple[one, ...] if attribute.form in ("any", "all") else one


def reading_schema() -> dict[str, Any]:
    """JSON Schema of what may be read out of a question for homes: its conditions, by their names in the filters."""
    properties: dict[str, Any] = {}
    for attribute in attributes().values():
        label = f"{attribute.label['ko']} ({attribute.label['en']})"
        unit = f", in {attribute.unit}" if attribute.unit else ""
        kinds: dict[str, Any] = {"date": {"type": "string", "format": "date"}, "text": {"type": "string"}}
        one = kinds.get(attribute.type, {"type": attribute.type})
        if attribute.values:
            one = one | {"enum": list(attribute.values)}
        several = {"type": "array", "items": one, "minItems": 1}
        for low, high in attribute.spans:
            properties[low] = {**one, "description": f"{label}: at least{unit}"}
            properties[high] = {**one, "description": f"{label}: at most{unit}"}
        for name in (*attribute.names, *attribute.derived):
            properties[name] = {**(several if attribute.form in ("any", "all") else one), "description": label}
        if attribute.excluded:
            properties[attribute.excluded] = {**several, "description": f"{label}: none of these"}
    return {"type": "object", "properties": properties, "additionalProperties": False}


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
    """Lists as tuples, in mappings too."""
    if isinstance(value, dict):
        return {name: _tuples(one) for name, one in value.items()}
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value
