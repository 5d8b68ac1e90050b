"""JSON Lines of datasets, and what is asked of them by slices; what is wrong with a line names file and line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import AfterValidator, ValidationError
from pydantic_core import ErrorDetails

from assistant.errors import SourceError

T = TypeVar("T")


def read_lines(
    path: Path,
    form: Callable[[Any], T],
    what: str,
    mend: str,
    id_of: Callable[[T], str] | None = None,
) -> list[T]:
    """What ``form`` makes of each line, in order; empty lines are passed over.

    Raises:
        SourceError: ``form`` cannot read a line, or ``id_of`` gives one that came before. It says that this is
            ``what`` ("not a case"), why, at which line, and ``mend``.
    """
    found: list[T] = []
    ids: set[str] = set()
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            read = form(json.loads(line))
            if id_of is not None and (id_ := id_of(read)) in ids:
                raise ValueError(f"the id {id_!r} comes twice")
            ids |= {id_of(read)} if id_of is not None else set()
            found.append(read)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SourceError(path, f"this is {what} ({why(error)}).", mend, line=number) from error
    return found


def why(error: Exception) -> str:
    """What is wrong with a line, in one line: of a form that does not fit, each field with what it should be."""
    if isinstance(error, ValidationError):
        return "; ".join(_of_field(".".join(map(str, one["loc"])), one) for one in error.errors())
    return f"it holds no {error}" if isinstance(error, KeyError) else str(error)


def _of_field(field: str, one: ErrorDetails) -> str:
    if one["type"] == "unexpected_keyword_argument":
        return f"it holds {field}, which nothing reads"
    return f"{field} {one['ctx']['error']}" if one["type"] == "value_error" else f"{field}: {one['msg']}"


def one_of(*known: str) -> AfterValidator:
    """For a field that takes one of a few words."""

    def checked(word: str) -> str:
        if word not in known:
            raise ValueError(f"is {word!r}, which is none of {', '.join(known)}")
        return word

    return AfterValidator(checked)


def sliced(items: Iterable[T], fields: Sequence[str], *, named: bool = True) -> dict[str, list[T]]:
    """All items under ``all``, then those of each value of these fields of their ``case`` (or of their own): under
    ``kind fact``, or just ``fact`` where the field is not to be ``named``."""
    found = {"all": list(items)}
    for field in fields:
        for item in found["all"]:
            value = str(getattr(getattr(item, "case", item), field))
            found.setdefault(f"{field} {value}" if named else value, []).append(item)
    return found
