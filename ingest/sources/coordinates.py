"""Where the site of a notice is, and how precisely that is known."""

from __future__ import annotations

from typing import Literal, get_args

from ingest.records import Coordinate
from ingest.sources.columns import Form
from ingest.sources.tables import KOREA_LATITUDE, KOREA_LONGITUDE, Row

Precision = Literal["address", "dong_centroid", "sigungu_centroid"]
# A mapping, because mypy does not narrow a str to a Literal by membership.
_PRECISIONS: dict[str, Precision] = {name: name for name in get_args(Precision)}


def parse(row: Row) -> Coordinate:
    # Unlike a park, a notice that is in the wrong place gives wrong answers about itself: out of range is an error.
    latitude = row.degrees("위도", KOREA_LATITUDE)
    longitude = row.degrees("경도", KOREA_LONGITUDE)
    precision = _PRECISIONS.get(row.text("정밀도"))
    if precision is None:
        raise row.broken("정밀도", "address, dong_centroid or sigungu_centroid")
    return Coordinate(row.required("주택관리번호"), latitude, longitude, precision)


FORM = Form("coordinates", "housing", ("주택관리번호", "위도", "경도", "정밀도"), parse)
# Known, so that a folder holding them is read without complaint, and not used.
DONG_CENTROIDS = Form(
    "dong centroids",
    "",
    ("코드", "시도", "시군구", "읍면동", "위도", "경도", "코드종류"),
    parse=None,
    unused="centroids of 동 are not used: no distance may be stated from one",
)
