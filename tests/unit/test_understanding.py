from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from assistant.domain import Filters, Message, Question, Understanding
from assistant.understanding import understand
from vocabularies import GAON, HANBIT, NARAE, tokenizer, vocabulary

TODAY = date(2026, 11, 22)


def ask(text: str, *history: str) -> Understanding:
    turns = tuple(Message("assistant" if index % 2 else "user", content) for index, content in enumerate(history))
    return understand(Question(text, turns), vocabulary(), tokenizer().tagged, TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("금천구 아파트", {"sigungus": ("금천구",)}),
        ("금천에서 8억 5천 이하", {"sigungus": ("금천구",), "max_price": 85_000}),
        ("apartments in Geumcheon-gu under 800 million won", {"sigungus": ("금천구",), "max_price": 80_000}),
        ("독산동 5억~7억 아파트", {"dongs": ("독산동",), "min_price": 50_000, "max_price": 70_000}),
        ("광명 84㎡ 아파트", {"sigungus": ("광명시",), "min_area": 84.0, "max_area": 84.9999}),
        ("국민평형 광명", {"sigungus": ("광명시",), "min_area": 84.0, "max_area": 84.9999}),
        ("광명 500세대 이상", {"sigungus": ("광명시",), "min_households": 500}),
        ("at least 1,000 households in Gwangmyeong", {"sigungus": ("광명시",), "min_households": 1000}),
        ("광명에서 내년 입주", {"move_in_from": date(2027, 1, 1), "move_in_to": date(2027, 12, 31)}),
        ("2026년 상반기 입주 광명", {"move_in_from": date(2026, 1, 1), "move_in_to": date(2026, 6, 30)}),
        ("지난달에 청약한 광명 단지", {"receipt_from": date(2026, 10, 1), "receipt_to": date(2026, 10, 31)}),
        ("광명 move in next month", {"move_in_from": date(2026, 12, 1), "move_in_to": date(2026, 12, 31)}),
        ("다음 주 광명 청약", {"receipt_from": date(2026, 11, 23), "receipt_to": date(2026, 11, 29)}),
        ("광명 apartments moving in next spring", {"move_in_from": date(2027, 3, 1), "move_in_to": date(2027, 5, 31)}),
        ("올가을에 청약한 광명 단지", {"receipt_from": date(2026, 9, 1), "receipt_to": date(2026, 11, 30)}),
        ("역에서 멀어도 되니까 광명 아파트", {"sigungus": ("광명시",), "stations": ()}),
        ("공원에서 먼 광명 아파트", {"sigungus": ("광명시",)}),
        ("신혼희망타운 어디 있어", {"brands": ("희망타운",)}),
        ("광명 move in by March 2027", {"move_in_to": date(2027, 3, 31)}),
        ("7호선 타고 다닐 광명 아파트", {"lines": ("7호선",)}),
        ("near line 7", {"lines": ("7호선",)}),
        ("신분당선 근처", {"lines": ("신분당선",)}),
        ("철산역 근처", {"stations": ("철산",)}),
        ("서울대입구역 근처", {"stations": ("서울대입구",), "sigungus": ()}),
        ("지금 청약 가능한 광명 아파트", {"open_on": TODAY}),
        ("마감 안 된 광명 공고", {"open_on": TODAY}),
        ("광명에 분양 예정인 아파트", {"receipt_from": TODAY, "sigungus": ("광명시",)}),
        ("upcoming homes in Gwangmyeong", {"receipt_from": TODAY}),
        ("광명 임대주택", {"tenure": "rental"}),
        ("광명 푸르지오 추천", {"brands": ("푸르지오",), "sigungus": ("광명시",)}),
    ],
)
def test_filters_are_read_with_units_normalised(text: str, expected: dict[str, Any]) -> None:
    filters = ask(text).filters
    assert {name: getattr(filters, name) for name in expected} == expected


def test_what_homes_are_wanted_far_from_is_told_as_no_condition() -> None:
    understood = ask("역에서 먼 광명 아파트")
    assert understood.criteria == ()
    assert [left.word for left in understood.unmatched] == ["역에서 먼"]


def test_a_district_stem_is_read_only_as_a_proper_noun() -> None:
    assert ask("동작구 아파트").filters.sigungus == ("동작구",)
    assert ask("체조 동작 배우기").filters.sigungus == ()


@pytest.mark.parametrize(
    "text",
    [
        "독산 한빛마루 자이 입주 언제?",
        "독산한빛마루자이 입주",
        "한빛마루 자이 언제 입주해",
        "독산 한빛마로 자이 입주",
        "When can I move into Doksan Hanbit Maru Xi?",
    ],
)
def test_a_complex_is_found_whatever_the_spacing_the_language_and_a_typo(text: str) -> None:
    understood = ask(text)
    assert understood.entities == (HANBIT,)
    assert understood.facets == ("move_in",)
    assert understood.stage == "detail"


def test_another_phase_of_a_known_complex_is_another_complex() -> None:
    assert ask("광명 가온 푸르지오 3차 입주").entities == (GAON,)
    assert ask("광명 가온 푸르지오 5차 입주").entities == ()


def test_a_brand_with_an_unknown_name_is_a_complex_that_is_not_there() -> None:
    understood = ask("래미안 노을마당 입주 언제야")
    assert understood.entities == ()
    assert understood.unknown_names == ("래미안 노을마당",)


def test_complexes_come_in_the_order_they_are_named() -> None:
    assert ask("나래뷰 센트럴이랑 독산 한빛마루 자이 비교해줘").entities == (NARAE, HANBIT)
    assert ask("독산 한빛마루 자이랑 나래뷰 센트럴 비교해줘").stage == "shortlist"


def test_an_absent_attribute_is_not_the_facet_of_the_general_word_beside_it() -> None:
    understood = ask("독산 한빛마루 자이 관리비 얼마야")
    assert understood.facets == ()
    assert [left.word for left in understood.unmatched] == ["관리비"]


def test_wishes_take_the_distance_that_is_named() -> None:
    assert [(wish.key, wish.within) for wish in ask("금천구 공원 300m 이내").criteria] == [("park", 300)]
    assert [(wish.key, wish.within) for wish in ask("금천구 역세권").criteria] == [("station", 500)]
    (school,) = ask("도보 10분 안에 초등학교 있는 금천구 아파트").criteria
    assert (school.key, school.within, school.category) == ("school", 515, "초등학교")


@pytest.mark.parametrize(
    ("text", "stage"),
    [("국민평형이 뭐야", "define"), ("what is national size?", "define"), ("청약통장 누가 만들 수 있나요", "howto"),
     ("can a foreigner open a subscription account?", "howto"), ("금천구 공원 좋은 데", "explore")],
)  # fmt: skip
def test_stages(text: str, stage: str) -> None:
    assert ask(text).stage == stage


def test_history_gives_the_complex_that_a_question_leaves_out() -> None:
    answer = "독산 한빛마루 자이의 입주 예정월은 2027년 7월입니다. [1]"
    understood = ask("거기 몇 세대야?", "독산 한빛마루 자이 입주 언제야?", answer)
    assert understood.entities == (HANBIT,)
    assert understood.facets == ("households",)


def test_history_gives_the_question_when_only_the_complex_changes() -> None:
    understood = ask("그럼 나래뷰 센트럴은?", "독산 한빛마루 자이 입주 언제야?", "2027년 7월입니다. [1]")
    assert understood.entities == (NARAE,)
    assert understood.facets == ("move_in",)


def test_history_keeps_conditions_until_the_latest_question_changes_them() -> None:
    understood = ask("8억 이하로", "금천구 공원 가까운 아파트", "- 독산 한빛마루 자이 … [1]")
    assert understood.filters == Filters(sigungus=("금천구",), max_price=80_000)
    assert [wish.key for wish in understood.criteria] == ["park"]
    assert ask("광명은?", "금천구 공원 가까운 아파트", "…").filters.sigungus == ("광명시",)


def test_an_ordinal_names_a_complex_of_the_last_answer() -> None:
    answer = "- 나래뷰 센트럴 … [1]\n- 독산 한빛마루 자이 … [2]"
    assert ask("두 번째는 분양가 얼마야?", "공원 가까운 곳", answer).entities == (HANBIT,)


@pytest.mark.parametrize("text", ["move in date of Gwangmyeong Gaon Peurujio 3", "When does Narae Byu Centeral open?"])
def test_an_english_name_is_found_by_its_sound(text: str) -> None:
    assert len(ask(text).entities) == 1


def test_an_everyday_word_is_not_a_name_that_sounds_like_it() -> None:
    assert ask("can i open a saving account for the center").entities == ()
    assert ask("i sent my view of it").entities == ()


def test_a_size_is_read_without_its_unit() -> None:
    assert ask("광명 59 7억 이하").filters.min_area == 59.0
    assert ask("독산 한빛마루 자이 84 분양가").filters.min_area == 84.0
    assert ask("광명 59세대 이상").filters.min_area is None


def test_a_size_alone_asks_about_the_complex_at_hand() -> None:
    understood = ask("84는 얼마야?", "독산 한빛마루 자이 입주 언제야?", "2027년 7월입니다. [1]")
    assert understood.entities == (HANBIT,)
    assert (understood.facets, understood.filters.min_area) == (("price",), 84.0)


@pytest.mark.parametrize("text", ["what is the capital of France", "who won the world cup in 2022"])
def test_what_is_not_about_homes_names_no_complex_and_no_filter(text: str) -> None:
    understood = ask(text)
    assert understood.entities == ()
    assert understood.filters == Filters()


def test_a_place_outside_the_data_is_a_condition_that_nothing_meets() -> None:
    assert ask("부산 해운대구 아파트").filters.sidos == ("해운대", "부산")


def test_a_district_with_a_typo_is_found_when_only_one_is_that_near() -> None:
    assert ask("금쳔구 공원 가까운 아파트").filters.sigungus == ("금천구",)


def test_conditions_survive_a_question_about_one_complex() -> None:
    turns = (
        "금천구 공원 가까운 아파트",
        "- 나래뷰 센트럴 … [1]",
        "나래뷰 센트럴 입주 언제야?",
        "2027년 7월입니다. [1]",
    )
    understood = ask("8억 이하로는?", *turns)
    assert understood.filters == Filters(sigungus=("금천구",), max_price=80_000)
    assert [wish.key for wish in understood.criteria] == ["park"]


@pytest.mark.parametrize(("text", "count"), [("천세대 넘는", 1000), ("오백세대 이상", 500), ("천이백 세대 이상", 1200)])
def test_household_counts_are_read_as_words(text: str, count: int) -> None:
    assert ask(f"광명 {text} 단지").filters.min_households == count


def test_a_district_named_twice_is_one_district() -> None:
    assert ask("광명시 아파트 중 광명시에서 제일 싼 곳").filters.sigungus == ("광명시",)


def test_an_english_question_about_a_korean_term_is_english() -> None:
    assert ask("What's 분양가상한제?").language == "en"
    assert ask("LH 행복주택 뭐야").language == "ko"


def test_where_names_are_capitalised_other_words_are_no_names() -> None:
    assert ask("any narae housing in Geumcheon-gu?").entities == ()


def test_one_word_of_a_name_is_no_name_in_a_question_on_rules() -> None:
    assert ask("센트럴 분양가").entities == (NARAE,)
    assert ask("센트럴 자격이 어떻게 되나요").entities == ()


@pytest.mark.parametrize(
    "text",
    ["독산 한빛마루 자이 입주 언제고 84 얼마야?", "When can I move into Narae View Central and how much is the 84?"],
)
def test_how_much_beside_a_size_asks_its_price_too(text: str) -> None:
    assert set(ask(text).facets) == {"move_in", "price"}


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("When did applications for Hanbit Maru Xi open?", "receipt"),
        ("first application date at Hanbit Maru Xi", "receipt"),
        ("how many applications did Hanbit Maru Xi get", "competition"),
        ("will Hanbit Maru Xi be ready next summer", "move_in"),
    ],
)
def test_english_words_for_applying_and_moving_in_are_told_apart(text: str, facet: str) -> None:
    assert ask(text).facets == (facet,)
