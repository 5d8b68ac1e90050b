"""청약홈 입주자모집공고: one row per notice."""

from __future__ import annotations

import re
from typing import Final

from ingest.records import Notice
from ingest.sources.columns import Form
from ingest.sources.tables import Fields, Row

# How a notice says that it corrects an earlier one, whose name it otherwise has: [정정공고] ○○ 아파트.
CORRECTED: Final = re.compile(
    r"\s*[\[(<【]\s*정정(?:\s*공고)?\s*(?:\d+차)?\s*[\])>】]\s*|^\s*정정\s?공고\s+|\s+정정\s?공고\s*$"
)
FIELDS: Final[Fields] = {
    "notice_id": ("주택관리번호", Row.required),
    "kind": ("주택구분코드명", Row.text),
    "detail_kind": ("주택상세구분코드명", Row.text),
    "region": ("공급지역명", Row.text),
    "address": ("공급위치", Row.text),
    "households": ("공급규모", Row.integer),
    "announced": ("모집공고일", Row.day),
    "receipt_start": ("청약접수시작일", Row.day),
    "receipt_end": ("청약접수종료일", Row.day),
    "special_start": ("특별공급접수시작일", Row.day),
    "special_end": ("특별공급접수종료일", Row.day),
    "first_rank_start": ("해당지역1순위접수시작일", Row.day),
    "first_rank_end": ("해당지역1순위접수종료일", Row.day),
    "second_rank_start": ("해당지역2순위접수시작일", Row.day),
    "second_rank_end": ("해당지역2순위접수종료일", Row.day),
    "winners_announced": ("당첨자발표일", Row.day),
    "contract_start": ("계약시작일", Row.day),
    "contract_end": ("계약종료일", Row.day),
    "homepage": ("홈페이지주소", Row.text),
    # Not text(), which folds the two spaces that keep several firms apart.
    "builder": ("건설업체명_시공사", Row.value),
    "contact": ("문의처", Row.text),
    "developer": ("사업주체명_시행사", Row.value),
    "move_in": ("입주예정월", Row.month),
    "speculation_zone": ("투기과열지구", Row.flag),
    "adjustment_zone": ("조정대상지역", Row.flag),
    "price_ceiling": ("분양가상한제", Row.flag),
    "redevelopment": ("정비사업", Row.flag),
    "public_district": ("공공주택지구", Row.flag),
    "large_site": ("대규모택지개발지구", Row.flag),
    "capital_public_private": ("수도권내민영공공주택지구", Row.flag),
    "notice_url": ("모집공고홈페이지주소", Row.text),
}
# Columns that a table may lack.
OPTIONAL: Final[Fields] = {
    "first_rank_gyeonggi_start": ("경기지역1순위접수시작일", Row.day),
    "first_rank_gyeonggi_end": ("경기지역1순위접수종료일", Row.day),
    "first_rank_other_start": ("기타지역1순위접수시작일", Row.day),
    "first_rank_other_end": ("기타지역1순위접수종료일", Row.day),
    "second_rank_other_start": ("기타지역2순위접수시작일", Row.day),
    "second_rank_other_end": ("기타지역2순위접수종료일", Row.day),
}


def parse(row: Row) -> Notice:
    supply = row.required("분양구분코드명")
    if supply != "분양주택" and "임대" not in supply:
        raise row.broken("분양구분코드명", "분양주택 or a kind of 임대")
    title = row.required("주택명")
    return Notice(
        name=CORRECTED.sub(" ", title).strip() or title,
        corrected=bool(CORRECTED.search(title)),
        tenure="sale" if supply == "분양주택" else "rental",
        **row.read(FIELDS),
        **row.read(OPTIONAL),
    )


FORM = Form(
    "청약홈 notices", "housing", ("주택명", "분양구분코드명", *(column for column, _ in FIELDS.values())), parse
)
