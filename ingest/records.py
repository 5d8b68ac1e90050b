"""What source modules read: one frozen dataclass per kind of record, in the source's own terms but with real types.

Areas in ㎡, prices in 만원, months as the first day of the month, coordinates WGS84. Missing is None (or empty text).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Generic, Literal, TypeVar


@dataclass(frozen=True, slots=True)
class Notice:
    """One 입주자모집공고 (a row of ``notices.csv``)."""

    notice_id: str  # 주택관리번호
    name: str
    kind: str  # 주택구분코드명: APT, 신혼희망타운 …
    detail_kind: str  # 주택상세구분코드명: 민영, 국민
    tenure: Literal["sale", "rental"]  # 분양구분코드명
    region: str  # 공급지역명
    address: str
    households: int | None
    announced: date | None
    receipt_start: date | None
    receipt_end: date | None
    special_start: date | None
    special_end: date | None
    first_rank_start: date | None  # 해당지역1순위접수시작일
    first_rank_end: date | None
    second_rank_start: date | None
    second_rank_end: date | None
    winners_announced: date | None
    contract_start: date | None
    contract_end: date | None
    move_in: date | None
    builder: str  # several firms stand two spaces apart, as the source has them
    developer: str
    contact: str
    homepage: str
    notice_url: str
    speculation_zone: bool | None  # 투기과열지구
    adjustment_zone: bool | None  # 조정대상지역
    price_ceiling: bool | None  # 분양가상한제
    redevelopment: bool | None  # 정비사업
    public_district: bool | None  # 공공주택지구
    large_site: bool | None  # 대규모택지개발지구
    capital_public_private: bool | None  # 수도권내민영공공주택지구
    corrected: bool = False  # the title says [정정공고]; ``name`` is without it
    first_rank_gyeonggi_start: date | None = None  # 경기지역1순위접수시작일
    first_rank_gyeonggi_end: date | None = None
    first_rank_other_start: date | None = None  # 기타지역1순위접수시작일
    first_rank_other_end: date | None = None
    second_rank_other_start: date | None = None  # 기타지역2순위접수시작일
    second_rank_other_end: date | None = None


@dataclass(frozen=True, slots=True)
class HouseType:
    """One 주택형 of a notice (a row of ``house_types.csv``)."""

    notice_id: str
    model_number: str
    label: str  # as people write it: 84.98A (from 084.9800A)
    area: float  # exclusive, ㎡
    supply_area: float | None
    general_units: int | None
    special_units: int | None
    special_by_kind: tuple[tuple[str, int], ...]  # ("다자녀가구", 12) …, only where above 0
    top_price: int | None  # 만원


@dataclass(frozen=True, slots=True)
class Competition:
    """Applications for one type, rank and residence (a row of ``competition.csv``)."""

    notice_id: str
    label: str
    area: float
    units: int | None
    rank: int
    residence: str
    applications: int | None
    rate: float | None  # applications per unit; None where short of applicants or unpublished
    shortfall: int | None  # (△5) = 5


@dataclass(frozen=True, slots=True)
class WinningScore:
    """Winning 가점 of one type and residence (a row of ``winning_scores.csv``)."""

    notice_id: str
    label: str
    area: float
    rank: int
    residence: str
    lowest: float | None
    highest: float | None
    average: float | None


@dataclass(frozen=True, slots=True)
class Coordinate:
    """Where a notice's site is. Distances are stated only where ``precision`` is ``address``."""

    notice_id: str
    latitude: float
    longitude: float
    precision: Literal["address", "dong_centroid", "sigungu_centroid"]


@dataclass(frozen=True, slots=True)
class Park:
    name: str
    kind: str  # 근린공원, 어린이공원 …
    address: str
    latitude: float
    longitude: float
    area: float | None
    facilities: tuple[str, ...]
    trail: bool = False  # a walking path is named among its facilities


@dataclass(frozen=True, slots=True)
class Station:
    """One station on one line; the same station on two lines is two records."""

    name: str  # without the trailing 역
    line: str  # 1호선, 신분당선 …
    latitude: float
    longitude: float
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class School:
    name: str
    level: Literal["초등학교", "중학교", "고등학교"]
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Place:
    """A place of any other kind that homes are near to. ``kind`` is the key of its attribute (``library``)."""

    kind: str
    name: str
    latitude: float
    longitude: float
    category: str = ""
    area: float | None = None  # ㎡
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One bilingual proper noun. ``kind``: station, sido, sigungu, dong, brand; in a file of overrides any kind of
    name (``complex``, ``park``, ``school``, ``builder``, ``name`` for a word inside names).
    """

    kind: str
    ko: str
    en: str
    override: bool = False  # wins over every other source of the name


@dataclass(frozen=True, slots=True)
class FaqEntry:
    faq_id: str
    question: str
    answer: str
    category: str = ""
    variants: tuple[str, ...] = ()  # other ways in which people ask it


@dataclass(frozen=True, slots=True)
class Listing:
    listing_id: str
    title: str
    description: str
    price: int | None  # won; 0 where it is given away, None where the post names none
    location: str
    status: str = ""
    negotiable: bool = False  # the price field itself says so (가격협의)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or a table row, and the headings it stands under, outer first. ``page`` counts from 1; 0 is none."""

    page: int
    headings: tuple[str, ...]
    text: str
    is_row: bool = False


@dataclass(frozen=True, slots=True)
class TextDocument:
    """A document of no special form: as plain text (Markdown or none), or as ``blocks`` where its layout was read."""

    doc_id: str
    text: str
    title: str = ""
    blocks: tuple[Block, ...] = ()


HousingRecord = Notice | HouseType | Competition | WinningScore | Coordinate
PlaceRecord = Park | Station | School | Place
Record = HousingRecord | PlaceRecord | Term | FaqEntry | Listing | TextDocument
R_co = TypeVar("R_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Sourced(Generic[R_co]):
    """A record and the file and line it stands at. ``line`` is 0 for a record that is a whole file or page."""

    record: R_co
    path: Path
    line: int
