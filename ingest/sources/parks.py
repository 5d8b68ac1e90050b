"""전국도시공원 standard data: one row per park. Areas in ㎡."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Final

from ingest.records import Park
from ingest.sources.facilities import facilities, has_trail
from ingest.sources.problems import LeftOut
from ingest.sources.tables import CsvForm, Row

_FACILITY_COLUMNS = tuple(f"공원보유시설({kind}시설)" for kind in ("운동", "유희", "편익", "교양", "기타"))
# The kinds of the 도시공원법 as the table has them; what is one slip away from a kind (어린인공원) is that kind.
KINDS: Final = (
    *("근린공원", "어린이공원", "소공원", "문화공원", "체육공원", "수변공원", "역사공원", "묘지공원", "도시농업공원"),
    *(
        "방재공원",
        "주제공원",
        "도시자연공원",
        "도시자연공원구역",
        "국가도시공원",
        "가로공원",
        "공공공지",
        "기타",
        "기타공원",
    ),
)


def _kind(text: str) -> str:
    if not text or text in KINDS:
        return text
    return next(iter(get_close_matches(text, KINDS, n=1, cutoff=0.8)), text)


def parse(row: Row) -> Park:
    latitude, longitude = row.place("위도", "경도")
    name = row.text("공원명")
    if not name:
        raise LeftOut(f"line {row.line}: a park without a name")
    found = facilities(*(row.text(column) for column in _FACILITY_COLUMNS))
    return Park(
        name=name,
        kind=_kind(row.text("공원구분")),
        address=row.text("소재지도로명주소") or row.text("소재지지번주소"),
        latitude=latitude,
        longitude=longitude,
        area=row.decimal("공원면적") or None,
        facilities=found,
        trail=has_trail(found),
    )


FORM = CsvForm(
    name="전국도시공원 parks",
    domain="",
    columns=(
        "공원명",
        "공원구분",
        "소재지도로명주소",
        "소재지지번주소",
        "위도",
        "경도",
        "공원면적",
        *_FACILITY_COLUMNS,
    ),
    parse=parse,
)
