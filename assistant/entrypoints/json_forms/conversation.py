"""The JSON form of a conversation's state: an answer gives it, and the next question may bring it back, edited."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from assistant.domain import ConversationState, checked_length

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def state_json(state: ConversationState) -> dict[str, Any]:
    """What is set, dates as ISO text."""
    written: dict[str, Any] = _adapter().dump_python(state, mode="json", exclude_defaults=True)
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
        return _adapter().validate_json(json.dumps(value), strict=True, extra="forbid")
    except ValidationError as error:
        first = error.errors()[0]
        at = ".".join(["state", *map(str, first["loc"])])
        raise ValueError(f'"{at}": {first["msg"].lower()}') from error


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
def _adapter() -> TypeAdapter[ConversationState]:
    from pydantic import TypeAdapter  # not before it is needed: a question without a state need not wait for it

    return TypeAdapter(ConversationState)
