"""Housing documents: what is said, in which words, and what is never said."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

import pytest

from assistant.domain import Document, Sentence
from ingest.records import Competition, Coordinate, HouseType, Notice, Park, School, Station, WinningScore
from ingest.writing import housing_documents

NAME, NAME_EN = "독산동 롯데캐슬(본청약)", "Doksan-dong Lotte Castle (Main Subscription)"
ENGLISH = {
    NAME: NAME_EN,
    "서울특별시": "Seoul",
    "금천구": "Geumcheon-gu",
    "독산동": "Doksan-dong",
    "롯데건설": "Lotte E&C",
    "안양천공원": "Anyangcheon Park",
    "독산": "Doksan",
    "두산초등학교": "Dusan Elementary School",
    "산책로": "walking path",
    "1호선": "Line 1",
    "신혼부부": "newlyweds",
}
# The words every notice may be written in: no figure of the record may hide behind them.
FACETS = {
    *("location", "station", "park", "school"),
    *("announced", "receipt", "special_receipt", "first_rank", "winners", "contract", "move_in"),
    *("households", "tenure", "types", "units", "builder", "developer", "contact", "homepage"),
    *("price_range", "unit_price", "price", "competition", "score", "regulation"),
}


class FakeGlossary:
    def english(self, ko: str, kind: str | None = None) -> str:
        return ENGLISH.get(ko, f"{kind} in English")


@dataclass(frozen=True)
class Records:
    notices: tuple[Notice, ...]
    house_types: tuple[HouseType, ...] = ()
    competition: tuple[Competition, ...] = ()
    scores: tuple[WinningScore, ...] = ()
    coordinates: tuple[Coordinate, ...] = ()
    parks: tuple[Park, ...] = ()
    stations: tuple[Station, ...] = ()
    schools: tuple[School, ...] = ()


NOTICE = Notice(
    notice_id="2025000001",
    name=NAME,
    kind="APT",
    detail_kind="민영",
    tenure="sale",
    region="서울",
    address="서울특별시 금천구 독산동 1151",
    households=390,
    announced=date(2025, 11, 27),
    receipt_start=date(2025, 12, 8),
    receipt_end=date(2025, 12, 12),
    special_start=date(2025, 12, 8),
    special_end=date(2025, 12, 8),
    first_rank_start=date(2025, 12, 9),
    first_rank_end=date(2025, 12, 9),
    second_rank_start=date(2025, 12, 10),
    second_rank_end=date(2025, 12, 10),
    winners_announced=date(2025, 12, 24),
    contract_start=date(2026, 1, 5),
    contract_end=date(2026, 1, 7),
    move_in=date(2028, 3, 1),
    builder="롯데건설(주)",
    developer="",
    contact="02-123-4567",
    homepage="https://example.com/lotte",
    notice_url="https://example.com/notice",
    speculation_zone=True,
    adjustment_zone=False,
    price_ceiling=False,
    redevelopment=True,
    public_district=False,
    large_site=False,
    capital_public_private=False,
)


def house_type(label: str, area: float, price: int | None, general: int = 40, special: int = 20) -> HouseType:
    return HouseType(NOTICE.notice_id, "01", label, area, area * 1.3, general, special, (("신혼부부", special),), price)


def applied(label: str, area: float, units: int, rank: int, residence: str, applications: int | None) -> Competition:
    return Competition(NOTICE.notice_id, label, area, units, rank, residence, applications, None, None)


RECORDS = Records(
    notices=(NOTICE,),
    house_types=(
        house_type("59.98A", 59.98, 70_000),
        house_type("84.98A", 84.98, 85_000, general=100, special=80),
        house_type("84.92B", 84.92, 83_000),
    ),
    competition=(
        applied("59.98A", 59.98, 40, 1, "해당지역", 10),
        applied("59.98A", 59.98, 40, 1, "기타지역", 5),
        applied("59.98A", 59.98, 40, 2, "해당지역", 900),
        applied("84.98A", 84.98, 100, 1, "해당지역", 1_200),
        applied("84.98A", 84.98, 100, 1, "기타지역", 34),
    ),
    scores=(
        WinningScore(NOTICE.notice_id, "84.98A", 84.98, 1, "해당지역", 54.0, 69.0, 60.25),
        WinningScore(NOTICE.notice_id, "59.98A", 59.98, 1, "해당지역", 0.0, 0.0, 0.0),
    ),
    coordinates=(Coordinate(NOTICE.notice_id, 37.47, 126.895, "address"),),
    parks=(Park("안양천공원", "근린공원", "", 37.473, 126.895, 12_345.0, ("산책로", "화장실"), True),),
    stations=(Station("독산", "1호선", 37.466, 126.889, "Doksan"),),
    schools=(School("두산초등학교", "초등학교", 37.4712, 126.895),),
)


def written(records: Records = RECORDS) -> Document:
    (document,) = housing_documents(records, FakeGlossary())
    return document


def about(facet: str, records: Records = RECORDS, *, tag: str = "") -> list[Sentence]:
    found = [sentence for chunk in written(records).chunks for sentence in chunk.sentences if sentence.facet == facet]
    return [sentence for sentence in found if not tag or tag in sentence.tags]


def with_notice(**changes: object) -> Records:
    return replace(RECORDS, notices=(replace(NOTICE, **changes),))  # type: ignore[arg-type]


def test_identity_and_attributes() -> None:
    document = written()
    assert (document.id, document.name_ko, document.name_en) == ("housing:2025000001", NAME, NAME_EN)
    housing = document.housing
    assert housing is not None
    assert (housing.sido, housing.sigungu, housing.dong) == ("서울특별시", "금천구", "독산동")
    assert (housing.households, housing.move_in, housing.tenure, housing.builder) == (
        390,
        date(2028, 3, 1),
        "sale",
        "롯데건설",
    )
    assert housing.precise
    # (10 + 5 + 1,200 + 34) first-rank applications for 40 + 100 units; the second rank does not count.
    assert housing.competition == pytest.approx(1_249 / 140, abs=0.005)
    assert housing.lowest_score == 54.0
    assert [(one.label, one.units, one.top_price) for one in housing.unit_types] == [
        ("59.98A", 60, 70_000),
        ("84.98A", 180, 85_000),
        ("84.92B", 60, 83_000),
    ]
    assert {near.kind for near in housing.nearby} == {"park", "station", "school"}


def test_every_sentence_names_the_complex_and_every_chunk_in_both_languages() -> None:
    for chunk in written().chunks:
        assert NAME in chunk.text
        assert NAME_EN in chunk.text
        for sentence in chunk.sentences:
            assert NAME in sentence.ko
            assert NAME_EN in sentence.en
            assert not re.search(r"이 단지|해당 단지|[Tt]his complex|\bit has\b", sentence.ko + sentence.en)
            # What a Korean reader is shown has no English gloss in it.
            assert NAME_EN not in sentence.ko
            assert sentence.ko.endswith("니다.")


def test_facets_are_the_agreed_ones_and_topics_come_in_order() -> None:
    document = written()
    assert {sentence.facet for chunk in document.chunks for sentence in chunk.sentences} <= FACETS
    topics = [chunk.topic.split("-")[0] for chunk in document.chunks]
    assert list(dict.fromkeys(topics)) == ["place", "schedule", "supply", "price", "competition", "regulation"]
    assert len({chunk.topic for chunk in document.chunks}) == len(document.chunks)


def test_no_template_shows_through() -> None:
    for chunk in written().chunks:
        assert not re.search(r"[{}]|None|\.\.|  ", chunk.text + "".join(one.ko + one.en for one in chunk.sentences))


ALLOWED = {
    # figures of the record, as they may be written
    *("1151", "390", "2025", "2026", "2028", "11", "27", "12", "8", "9", "10", "24", "1", "5", "7", "3"),
    *("59.98", "84.98", "84.92", "59", "84", "18.1", "25.7"),
    *("40", "20", "60", "100", "80", "180", "140", "240"),
    *("02", "123", "4567", "12,345"),
    # 7억, 8억 5,000만, 8억 3,000만 and the same in won
    *("8", "5,000", "3,000", "700", "850", "830"),
    # Top prices over supply areas (1.3 × exclusive), weighted by 60, 180 and 60 units, per 3.3 ㎡:
    # 24,480,000 / 31,187.5, of 59 ㎡ 70,000 / 77.974, of 84 ㎡ 20,280,000 / 26,509.1
    *("1,210", "39", "1,200", "34"),  # applications by residence
    *("3.3", "2,590", "25.9", "2,963", "29.63", "2,525", "25.25"),
    # 1,249 / 140, 15 / 40, 1,234 / 100
    *("8.92", "1,249", "0.38", "15", "12.34", "1,234"),
    *("54", "69", "60.25"),
    # special supply of all types together
    "120",
}


def test_every_figure_comes_from_the_record() -> None:
    housing = written().housing
    assert housing is not None
    distances = {f"{near.distance:,}" for near in housing.nearby}
    minutes = {"7", "14", "3"}  # 334 m, 695 m, 133 m: × 1.3 / 67, rounded up
    ordinals = {"1", "2"}  # 1순위, 1호선; types are counted
    for chunk in written().chunks:
        for sentence in chunk.sentences:
            for text in (sentence.ko, sentence.en):
                figures = set(re.findall(r"\d[\d,]*(?:\.\d+)?", text.replace(NAME, "").replace(", ", " ")))
                assert figures <= ALLOWED | distances | minutes | ordinals, text


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


def test_surroundings_are_said_with_distance_and_estimate() -> None:
    (station,) = about("station")
    assert re.search(
        r"가장 가까운 지하철역은 1호선 독산역이며 직선거리 \d+m\(도보 약 \d+분 추정\)입니다\.$", station.ko
    )
    assert re.search(
        r"Doksan Station \(Line 1\): \d+ m in a straight line, about \d+ min on foot by estimate", station.en
    )
    assert station.tags == ("line:1호선",)
    (park,) = about("park")
    assert "산책로, 화장실이 있는 면적 12,345㎡의 근린공원" in park.ko
    assert set(park.tags) == {"park:근린공원", "walk"}
    (school,) = about("school")
    assert "Dusan Elementary School" in school.en
    assert "독산역(Doksan Station)" in written().chunks[0].text


@pytest.mark.parametrize("coordinates", [(), (Coordinate("2025000001", 37.47, 126.895, "dong_centroid"),)])
def test_without_a_precise_position_no_distance_is_said(coordinates: tuple[Coordinate, ...]) -> None:
    records = replace(RECORDS, coordinates=coordinates)
    document = written(records)
    assert document.housing is not None
    assert document.housing.nearby == ()
    assert not document.housing.precise
    for chunk in document.chunks:
        assert not re.search(r"\d\s?m\b|직선거리|도보|on foot", chunk.text + "".join(one.en for one in chunk.sentences))
    assert [one.tags for one in about("location", records)] == [(), ("imprecise",)]
    assert about("park", records) == about("station", records) == about("school", records) == []


def test_nothing_near_is_said_as_not_found_in_the_data() -> None:
    records = replace(RECORDS, parks=(), stations=())
    (park,) = about("park", records)
    assert park.ko == f"{NAME}에서 반경 1.5km 안에서는 공원을 자료에서 찾지 못했습니다."
    (station,) = about("station", records)
    assert "2km 안에서는 지하철역을" in station.ko
    assert park.tags == station.tags == ("none",)


def test_schedule_says_each_date_in_both_languages() -> None:
    assert about("move_in")[0].ko == f"{NAME}의 입주 예정월은 2028년 3월입니다."
    assert about("move_in")[0].en == f"Move-in at {NAME_EN} is planned for March 2028."
    assert "2025년 12월 8일부터 12월 12일까지" in about("receipt")[0].ko
    assert "from 8 December 2025 to 12 December 2025" in about("receipt")[0].en
    assert about("first_rank")[0].ko.endswith("2025년 12월 9일 하루입니다.")


def test_dates_that_contradict_each_other_are_not_said() -> None:
    assert about("move_in", with_notice(move_in=date(2025, 10, 1))) == []
    assert written(with_notice(move_in=date(2025, 10, 1))).housing.move_in is None  # type: ignore[union-attr]
    # The same month is possible: homes are also sold when they stand.
    assert len(about("move_in", with_notice(move_in=date(2025, 11, 1)))) == 1
    assert about("special_receipt", with_notice(special_end=date(2025, 12, 1))) == []
    assert about("contract", with_notice(contract_start=date(2025, 12, 1))) == []
    assert about("winners", with_notice(winners_announced=date(2025, 12, 1))) == []


def test_missing_facts_give_no_sentence() -> None:
    bare = with_notice(builder="", contact="", homepage="", households=None, winners_announced=None, move_in=None)
    for facet in ("builder", "developer", "contact", "homepage", "households", "winners", "move_in"):
        assert about(facet, bare) == []


def test_supply_says_units_and_types() -> None:
    (units,) = about("units", tag="area:84")
    assert units.ko.startswith(f"{NAME}의 전용 84㎡ 주택형은 84.98A, 84.92B(약 25.7평)이며 ")
    assert units.ko.endswith("240세대(일반공급 140세대, 특별공급 100세대)를 공급합니다.")
    (types,) = about("types")
    assert "59.98A, 84.98A, 84.92B(모두 3개)이며 전용면적은 59.98㎡(약 18.1평)부터 84.98㎡(약 25.7평)까지" in types.ko
    (special,) = about("units", tag="special")
    assert "신혼부부 120세대" in special.ko
    assert "120 for newlyweds" in special.en


def test_regulation_says_yes_and_no_apart() -> None:
    yes, no = about("regulation")
    assert yes.tags == ("speculation_zone:yes", "redevelopment:yes")
    assert "투기과열지구, 정비사업" in yes.ko
    assert "조정대상지역" not in yes.ko
    assert "adjustment_zone:no" in no.tags
    assert no.ko.endswith("해당하지 않습니다.")


def test_each_type_of_one_area_has_a_sentence_of_its_own() -> None:
    types = tuple(house_type(f"84.{n}A", 84 + n / 100, 80_000 + n) for n in range(10, 24))
    each = about("price", replace(RECORDS, house_types=types), tag="by_type")
    assert [re.findall(r"84\.\d+A", sentence.ko) for sentence in each] == [[f"84.{n}A"] for n in range(10, 24)]
    assert each[0].tags == ("area:84", "by_type", "type:84.10A")
