"""Which column or key of a file holds what: by the form's own name of it, or by another that people give it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

from assistant.errors import SourceError

Spellings = Mapping[str, tuple[str, ...]]


class Form(Protocol):
    """A kind of file; ``domain`` is empty for what belongs to none."""

    @property
    def name(self) -> str: ...
    @property
    def domain(self) -> str: ...


F = TypeVar("F", bound=Form)


class Place(Protocol):
    """A row or an entry."""

    @property
    def path(self) -> Path: ...
    @property
    def line(self) -> int: ...
    def names(self) -> Iterable[str]: ...
    def value(self, name: str) -> str: ...
    def broken(self, column: str, expected: str) -> SourceError: ...


def found(key: str, spellings: Spellings, present: Iterable[str]) -> list[str]:
    """Those of the names present that ``key`` may have, its own first. What has other spellings has any case too."""
    if key not in spellings:
        return [key] if key in present else []
    by_letters: dict[str, str] = {}
    for name in present:
        by_letters.setdefault(name.strip().casefold(), name)
    wanted = (key, *spellings[key])
    return [by_letters[name.casefold()] for name in wanted if name.casefold() in by_letters]


def missing(keys: Iterable[str], spellings: Spellings, present: Sequence[str]) -> list[str]:
    """The keys that are there by none of their names."""
    names = set(present)
    return [key for key in keys if not found(key, spellings, names)]


def said(key: str, spellings: Spellings) -> str:
    """A key for people, with its other names."""
    return f"{key} (or {', '.join(spellings[key])})" if key in spellings else key


def choose(path: Path, fitting: Sequence[F], sizes: Sequence[int], domain: str | None, line: int) -> F:
    """Of the forms that fit, the one of the most columns.

    Args:
        path: the file.
        fitting: one form at least.
        sizes: how many columns each of them needs.
        domain: which the file is said to be; None where nothing was said.
        line: where the names stand.

    Raises:
        SourceError: they are of several domains, and nothing was said.
    """
    sized = [pair for pair in zip(fitting, sizes, strict=True) if not domain or pair[0].domain in ("", domain)]
    sized = sized or list(zip(fitting, sizes, strict=True))
    kinds = {form.domain: form.name for form, _ in sized if form.domain}
    if len(kinds) > 1:
        options = " or ".join(f"--domain {kind}" for kind in sorted(kinds))
        raise SourceError(
            path,
            f"It could be {' as well as '.join(sorted(kinds.values()))}.",
            f"Say which with {options}, or remove the columns of the other.",
            line=line,
        )
    return max(sized, key=lambda pair: pair[1])[0]


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
