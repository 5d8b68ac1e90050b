"""Seoul's main parks. Their prose columns are not read; facilities are reduced to nouns. Areas in ㎡."""

from __future__ import annotations

import re

from ingest.records import Park
from ingest.sources.facilities import facilities, has_trail
from ingest.sources.problems import LeftOut
from ingest.sources.tables import CsvForm, Row

_FIRST_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?")
_KINDS = ("도시자연공원", "근린공원", "생태공원", "국립공원", "체육공원", "수목원", "식물원")
_LARGEST = 1e9  # ㎡; Seoul has 605 million. One row gives 북한산국립공원 a thousand times its size.


def parse(row: Row) -> Park:
    latitude, longitude = row.place("위도", "경도")
    name = row.text("공원명")
    if not name:
        raise LeftOut(f"line {row.line}: a park without a name")
    found = facilities(row.text("주요시설"))
    return Park(
        name=name,
        kind=next((kind for kind in _KINDS if kind in name), "주요공원"),
        address=row.text("공원주소"),
        latitude=latitude,
        longitude=longitude,
        area=_area(row.text("면적")),
        facilities=found,
        trail=has_trail(found),
    )


def _area(text: str) -> float | None:
    """The first figure: ``2896887㎡ 임 야 : 2454140㎡ …`` gives the whole before its parts."""
    match = _FIRST_NUMBER.search(text)
    area = float(match[0].replace(",", "")) if match else 0.0
    return area if 0 < area < _LARGEST else None


FORM = CsvForm(
    name="Seoul main parks",
    domain="",
    columns=("공원명", "면적", "주요시설", "지역", "공원주소", "경도", "위도"),
    parse=parse,
)
