"""청약홈 house types: one row per 주택형 of a notice. Prices in 만원, areas in ㎡."""

from __future__ import annotations

from ingest.records import HouseType
from ingest.sources.house_type_label import label_and_area
from ingest.sources.tables import CsvForm, Row

SPECIAL_KINDS = ("다자녀가구", "신혼부부", "생애최초", "노부모부양", "기관추천", "기관추천기타", "이전기관")


def parse(row: Row) -> HouseType:
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


FORM = CsvForm(
    name="청약홈 house types",
    domain="housing",
    columns=(
        "주택관리번호",
        "모델번호",
        "주택형",
        "주택공급면적",
        "일반공급세대수",
        "특별공급세대수",
        *(f"특별공급_{kind}세대수" for kind in SPECIAL_KINDS),
        "공급금액_분양최고금액",
    ),
    parse=parse,
)
