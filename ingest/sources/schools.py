"""Elementary, middle and high schools; closed ones are left out."""

from __future__ import annotations

from typing import Literal, get_args

from ingest.records import School
from ingest.sources.columns import Form
from ingest.sources.problems import LeftOut
from ingest.sources.tables import Row

Level = Literal["초등학교", "중학교", "고등학교"]
# A mapping, because mypy does not narrow a str to a Literal by membership.
_LEVELS: dict[str, Level] = {name: name for name in get_args(Level)}


def parse(row: Row) -> School:
    if row.text("운영상태") != "운영":
        raise LeftOut(f"line {row.line}: {row.text('학교명')} is not operating ({row.text('운영상태') or 'no status'})")
    level = _LEVELS.get(row.required("학교급구분"))
    if level is None:
        raise LeftOut(f"line {row.line}: {row.text('학교급구분')} is not a level that is used")
    latitude, longitude = row.place("위도", "경도")
    return School(row.required("학교명"), level, latitude, longitude)


FORM = Form("schools", "", ("학교명", "학교급구분", "운영상태", "위도", "경도"), parse)
