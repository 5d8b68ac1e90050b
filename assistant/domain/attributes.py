"""What can be asked of a home, each declared once: how it is limited, told, widened and named.

The rows stand in ``assistant/kinds/housing/attributes.yaml``, whose head says what each of them may hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from assistant.domain.documents import Language

# range: between two ends, any of which may be open; any: one of several will do; all: every one must hold; one: exactly
# this; day: something is going on that day; empty: nothing is limited by it.
Form = Literal["range", "any", "all", "one", "day", ""]
Type = Literal["integer", "number", "date", "text"]
Words = Mapping[Language, str]


@dataclass(frozen=True, slots=True)
class Widening:
    """How far a condition gives way where nothing meets it: by a ``share``, or in its own unit; 0 means not at all."""

    share: float = 0.0
    points: float = 0.0
    months: int = 0


@dataclass(frozen=True, slots=True)
class PlaceKind:
    """A kind of place that a home may be near. ``limit``: metres, straight, within which ingestion looks for one.

    ``endings`` are what its places' names end with; empty where it takes those that no other kind claims. ``tag`` is
    that of the sentences on one worth offering, ``reply`` the words that ask for one. ``levels``: its places have
    categories, and that is the list of ``prompts/words.yaml`` that tells them apart; where their names do, these are
    ``categories``: by each, as the data has it, its words in both languages, the first of which says it.
    """

    key: str
    limit: int
    nouns: Words
    reply: Words
    endings: tuple[str, ...] = ()
    tag: str = ""
    levels: str = ""
    usual: str = ""
    categories: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attribute:
    """One thing that homes are asked about. ``key`` is that of its read-outs, of chips and of ``Question.without``.

    ``spans`` are the names of its lower and upper end in the filters (an area has two pairs), ``names`` those of its
    other values, ``derived`` of what is not said but follows; ``excluded`` what is to be left out, of which a home may
    have ``several``. ``facet`` is what shows that the condition is met; where ``proves``, an answer tells it.
    """

    key: str
    label: Words
    form: Form = ""
    type: Type = "text"
    unit: str = ""
    spans: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()
    derived: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    facet: str = ""
    proves: bool = True
    sort: str = ""
    excluded: str = ""
    several: bool = False
    negatable: Literal["", "out", "limit"] = ""
    place: bool = False
    overlaps: bool = False
    widen: Widening = field(default_factory=Widening)
    units: tuple[str, ...] = ()
    leads: tuple[str, ...] = ()
    example: Words = field(default_factory=dict)
    shows: Literal["words", "values"] = "words"
    by_size: bool = False
    compared: int = 0
    nearby: PlaceKind | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its conditions in the filters and in their JSON, what is left out aside."""
        return (*(name for span in self.spans for name in span), *self.names, *self.derived)
