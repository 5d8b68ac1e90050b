"""The words this project thinks in, as frozen dataclasses. No I/O, no library types.

Units are fixed here once: distances in metres, areas in square metres, prices in 만원 (10,000 won), months as the first
day of the month.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

Language = Literal["ko", "en"]
Domain = Literal["housing", "faq", "listing", "document"]
Role = Literal["user", "agent"]
Stage = Literal["explore", "shortlist", "detail", "define", "howto"]
Intent = Literal["find", "compare", "detail", "define", "eligibility", "how-to", "price", "schedule"]
NearbyKind = Literal["park", "station", "school"]
ListingStatus = Literal["on_sale", "reserved", "sold"]

# Kinds of park (도시공원법) that are laid out for more than a playground.
WALKING_KINDS: Final = frozenset(
    {"근린공원", "체육공원", "수변공원", "도시자연공원", "도시자연공원구역", "생태공원", "국립공원", "수목원", "식물원"}
)


# --- what ingestion writes and the store keeps -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement that can be cited, in both languages where the source is structured.

    ``facet`` says what it is about (``move_in``, ``price``, ``park`` …; ``text`` for free text), ``tags`` what it is
    limited to (``area:84`` = types of 84.xx ㎡). ``en`` is empty where the source has only one language.
    """

    ko: str
    en: str = ""
    facet: str = "text"
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """One paragraph on one topic: ``text`` is what is embedded and indexed, ``sentences`` what is cited."""

    topic: str
    text: str
    sentences: tuple[Sentence, ...]
    language: Language = "ko"


@dataclass(frozen=True, slots=True)
class UnitType:
    """One 주택형. ``label`` as people write it (``84.98A``); areas in ㎡; price in 만원, highest of the type."""

    label: str
    area: float
    supply_area: float | None = None
    units: int | None = None
    top_price: int | None = None


@dataclass(frozen=True, slots=True)
class Nearby:
    """A place near a complex, only ever from an address-precise coordinate. ``distance`` is straight-line metres.

    ``lines`` are a station's lines (``1호선``); ``category`` a park's or school's kind (``근린공원``, ``초등학교``);
    ``area`` a park's ㎡; ``trail`` whether a park is known to have walking paths.
    """

    kind: NearbyKind
    name_ko: str
    name_en: str
    distance: int
    lines: tuple[str, ...] = ()
    category: str = ""
    area: float | None = None
    facilities: tuple[str, ...] = ()
    trail: bool = False


@dataclass(frozen=True, slots=True)
class HousingAttributes:
    """What housing questions filter and sort by. Anything unknown is None: an unknown never matches a filter."""

    sido: str = ""
    sigungu: str = ""
    dong: str = ""
    households: int | None = None
    move_in: date | None = None
    announced: date | None = None
    receipt_start: date | None = None
    receipt_end: date | None = None
    tenure: Literal["sale", "rental"] = "sale"
    builder: str = ""
    latitude: float | None = None
    longitude: float | None = None
    precise: bool = False
    competition: float | None = None
    lowest_score: float | None = None
    unit_price: int | None = None  # 만원 per 3.3 ㎡ of supply area, weighted by units; sale only
    ownership: str = ""  # 국민 (public-sector) or 민영 (private-sector)
    special: tuple[tuple[str, int], ...] = ()  # units set aside, by kind (신혼부부 …)
    corrected: bool = False  # a [정정공고]: it takes the place of the notice it corrects
    unit_types: tuple[UnitType, ...] = ()
    nearby: tuple[Nearby, ...] = ()


@dataclass(frozen=True, slots=True)
class ListingAttributes:
    """What questions about marketplace posts filter and sort by. ``price`` in won; anything unknown is None or empty.

    ``kinds`` are keys of ``prompts/listings.yaml``, narrowest first (``macbook``, ``laptop``, ``computer``). ``flags``
    say what is wrong with a post: ``contact``, ``prohibited:KIND``; a post that offers prohibited goods is never shown.
    """

    kinds: tuple[str, ...] = ()
    price: int | None = None
    free: bool = False
    negotiable: bool = False
    status: ListingStatus | None = "on_sale"
    sido: str = ""
    sigungu: str = ""
    dong: str = ""
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One source record, rewritten for retrieval. Its identity is ``domain:source_id``."""

    domain: Domain
    source_id: str
    name_ko: str
    name_en: str
    chunks: tuple[Chunk, ...]
    aliases: tuple[str, ...] = ()
    housing: HousingAttributes | None = None
    origin: str = ""
    listing: ListingAttributes | None = None

    @property
    def id(self) -> str:
        return f"{self.domain}:{self.source_id}"


# --- a question and what was understood of it --------------------------------------------------------------------


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
    ``domain`` is where they have chosen to look (a profile of the chat page); it settles what the words leave open.
    """

    text: str
    history: tuple[Message, ...] = ()
    role: Role = "user"
    id: str = ""
    state: ConversationState | None = None
    without: tuple[str, ...] = ()
    domain: Domain | None = None


@dataclass(frozen=True, slots=True)
class Filters:
    """Hard conditions. Empty or None means no condition. Prices in 만원, areas in ㎡, both ends inclusive.

    ``neighbours`` are the districts next to ``sigungus``, admitted beside them where a question says "around".
    ``places`` are parks and schools that must be near. ``receipt_…`` bounds the application period, which need only
    overlap; ``announced_…`` the day of the notice. ``builders`` are companies as the store writes them,
    ``regulations`` designations with their answer (``speculation_zone:no``), all of which must hold. ``competition``
    counts applications per unit; ``score`` is the lowest winning 가점. What ``except_…`` names is left out;
    ``except_ids`` are document ids.
    """

    sidos: tuple[str, ...] = ()
    sigungus: tuple[str, ...] = ()
    dongs: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    stations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    min_price: int | None = None
    max_price: int | None = None
    min_area: float | None = None
    max_area: float | None = None
    sizes: tuple[int, ...] = ()  # whole ㎡, where the question names several; min_area and max_area span them
    min_supply_area: float | None = None
    max_supply_area: float | None = None
    min_households: int | None = None
    max_households: int | None = None
    move_in_from: date | None = None
    move_in_to: date | None = None
    receipt_from: date | None = None
    receipt_to: date | None = None
    announced_from: date | None = None
    announced_to: date | None = None
    min_competition: float | None = None
    max_competition: float | None = None
    min_score: float | None = None
    max_score: float | None = None
    open_on: date | None = None
    brands: tuple[str, ...] = ()
    builders: tuple[str, ...] = ()
    regulations: tuple[str, ...] = ()
    except_sidos: tuple[str, ...] = ()
    except_sigungus: tuple[str, ...] = ()
    except_dongs: tuple[str, ...] = ()
    except_brands: tuple[str, ...] = ()
    except_builders: tuple[str, ...] = ()
    except_ids: tuple[str, ...] = ()
    tenure: Literal["sale", "rental"] | None = None


@dataclass(frozen=True, slots=True)
class ListingFilters:
    """Hard conditions on marketplace posts. Prices in won, both ends inclusive; empty or None means no condition.

    ``kinds`` are keys of ``prompts/listings.yaml``, any of which will do; ``words`` are terms of the question that no
    rule knows, which the best posts hold.
    """

    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    min_won: int | None = None
    max_won: int | None = None
    free: bool = False
    negotiable: bool = False
    statuses: tuple[ListingStatus, ...] = ()
    sidos: tuple[str, ...] = ()
    sigungus: tuple[str, ...] = ()
    dongs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """A qualitative wish made measurable, as ``prompts/criteria.yaml`` says under ``name``.

    ``key`` is what is measured: ``park``, ``station`` or ``school`` within ``within`` metres; ``special`` supply;
    ``undersubscribed``; ``ownership``; or ``list``, which only filters and orders. ``category`` narrows it (초등학교).
    """

    key: str
    within: int = 0
    words: str = ""
    category: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class EntityName:
    """A document's identity and its names, as the vocabulary of the store has them."""

    id: str
    name_ko: str
    name_en: str


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A content word that no rule understood: the ``term`` as search splits it, the ``word`` as it was typed.

    ``told`` is whether a reader should hear that no document speaks of it: things people ask about that are never in
    the data (``absent``), and names; not every leftover word of a sentence.
    """

    term: str
    word: str
    told: bool = True
    absent: bool = False


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


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a turn read out of a question. ``readings`` say which words each read-out came from.

    ``type_label`` is one type (``84A``), or ``*`` where every type is asked for. ``unmatched_words`` is the
    longest run of unmatched words as it was typed: most likely a name. ``impossible`` holds pairs of words whose
    conditions exclude each other, or one that no calendar has. ``documents`` are those named by title, and
    ``has_documents`` is whether the store has any. ``why_not``: the question is which of the filters and criteria
    keeps the complex out.
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
    type_label: str = ""
    impossible: tuple[str, ...] = ()
    why_not: bool = False
    readings: tuple[Reading, ...] = ()
    listing: ListingFilters | None = None
    carried: Carried = field(default_factory=Carried)


# --- evidence and answers ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Result:
    """One chunk that a search found. ``housing`` is present for housing documents."""

    rank: int
    score: float
    document_id: str
    source_id: str
    chunk_id: str
    domain: Domain
    name_ko: str
    name_en: str
    topic: str
    text: str
    sentences: tuple[Sentence, ...]
    language: Language = "ko"
    origin: str = ""
    dense: float = 0.0
    lexical: float = 0.0
    coverage: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A complex that meets filters and wishes. ``places`` names, per wish, the place that meets it best.

    Where prices are compared, ``unit_price`` is its own per 3.3 ㎡ in 만원, and ``median`` that of ``compared``
    complexes of the same city or district.
    """

    document_id: str
    fit: float
    places: tuple[tuple[str, str], ...] = ()
    unit_price: int | None = None
    median: float | None = None
    compared: int = 0


@dataclass(frozen=True, slots=True)
class Complex:
    """What is told of a complex at a glance. Prices are the lowest and highest of its types' top prices, in 만원.

    ``park`` and ``station`` are the nearest ones known; None where the complex's address is not known precisely.
    """

    id: str
    name_ko: str
    name_en: str
    district: str
    households: int | None
    move_in: date | None
    receipt_end: date | None
    tenure: Literal["sale", "rental"]
    lowest_price: int | None
    highest_price: int | None
    park: Nearby | None
    station: Nearby | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One citable statement, numbered as the model and the reader see it. ``quote`` is in the answer's language."""

    n: int
    document_id: str
    source_id: str
    chunk_id: str
    name_ko: str
    name_en: str
    facet: str
    quote: str
    text: str
    missing: bool = False  # all it says is that the data has no such figure


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement of the answer stands. ``n`` is the number in brackets in the answer's text."""

    n: int
    source_id: str
    chunk_id: str
    entity_id: str
    quote: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """A sentence the model wrote that was not released, and why."""

    sentence: str
    reason: str


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens as the model's server counted them; 0 where no model was called. ``cost_usd`` None: no price is known."""

    input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: float | None = None

    def __add__(self, other: Usage) -> Usage:
        costs = [one.cost_usd for one in (self, other) if one.cost_usd is not None]
        return Usage(
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            sum(costs) if costs else None,
        )


@dataclass(frozen=True, slots=True)
class NextQuestion:
    """What an answer asks back to narrow a long list, and replies that each fit some of what was found."""

    question: str
    replies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The end of a turn: what ``budongi ask --json`` prints.

    ``degraded``: the chat model failed (``problem``) and the evidence speaks for itself. ``misconfigured``: it will
    fail again until a setting is mended. ``state`` is where the conversation stands now. ``next``: the question
    that ``text`` ends with, where it ends with one.
    """

    question: Question
    text: str
    understanding: Understanding
    abstained: bool
    degraded: bool
    entities: tuple[EntityName, ...]
    citations: tuple[Citation, ...]
    dropped: tuple[Dropped, ...]
    prompt_version: str
    model: str
    timings_ms: dict[str, float]
    usage: Usage
    state: ConversationState = field(default_factory=ConversationState)
    problem: str = ""
    misconfigured: bool = False
    next: NextQuestion | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """What a person said of one answer. ``id`` is a UUID of that answer; ``rated_by`` a login, empty without one.

    ``reason`` is what was wrong with it, by key; empty where they did not say.
    """

    id: str
    helpful: bool
    reason: str = ""
    comment: str = ""
    rated_by: str = ""


# --- what a running turn reports, in order -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Understood:
    understanding: Understanding


@dataclass(frozen=True, slots=True)
class Retrieved:
    results: tuple[Result, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Released:
    """A piece of the answer that may be shown: its claims hold."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    answer: Answer


Event = Understood | Retrieved | Released | Finished
