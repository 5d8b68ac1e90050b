"""A made-up notice with its records, written as a document: for tests of what housing documents say."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from assistant.domain import Document, Sentence
from ingest.records import Competition, Coordinate, HouseType, Notice, Park, Place, School, Station, WinningScore
from ingest.writing import housing_documents

NAME, NAME_EN = "독산동 롯데캐슬(본청약)", "Doksan-dong Lotte Castle (Main Subscription)"
ENGLISH = {
    NAME: NAME_EN,
    "서울특별시": "Seoul",
    "금천구": "Geumcheon-gu",
    "독산동": "Doksan-dong",
    "롯데건설": "Lotte E&C",
    "안양천공원": "Anyangcheon Park",
    "독산": "Doksan",
    "두산초등학교": "Dusan Elementary School",
    "산책로": "walking path",
    "1호선": "Line 1",
    "신혼부부": "newlyweds",
}


class FakeGlossary:
    def english(self, ko: str, kind: str | None = None) -> str:
        return ENGLISH.get(ko, f"{kind} in English")


@dataclass(frozen=True)
class Records:
    notices: tuple[Notice, ...]
    house_types: tuple[HouseType, ...] = ()
    competition: tuple[Competition, ...] = ()
    scores: tuple[WinningScore, ...] = ()
    coordinates: tuple[Coordinate, ...] = ()
    parks: tuple[Park, ...] = ()
    stations: tuple[Station, ...] = ()
    schools: tuple[School, ...] = ()
    places: tuple[Place, ...] = ()


NOTICE = Notice(
    notice_id="2025000001",
    name=NAME,
    kind="APT",
    detail_kind="민영",
    tenure="sale",
    region="서울",
    address="서울특별시 금천구 독산동 1151",
    households=390,
    announced=date(2025, 11, 27),
    receipt_start=date(2025, 12, 8),
    receipt_end=date(2025, 12, 12),
    special_start=date(2025, 12, 8),
    special_end=date(2025, 12, 8),
    first_rank_start=date(2025, 12, 9),
    first_rank_end=date(2025, 12, 9),
    second_rank_start=date(2025, 12, 10),
    second_rank_end=date(2025, 12, 10),
    winners_announced=date(2025, 12, 24),
    contract_start=date(2026, 1, 5),
    contract_end=date(2026, 1, 7),
    move_in=date(2028, 3, 1),
    builder="롯데건설(주)",
    developer="",
    contact="02-123-4567",
    homepage="https://example.com/lotte",
    notice_url="https://example.com/notice",
    speculation_zone=True,
    adjustment_zone=False,
    price_ceiling=False,
    redevelopment=True,
    public_district=False,
    large_site=False,
    capital_public_private=False,
)


def house_type(label: str, area: float, price: int | None, general: int = 40, special: int = 20) -> HouseType:
    return HouseType(NOTICE.notice_id, "01", label, area, area * 1.3, general, special, (("신혼부부", special),), price)


def applied(label: str, area: float, units: int, rank: int, residence: str, applications: int | None) -> Competition:
    return Competition(NOTICE.notice_id, label, area, units, rank, residence, applications, None, None)


RECORDS = Records(
    notices=(NOTICE,),
    house_types=(
        house_type("59.98A", 59.98, 70_000),
        house_type("84.98A", 84.98, 85_000, general=100, special=80),
        house_type("84.92B", 84.92, 83_000),
    ),
    competition=(
        applied("59.98A", 59.98, 40, 1, "해당지역", 10),
        applied("59.98A", 59.98, 40, 1, "기타지역", 5),
        applied("59.98A", 59.98, 40, 2, "해당지역", 900),
        applied("84.98A", 84.98, 100, 1, "해당지역", 1_200),
        applied("84.98A", 84.98, 100, 1, "기타지역", 34),
    ),
    scores=(
        WinningScore(NOTICE.notice_id, "84.98A", 84.98, 1, "해당지역", 54.0, 69.0, 60.25),
        WinningScore(NOTICE.notice_id, "59.98A", 59.98, 1, "해당지역", 0.0, 0.0, 0.0),
    ),
    coordinates=(Coordinate(NOTICE.notice_id, 37.47, 126.895, "address"),),
    parks=(Park("안양천공원", "근린공원", "", 37.473, 126.895, 12_345.0, ("산책로", "화장실"), True),),
    stations=(Station("독산", "1호선", 37.466, 126.889, "Doksan"),),
    schools=(School("두산초등학교", "초등학교", 37.4712, 126.895),),
)


def written(records: Records = RECORDS) -> Document:
    (document,) = housing_documents(records, FakeGlossary())
    return document


def about(facet: str, records: Records = RECORDS, *, tag: str = "") -> list[Sentence]:
    found = [sentence for chunk in written(records).chunks for sentence in chunk.sentences if sentence.facet == facet]
    return [sentence for sentence in found if not tag or tag in sentence.tags]


def with_notice(**changes: object) -> Records:
    return replace(RECORDS, notices=(replace(NOTICE, **changes),))  # type: ignore[arg-type]
