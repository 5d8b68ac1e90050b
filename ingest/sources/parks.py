"""Parks: 전국도시공원 standard data and Seoul's main parks, a row each. Areas in ㎡.

Of the main parks the prose columns are not read; facilities are reduced to nouns.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Final

from ingest.records import Park
from ingest.sources.columns import Form
from ingest.sources.facilities import facilities, has_trail
from ingest.sources.problems import LeftOut
from ingest.sources.tables import Row

_FACILITY_COLUMNS = tuple(f"공원보유시설({kind}시설)" for kind in ("운동", "유희", "편익", "교양", "기타"))
# The kinds of the 도시공원법 as the table has them; what is one slip away from a kind (어린인공원) is that kind.
KINDS: Final = (
    *("근린공원", "어린이공원", "소공원", "문화공원", "체육공원", "수변공원", "역사공원", "묘지공원", "도시농업공원"),
    *("방재공원", "주제공원", "도시자연공원", "도시자연공원구역", "국가도시공원", "가로공원"),
    *("공공공지", "기타", "기타공원"),
)
# Of a main park its name tells the kind.
_KINDS_IN_NAMES = ("도시자연공원", "근린공원", "생태공원", "국립공원", "체육공원", "수목원", "식물원")
FIRST_NUMBER: Final = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_LARGEST = 1e9  # ㎡; Seoul has 605 million. One row gives 북한산국립공원 a thousand times its size.


def parse(row: Row) -> Park:
    name, latitude, longitude = _named_place(row)
    kind = row.text("공원구분")
    if kind not in ("", *KINDS):
        kind = next(iter(get_close_matches(kind, KINDS, n=1, cutoff=0.8)), kind)
    address = row.text("소재지도로명주소") or row.text("소재지지번주소")
    found = facilities(*map(row.text, _FACILITY_COLUMNS))
    area = row.decimal("공원면적") or None
    return Park(name, kind, address, latitude, longitude, area, found, has_trail(found))


def parse_main(row: Row) -> Park:
    name, latitude, longitude = _named_place(row)
    kind = next((kind for kind in _KINDS_IN_NAMES if kind in name), "주요공원")
    found = facilities(row.text("주요시설"))
    area = _main_area(row.text("면적"))
    return Park(name, kind, row.text("공원주소"), latitude, longitude, area, found, has_trail(found))


def _named_place(row: Row) -> tuple[str, float, float]:
    latitude, longitude = row.place("위도", "경도")
    name = row.text("공원명")
    if not name:
        raise LeftOut(f"line {row.line}: a park without a name")
    return name, latitude, longitude


def _main_area(text: str) -> float | None:
    """The first figure: ``2896887㎡ 임 야 : 2454140㎡ …`` gives the whole before its parts."""
    match = FIRST_NUMBER.search(text)
    area = float(match[0].replace(",", "")) if match else 0.0
    return area if 0 < area < _LARGEST else None


FORM = Form(
    "전국도시공원 parks",
    "",
    ("공원명", "공원구분", "소재지도로명주소", "소재지지번주소", "위도", "경도", "공원면적", *_FACILITY_COLUMNS),
    parse,
)
MAIN = Form("Seoul main parks", "", ("공원명", "면적", "주요시설", "지역", "공원주소", "경도", "위도"), parse_main)
