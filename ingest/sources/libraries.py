"""전국도서관 standard data: public, children's and small libraries. Those without a position are left out."""

from __future__ import annotations

import re

from ingest.records import Place
from ingest.sources.columns import Form
from ingest.sources.problems import LeftOut
from ingest.sources.tables import Row

_CALLED = re.compile(r"도서관|문고|북\s?카페")  # what a name says of itself; any other needs its kind beside it
_FOR_CHILDREN = re.compile(r"어린이\s?(?:영어\s?)?도서관$")


def parse(row: Row) -> Place:
    name, category = row.required("도서관명"), row.text("도서관유형")
    if not (row.text("위도") or row.text("경도")):
        raise LeftOut("a library without a position")
    latitude, longitude = row.place("위도", "경도")
    bare = re.sub(r"\s*\([^)]*\)", "", name).strip() or name  # 도봉도서관(종합자료실) is a room of it
    if _FOR_CHILDREN.search(bare):
        category = "어린이도서관"  # most of them the table has by who runs them
    called = bare if _CALLED.search(bare) else f"{bare} {category}".strip()
    return Place("library", called, latitude, longitude, category, seats=row.integer("열람좌석수") or None)


FORM = Form("libraries", "", ("도서관명", "도서관유형", "열람좌석수", "위도", "경도"), parse)
