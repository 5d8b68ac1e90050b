"""Prices, competition and scores in housing documents: what is said, and what is never said."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from made_notice import NAME, NOTICE, RECORDS, about, applied, house_type, with_notice, written


def test_a_price_with_a_digit_too_many_is_not_said() -> None:
    records = replace(RECORDS, house_types=(house_type("55.97B", 55.97, 693_790),))
    public = replace(NOTICE, detail_kind="국민")
    assert "자료에 없습니다" in about("price_range", replace(records, notices=(public,)))[0].ko
    assert written(replace(records, notices=(public,))).housing.unit_types[0].top_price is None  # type: ignore[union-attr]


def test_the_price_per_pyeong_is_weighted_by_units() -> None:
    whole, *areas = about("unit_price")
    assert whole.ko.endswith("공급면적 3.3㎡당 평균 약 2,590만원입니다.")
    assert ["2,963만원" in areas[0].ko, "2,525만원" in areas[1].ko] == [True, True]
    assert written().housing.unit_price == 2590  # type: ignore[union-attr]


def test_prices_are_said_per_area_with_the_type_that_costs_it() -> None:
    (top, *each) = about("price", tag="area:84")
    assert top.ko == f"{NAME}의 전용 84㎡ 주택형 최고 분양가는 8억 5,000만원(84.98A)입니다."
    assert "KRW 850 million (8억 5,000만원)" in top.en
    assert [sentence.ko for sentence in each] == [
        f"{NAME}의 84.98A 타입 최고 분양가는 8억 5,000만원입니다.",
        f"{NAME}의 84.92B 타입 최고 분양가는 8억 3,000만원입니다.",
    ]
    (overall,) = about("price_range")
    assert "7억원(59.98A)부터 8억 5,000만원(84.98A)까지" in overall.ko


@pytest.mark.parametrize("price", [None, 0, 7])
def test_a_price_that_cannot_be_one_is_not_said(price: int | None) -> None:
    records = replace(RECORDS, house_types=(house_type("84.98A", 84.98, price),))
    assert about("price", records) == []
    (missing,) = about("price_range", records)
    assert missing.ko == f"{NAME}의 분양가는 자료에 없습니다."
    assert missing.tags == ("none",)
    housing = written(records).housing
    assert housing is not None
    assert housing.unit_types[0].top_price is None


def test_a_rentals_amount_is_never_called_a_sale_price() -> None:
    records = with_notice(tenure="rental")
    said = " ".join(sentence.ko for facet in ("price", "price_range") for sentence in about(facet, records))
    assert "분양가" not in said
    assert "임대주택" in said
    assert "8억 5,000만원" in said
    housing = written(records).housing
    assert housing is not None
    assert all(one.top_price is None for one in housing.unit_types)


def test_competition_counts_units_once_and_first_rank_only() -> None:
    (overall,) = about("competition", tag="overall")
    assert "8.92 대 1" in overall.ko
    assert "140세대 모집에 1,249건" in overall.ko
    short, *_ = about("competition", tag="area:59")
    assert short.ko.endswith("40세대 모집에 15건이 접수되어 미달되었습니다.")
    assert "fell short: 15 for 40 units" in short.en


def test_applications_are_told_by_residence_in_all_and_for_each_type() -> None:
    whole, small, large = about("competition", tag="residence")
    assert whole.ko == f"{NAME}의 1순위 접수 건수는 해당지역 1,210건, 기타지역 39건입니다."
    assert small.ko == f"{NAME}의 59.98A 타입 1순위에는 40세대 모집에 해당지역 10건, 기타지역 5건이 접수되었습니다."
    assert "1,200 from local residents, 34 from residents of other areas" in large.en
    short = replace(RECORDS.competition[0], shortfall=30)
    rated = replace(RECORDS.competition[1], rate=0.17)
    _, told = about("competition", replace(RECORDS, competition=(short, rated)), tag="residence")
    assert "해당지역 10건(30건 부족), 기타지역 5건(0.17 대 1)이 접수" in told.ko


def test_scores_are_told_by_type_and_residence() -> None:
    local, other = RECORDS.scores[0], replace(RECORDS.scores[0], residence="기타지역", lowest=61.0, average=63.5)
    (told,) = about("score", replace(RECORDS, scores=(local, other)), tag="residence")
    assert told.ko == (
        f"{NAME}의 84.98A 타입 당첨 가점은 해당지역 최저 54점, 최고 69점, 평균 60.25점; "
        "기타지역 최저 61점, 최고 69점, 평균 63.5점입니다."
    )


def test_residents_of_other_areas_have_dates_of_their_own() -> None:
    day = date(2025, 12, 11)
    records = with_notice(first_rank_other_start=day, first_rank_other_end=day)
    assert [sentence.ko for sentence in about("first_rank", records)] == [
        f"{NAME}의 1순위(해당지역) 접수는 2025년 12월 9일 하루입니다.",
        f"{NAME}의 1순위(기타지역) 접수는 2025년 12월 11일 하루입니다.",
    ]


def test_scores_of_zero_are_not_scores() -> None:
    assert about("score", tag="area:59") == []
    (score,) = about("score")
    assert "최저 54점, 최고 69점이고 평균은 60.25점" in score.ko
    assert set(score.tags) == {"area:84", "overall"}


def test_unpublished_results_are_said_to_be_missing() -> None:
    records = replace(RECORDS, competition=(applied("84.98A", 84.98, 100, 1, "해당지역", None),), scores=())
    assert [one.ko for one in about("competition", records)] == [f"{NAME}의 청약 경쟁률은 자료에 없습니다."]
    assert [one.ko for one in about("score", records)] == [f"{NAME}의 당첨 가점은 자료에 없습니다."]
    housing = written(records).housing
    assert housing is not None
    assert housing.competition is None
    assert housing.lowest_score is None


def test_no_applicant_at_all_is_a_shortfall_not_missing_data() -> None:
    records = replace(RECORDS, competition=(applied("84.98A", 84.98, 100, 1, "해당지역", 0),))
    (overall,) = about("competition", records)
    assert "100세대 모집에 0건이 접수되어 경쟁률 0 대 1로 미달되었습니다." in overall.ko


def test_each_type_of_one_area_has_a_sentence_of_its_own() -> None:
    types = tuple(house_type(f"84.{n}A", 84 + n / 100, 80_000 + n) for n in range(10, 24))
    each = about("price", replace(RECORDS, house_types=types), tag="by_type")
    assert [re.findall(r"84\.\d+A", sentence.ko) for sentence in each] == [[f"84.{n}A"] for n in range(10, 24)]
    assert each[0].tags == ("area:84", "by_type", "type:84.10A")
