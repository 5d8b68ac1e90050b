"""Housing documents: what is said, in which words, and what is never said."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from ingest.records import Coordinate
from made_notice import NAME, NAME_EN, RECORDS, about, with_notice, written

# The words every notice may be written in: no figure of the record may hide behind them.
FACETS = {
    *("location", "station", "park", "school"),
    *("announced", "receipt", "special_receipt", "first_rank", "winners", "contract", "move_in"),
    *("households", "tenure", "types", "units", "builder", "developer", "contact", "homepage"),
    *("price_range", "unit_price", "price", "competition", "score", "regulation"),
}


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
