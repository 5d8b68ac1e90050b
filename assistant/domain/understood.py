"""What was understood of a question."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from assistant.domain.conditions import Criterion, Filters, ListingFilters
from assistant.domain.conversation import Carried, EntityName, Reading, Stage
from assistant.domain.documents import Domain, Language

Intent = Literal["find", "compare", "detail", "define", "eligibility", "how-to", "price", "schedule"]


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A content word that no rule understood: the ``term`` as search splits it, the ``word`` as it was typed.

    ``told`` is whether a reader should hear that no document speaks of it: things people ask about that are never in
    the data (``absent``), and names; not every leftover word of a sentence. ``place``: it stands where the place stands
    that homes are looked for in.
    """

    term: str
    word: str
    told: bool = True
    absent: bool = False
    place: bool = False


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a turn read out of a question. ``readings`` say which words each read-out came from.

    ``type_label`` is one type (``84A``), or ``*`` where every type is asked for. ``unmatched_words`` is the
    longest run of unmatched words as it was typed: most likely a name. ``impossible`` holds pairs of words whose
    conditions exclude each other, or one that no calendar has. ``documents`` are those named by title, and
    ``has_documents`` is whether the store has any. ``why_not``: the question is which of the filters and criteria
    keeps the complex out. ``most``: the order in which it takes the named complex for the first of all.
    """

    text: str
    language: Language
    domain: Domain | None
    stage: Stage
    intent: Intent = "find"
    facets: tuple[str, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    filters: Filters = field(default_factory=Filters)
    entities: tuple[EntityName, ...] = ()
    documents: tuple[EntityName, ...] = ()
    has_documents: bool = False
    unknown_names: tuple[str, ...] = ()
    unmatched: tuple[Unmatched, ...] = ()
    unmatched_words: str = ""
    sort: str = ""
    most: str = ""
    type_label: str = ""
    impossible: tuple[str, ...] = ()
    why_not: bool = False
    readings: tuple[Reading, ...] = ()
    listing: ListingFilters | None = None
    carried: Carried = field(default_factory=Carried)
