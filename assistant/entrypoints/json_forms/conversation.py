"""The JSON form of a conversation's state: an answer gives it, and the next question may bring it back, edited."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

from assistant.domain import ConversationState, Filters, ListingFilters, checked_length
from assistant.kinds.housing.attributes import attributes, python_type

if TYPE_CHECKING:
    from pydantic import TypeAdapter

T = TypeVar("T")


def state_json(state: ConversationState) -> dict[str, Any]:
    """What is set, dates as ISO text."""
    written: dict[str, Any] = adapter(ConversationState).dump_python(state, mode="json", exclude_defaults=True)
    return written


def state_from_json(value: object) -> ConversationState:
    """The state that :func:`state_json` wrote.

    Raises:
        ValueError: it has another form, or too long a text; says where, in one line.
    """
    from pydantic import ValidationError

    _check_lengths(value, "state")
    try:
        # As JSON, where a date is text and nothing else: from Python's own values 0 would be a day in 1970.
        state: ConversationState = adapter(ConversationState).validate_json(
            json.dumps(value), strict=True, extra="forbid"
        )
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(["state", *map(str, first["loc"])])
        raise ValueError(f'"{at}": {first["msg"].lower()}') from error
    return state


def _check_lengths(value: object, at: str) -> None:
    match value:
        case str():
            try:
                checked_length(value)
            except ValueError as error:
                raise ValueError(f'"{at}": {error}') from error
        case list():
            for index, item in enumerate(value):
                _check_lengths(item, f"{at}.{index}")
        case dict():
            for key, item in value.items():
                _check_lengths(item, f"{at}.{key}")


@cache
def adapter(kind: type[T]) -> TypeAdapter[T]:
    """What reads and writes ``kind`` as JSON. For values that hold conditions it is the only way."""
    from pydantic import TypeAdapter  # not before it is needed: a question without a state need not wait for it

    return TypeAdapter(kind)


def _conditions_schema(kind: type[Filters | ListingFilters], handler: Callable[[Any], Any]) -> dict[str, Any]:
    """How pydantic reads and writes conditions: as an object of those that are set, each of the type of its own."""
    from pydantic import ConfigDict, create_model

    types = {name: of for name, of in get_type_hints(kind).items() if name in vars(kind)}
    if kind is Filters:
        types = {name: python_type(one) for one in attributes().values() for name in one.fields} | types
    fields: dict[str, Any] = {name: (of, None) for name, of in types.items()}
    # What is read forbids other names by itself; the description must say so, too.
    closed = ConfigDict(json_schema_extra={"additionalProperties": False})
    form = create_model(kind.__name__, __config__=closed, **fields)
    return {
        "type": "function-after",
        "function": {"type": "no-info", "function": lambda given: kind(**dict(given))},
        "schema": handler(form),
        "serialization": {"type": "function-plain", "function": lambda conditions: conditions.json()},
    }


# The domain knows no library, so that what pydantic asks of a class is given here.
for _kind in (Filters, ListingFilters):
    setattr(_kind, "__get_pydantic_core_schema__", _conditions_schema)  # noqa: B010
