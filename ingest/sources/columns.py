"""Forms of tables and JSON: by which columns or keys each is known, under the names that people give them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from assistant.errors import SourceError
from ingest.records import Record

LONGEST_SHOWN = 300  # characters of names or a value in a message
Spellings = Mapping[str, tuple[str, ...]]


class Place(Protocol):
    """A row of a table or an object of JSON."""

    def names(self) -> Iterable[str]: ...
    def value(self, name: str) -> str: ...
    def broken(self, column: str, expected: str) -> SourceError: ...


@dataclass(frozen=True, slots=True)
class Form:
    """The columns that a table must have, or the keys of a JSON object, and how one of them becomes a record.

    ``parse`` takes a row of a table or an entry of JSON; it is None for a form that is known but holds nothing this
    project uses: ``unused`` then says why. ``spellings``: the other names that a column may have; of several it takes
    the first that is not empty.
    """

    name: str
    domain: str  # "housing", "listing" …, or "" for context and glossary, which belong to no single domain
    columns: tuple[str, ...]
    parse: Callable[[Any], Record] | None
    unused: str = ""
    spellings: Spellings = field(default_factory=dict)

    def detect(self, names: Iterable[str]) -> bool:
        """Whether a file with these headers or keys is of this form."""
        return not self.missing(names)

    def missing(self, names: Iterable[str]) -> list[str]:
        """The columns that are there by none of their names."""
        present = set(names)
        return [column for column in self.columns if not found(column, self.spellings, present)]


def found(key: str, spellings: Spellings, present: Iterable[str]) -> list[str]:
    """Those of the names present that ``key`` may have, its own first. What has other spellings has any case too."""
    if key not in spellings:
        return [key] if key in present else []
    by_letters: dict[str, str] = {}
    for name in present:
        by_letters.setdefault(name.strip().casefold(), name)
    wanted = (key, *spellings[key])
    return [by_letters[name.casefold()] for name in wanted if name.casefold() in by_letters]


def said(key: str, spellings: Spellings) -> str:
    """A key for people, with its other names."""
    return f"{key} (or {', '.join(spellings[key])})" if key in spellings else key


def choose(path: Path, what: str, names: Sequence[str], forms: Sequence[Form], domain: str | None, line: int) -> Form:
    """The form with the most columns among those that are there in full.

    Args:
        path: the file.
        what: the names are: ``headers`` or ``keys``.
        names: headers or keys.
        forms: those of such files.
        domain: which the file is said to be; None where nothing was said.
        line: where the names stand.

    Raises:
        SourceError: none fits; names what was found, the nearest form and what it lacks. Or forms of several domains
            do, and nothing was said.
    """
    fitting = [form for form in forms if form.detect(names)]
    if not fitting:
        given = _shortened(", ".join(names)) or "none"
        raise SourceError(
            path,
            f"Its {what} are of no known form. Found: {given}. {_nearest(names, forms)}",
            f"Add the missing {'columns' if what == 'headers' else what}, or leave the file out.",
            line=line,
        )
    asked = [form for form in fitting if not domain or form.domain in ("", domain)] or fitting
    kinds = {form.domain: form.name for form in asked if form.domain}
    if len(kinds) > 1:
        options = " or ".join(f"--domain {kind}" for kind in sorted(kinds))
        raise SourceError(
            path,
            f"It could be {' as well as '.join(sorted(kinds.values()))}.",
            f"Say which with {options}, or remove the columns of the other.",
            line=line,
        )
    return max(asked, key=lambda form: len(form.columns))


def _nearest(names: Sequence[str], forms: Sequence[Form]) -> str:
    """What the nearest form lacks; where none is near, the forms that there are, those of few columns first."""
    nearest = max(forms, key=lambda form: 1 - len(form.missing(names)) / len(form.columns))
    missing = nearest.missing(names)
    if len(missing) < len(nearest.columns):
        lacking = ", ".join(said(column, nearest.spellings) for column in missing)
        return f"The nearest form is {nearest.name}, which lacks here: {lacking}."
    known = (f"{form.name}: {', '.join(form.columns)}" for form in sorted(forms, key=lambda form: len(form.columns)))
    return f"Known forms: {_shortened('; '.join(known))}."


def _shortened(text: str) -> str:
    return f"{text[:LONGEST_SHOWN]} …" if len(text) > LONGEST_SHOWN else text


@dataclass(frozen=True, slots=True)
class Named:
    """The values of a row or an entry by the keys of its form. Every getter raises SourceError."""

    place: Place
    spellings: Spellings

    def text(self, key: str) -> str:
        """The first value that is not empty, of the names the key may have."""
        names = found(key, self.spellings, self.place.names())
        return next((value for name in names if (value := self.place.value(name))), "")

    def required(self, key: str) -> str:
        if not (value := self.text(key)):
            raise self.broken(key, "allowed to be missing or empty")
        return value

    def broken(self, key: str, expected: str) -> SourceError:
        names = found(key, self.spellings, self.place.names())
        return self.place.broken(names[0] if names else key, expected)
