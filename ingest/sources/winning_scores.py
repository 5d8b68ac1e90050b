"""청약홈 winning scores: lowest, highest and average winning 가점 (0 to 84) per type and residence."""

from __future__ import annotations

import re

from ingest.records import WinningScore
from ingest.sources.house_type_label import label_and_area
from ingest.sources.problems import LeftOut
from ingest.sources.tables import CsvForm, Row

_RANK = re.compile(r"([0-9])순위")
_HIGHEST_SCORE = 84


def parse(row: Row) -> WinningScore:
    # 청약홈 writes a sentence into this column while applications are still open.
    if not any(character.isdigit() for character in row.required("주택형")):
        raise LeftOut(f"line {row.line}: no result published yet")
    label, area = label_and_area(row)
    rank = _RANK.fullmatch(row.text("순위"))
    if rank is None:
        raise row.broken("순위", "a rank like 1순위")
    return WinningScore(
        notice_id=row.required("주택관리번호"),
        label=label,
        area=area,
        rank=int(rank[1]),
        residence=row.text("거주지역"),
        lowest=_score(row, "최저당첨가점"),
        highest=_score(row, "최고당첨가점"),
        average=_score(row, "평균당첨가점"),
    )


def _score(row: Row, column: str) -> float | None:
    score = row.decimal(column)
    if score is not None and score > _HIGHEST_SCORE:
        raise row.broken(column, f"a 가점 between 0 and {_HIGHEST_SCORE}")
    return score


FORM = CsvForm(
    name="청약홈 winning scores",
    domain="housing",
    columns=("주택관리번호", "주택형", "순위", "거주지역", "최저당첨가점", "최고당첨가점", "평균당첨가점"),
    parse=parse,
)
