"""What ingestion writes and the store keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from assistant.domain.values import Value

Language = Literal["ko", "en"]
Domain = Literal["housing", "faq", "listing", "document"]
ListingStatus = Literal["on_sale", "reserved", "sold"]

# Kinds of park (도시공원법) that are laid out for more than a playground.
WALKING_KINDS: Final = frozenset(
    {"근린공원", "체육공원", "수변공원", "도시자연공원", "도시자연공원구역", "생태공원", "국립공원", "수목원", "식물원"}
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One statement that can be cited, in both languages where the source is structured.

    ``facet`` says what it is about (``move_in``, ``price``, ``park`` …; ``text`` for free text), ``tags`` what it is
    limited to (``area:84`` = types of 84.xx ㎡). ``en`` is empty where the source has only one language. ``values`` are
    its figures as whoever wrote it knew them; None where they can only be read in the text: it is other people's, or an
    earlier version stored it.
    """

    ko: str
    en: str = ""
    facet: str = "text"
    tags: tuple[str, ...] = ()
    values: tuple[Value, ...] | None = None


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

    ``kind`` is the key of an attribute that homes are near to (:class:`assistant.domain.attributes.PlaceKind`).
    ``lines`` are a station's lines (``1호선``); ``category`` a park's or school's kind (``근린공원``, ``초등학교``);
    ``area`` a park's ㎡; ``trail`` whether a park is known to have walking paths.
    """

    kind: str
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
