"""A question, and the conversation it is asked in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from assistant.domain.conditions import Criterion, Filters, ListingFilters
from assistant.domain.documents import Domain

Role = Literal["user", "agent"]
Stage = Literal["explore", "shortlist", "detail", "define", "howto"]


@dataclass(frozen=True, slots=True)
class Message:
    """One earlier turn of the conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a person asks. ``id`` is echoed in the answer.

    ``state`` is where the conversation stands, as the answer before gave it or a person edited it; without one it is
    read from ``history``. ``without`` takes read-outs back by their keys (``price``, ``sigungu``, ``park``, ``sort``),
    whether this question set them or an earlier one, and complexes by their ids.
    ``instead`` are conditions set anew by their keys, in words, in place of what this question or an earlier one said.
    ``domain`` is where they have chosen to look (a profile of the chat page); it settles what the words leave open.
    """

    text: str
    history: tuple[Message, ...] = ()
    role: Role = "user"
    id: str = ""
    state: ConversationState | None = None
    without: tuple[str, ...] = ()
    domain: Domain | None = None
    instead: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityName:
    """A document's identity and its names, as the vocabulary of the store has them."""

    id: str
    name_ko: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One read-out and the words it came from: ``words`` stand at ``start`` to ``end`` of the understanding's text.

    Blank those characters out of the text, and the read-out is taken back. ``start`` is -1 where the words stand
    apart from each other.
    """

    key: str
    words: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class HomeSearch:
    """The conditions under which complexes were last looked for. ``facets``: what was asked of those found.

    ``said`` are the conditions in the words that set them, each with its key.
    """

    filters: Filters = field(default_factory=Filters)
    criteria: tuple[Criterion, ...] = ()
    sort: str = ""
    facets: tuple[str, ...] = ()
    said: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class PostSearch:
    """The conditions under which marketplace posts were last looked for, as :class:`HomeSearch` has them."""

    filters: ListingFilters
    sort: str = ""
    said: tuple[Reading, ...] = ()


@dataclass(frozen=True, slots=True)
class ConversationState:
    """Where a conversation stands: all that a later question may leave out. A value: carried, shown and edited.

    ``domain`` is that of the last question; ``stage`` that of the last one about complexes, None where its complex
    was not found. ``search`` holds the conditions in force, ``posts`` those on posts while they are asked about.
    ``candidates`` are the complexes of the last list in its order, ``focus`` those at hand, ``recent`` those asked
    about one by one, latest last. ``facets``, ``sizes`` (areas alone) and ``type_label`` are what was last asked.
    """

    domain: Domain | None = None
    stage: Stage | None = None
    search: HomeSearch | None = None
    posts: PostSearch | None = None
    candidates: tuple[EntityName, ...] = ()
    focus: tuple[EntityName, ...] = ()
    recent: tuple[EntityName, ...] = ()
    facets: tuple[str, ...] = ()
    sizes: Filters = field(default_factory=Filters)
    type_label: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a question took over from the conversation, or gave up of it.

    ``before`` is the state that it was read in. ``replaced`` are conditions set anew, as pairs of words, the earlier
    first; ``kept`` the words of those still in force in another place. ``fresh``: the question asked to start over.
    ``beyond``: it asked for a place on the last list that the list does not reach. ``beside`` is the complex whose
    district and size others are looked for in.
    """

    before: ConversationState = field(default_factory=ConversationState)
    replaced: tuple[tuple[str, str], ...] = ()
    kept: tuple[str, ...] = ()
    fresh: bool = False
    beyond: bool = False
    beside: str = ""
