"""청약홈's tables of house types (주택형), a row for each: sizes and prices, competition, winning scores.

Prices in 만원, areas in ㎡, scores (가점) from 0 to 84.
"""

from __future__ import annotations

import re

from ingest.records import Competition, HouseType, WinningScore
from ingest.sources.columns import Form
from ingest.sources.problems import LeftOut
from ingest.sources.tables import Row

SPECIAL_KINDS = ("다자녀가구", "신혼부부", "생애최초", "노부모부양", "기관추천", "기관추천기타", "이전기관")
_LABEL = re.compile(r"0*([0-9]+)(?:\.([0-9]*))?\s*([A-Za-z0-9-]*)")
_SHORTFALL = re.compile(r"\(?△\s*([0-9,]+)\)?")
_RANK = re.compile(r"([0-9])순위")
_HIGHEST_SCORE = 84


def label_and_area(row: Row) -> tuple[str, float]:
    """주택형 as it is printed, as what people write and what it measures.

    ``084.9800A`` → ``("84.98A", 84.98)``; ``055.0000 `` → ``("55", 55.0)``. Area in ㎡.
    """
    match = _LABEL.fullmatch(row.required("주택형"))
    if match is None or int(match[1]) == 0:
        raise row.broken("주택형", "a type like 084.9800A")
    decimals = (match[2] or "").rstrip("0")
    number = f"{match[1]}.{decimals}" if decimals else match[1]
    return number + match[3].upper(), float(number)


def parse_type(row: Row) -> HouseType:
    label, area = label_and_area(row)
    special = ((kind, row.integer(f"특별공급_{kind}세대수") or 0) for kind in SPECIAL_KINDS)
    return HouseType(
        notice_id=row.required("주택관리번호"),
        model_number=row.required("모델번호"),
        label=label,
        area=area,
        supply_area=row.decimal("주택공급면적"),
        general_units=row.integer("일반공급세대수"),
        special_units=row.integer("특별공급세대수"),
        special_by_kind=tuple((kind, units) for kind, units in special if units),
        top_price=row.integer("공급금액_분양최고금액") or None,
    )


def parse_competition(row: Row) -> Competition:
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


def parse_scores(row: Row) -> WinningScore:
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


TYPES = Form(
    "청약홈 house types",
    "housing",
    (
        *("주택관리번호", "모델번호", "주택형", "주택공급면적", "일반공급세대수", "특별공급세대수"),
        *(f"특별공급_{kind}세대수" for kind in SPECIAL_KINDS),
        "공급금액_분양최고금액",
    ),
    parse_type,
)
COMPETITION = Form(
    "청약홈 competition",
    "housing",
    ("주택관리번호", "모델번호", "주택형", "공급세대수", "순위", "거주지역", "접수건수", "경쟁률"),
    parse_competition,
)
SCORES = Form(
    "청약홈 winning scores",
    "housing",
    ("주택관리번호", "주택형", "순위", "거주지역", "최저당첨가점", "최고당첨가점", "평균당첨가점"),
    parse_scores,
)
