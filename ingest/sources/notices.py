"""청약홈 입주자모집공고: one row per notice."""

from __future__ import annotations

import re
from typing import Final

from ingest.records import Notice
from ingest.sources.tables import CsvForm, Row

# How a notice says that it corrects an earlier one, whose name it otherwise has: [정정공고] ○○ 아파트.
CORRECTED: Final = re.compile(
    r"\s*[\[(<【]\s*정정(?:\s*공고)?\s*(?:\d+차)?\s*[\])>】]\s*|^\s*정정\s?공고\s+|\s+정정\s?공고\s*$"
)


def parse(row: Row) -> Notice:
    supply = row.required("분양구분코드명")
    if supply != "분양주택" and "임대" not in supply:
        raise row.broken("분양구분코드명", "분양주택 or a kind of 임대")
    title = row.required("주택명")
    name = CORRECTED.sub(" ", title).strip() or title
    return Notice(
        notice_id=row.required("주택관리번호"),
        name=name,
        corrected=bool(CORRECTED.search(title)),
        kind=row.text("주택구분코드명"),
        detail_kind=row.text("주택상세구분코드명"),
        tenure="sale" if supply == "분양주택" else "rental",
        region=row.text("공급지역명"),
        address=row.text("공급위치"),
        households=row.integer("공급규모"),
        announced=row.day("모집공고일"),
        receipt_start=row.day("청약접수시작일"),
        receipt_end=row.day("청약접수종료일"),
        special_start=row.day("특별공급접수시작일"),
        special_end=row.day("특별공급접수종료일"),
        first_rank_start=row.day("해당지역1순위접수시작일"),
        first_rank_end=row.day("해당지역1순위접수종료일"),
        second_rank_start=row.day("해당지역2순위접수시작일"),
        second_rank_end=row.day("해당지역2순위접수종료일"),
        winners_announced=row.day("당첨자발표일"),
        contract_start=row.day("계약시작일"),
        contract_end=row.day("계약종료일"),
        move_in=row.month("입주예정월"),
        # Not text(), which folds the two spaces that keep several firms apart.
        builder=row.cells["건설업체명_시공사"].strip(),
        developer=row.cells["사업주체명_시행사"].strip(),
        contact=row.text("문의처"),
        homepage=row.text("홈페이지주소"),
        notice_url=row.text("모집공고홈페이지주소"),
        speculation_zone=row.flag("투기과열지구"),
        adjustment_zone=row.flag("조정대상지역"),
        price_ceiling=row.flag("분양가상한제"),
        redevelopment=row.flag("정비사업"),
        public_district=row.flag("공공주택지구"),
        large_site=row.flag("대규모택지개발지구"),
        capital_public_private=row.flag("수도권내민영공공주택지구"),
        first_rank_gyeonggi_start=row.day("경기지역1순위접수시작일"),
        first_rank_gyeonggi_end=row.day("경기지역1순위접수종료일"),
        first_rank_other_start=row.day("기타지역1순위접수시작일"),
        first_rank_other_end=row.day("기타지역1순위접수종료일"),
        second_rank_other_start=row.day("기타지역2순위접수시작일"),
        second_rank_other_end=row.day("기타지역2순위접수종료일"),
    )


FORM = CsvForm(
    name="청약홈 notices",
    domain="housing",
    columns=(
        "주택관리번호",
        "주택명",
        "주택구분코드명",
        "주택상세구분코드명",
        "분양구분코드명",
        "공급지역명",
        "공급위치",
        "공급규모",
        "모집공고일",
        "청약접수시작일",
        "청약접수종료일",
        "특별공급접수시작일",
        "특별공급접수종료일",
        "해당지역1순위접수시작일",
        "해당지역1순위접수종료일",
        "해당지역2순위접수시작일",
        "해당지역2순위접수종료일",
        "당첨자발표일",
        "계약시작일",
        "계약종료일",
        "홈페이지주소",
        "건설업체명_시공사",
        "문의처",
        "사업주체명_시행사",
        "입주예정월",
        "투기과열지구",
        "조정대상지역",
        "분양가상한제",
        "정비사업",
        "공공주택지구",
        "대규모택지개발지구",
        "수도권내민영공공주택지구",
        "모집공고홈페이지주소",
    ),
    parse=parse,
)
