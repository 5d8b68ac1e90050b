"""청약홈 competition: applications per type, rank and residence."""

from __future__ import annotations

import re

from ingest.records import Competition
from ingest.sources.house_type_label import label_and_area
from ingest.sources.tables import CsvForm, Row

_SHORTFALL = re.compile(r"\(?△\s*([0-9,]+)\)?")


def parse(row: Row) -> Competition:
    label, area = label_and_area(row)
    rank = row.integer("순위")
    if rank is None:
        raise row.broken("순위", "a rank like 1")
    short = _SHORTFALL.fullmatch(row.text("경쟁률"))
    return Competition(
        notice_id=row.required("주택관리번호"),
        label=label,
        area=area,
        units=row.integer("공급세대수"),
        rank=rank,
        residence=row.text("거주지역"),
        applications=row.integer("접수건수"),
        rate=None if short else row.decimal("경쟁률"),
        shortfall=int(short[1].replace(",", "")) if short else None,
    )


FORM = CsvForm(
    name="청약홈 competition",
    domain="housing",
    columns=(
        "주택관리번호",
        "모델번호",
        "주택형",
        "공급세대수",
        "순위",
        "거주지역",
        "접수건수",
        "경쟁률",
    ),
    parse=parse,
)
