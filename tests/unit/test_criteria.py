"""Qualitative words become measurable conditions, and say what they were taken to mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from shipped import PROMPTS

from assistant.answering.evidence.shared_facts import of_wishes
from assistant.domain import Filters, Question, Understanding
from assistant.entrypoints.json_forms.answer import filters_json
from assistant.kinds.housing.criteria import wished
from assistant.language.gazetteer.vocabulary import District, Vocabulary
from assistant.language.places import read_places
from assistant.language.text import ReadableText
from assistant.understanding import understand
from vocabularies import tokenizer, vocabulary


def ask(text: str) -> Understanding:
    return understand(Question(text), vocabulary(), tokenizer().tagged, date(2026, 1, 15))


@pytest.mark.parametrize(
    ("question", "key", "within", "category"),
    [
        ("금천구에 산책하기 좋은 아파트", "park", 800, "walk"),
        ("somewhere in Geumcheon-gu with a walking trail", "park", 800, "walk"),
        ("금천구에서 공원 가까운 단지", "park", 800, ""),
        ("금천구 유모차 끌기 편한 곳", "park", 500, "놀이"),
        ("동작구 역세권", "station", 500, ""),
        ("동작구 초역세권 아파트", "station", 250, ""),
        ("광명시 초품아", "school", 300, "초등학교"),
        ("광명시 학군", "school", 800, ""),
        ("동작구 신혼부부 특공 있는 단지", "special", 0, "신혼부부"),
        ("공공분양 2026년 입주", "ownership", 0, "국민"),
        ("미달된 아파트 추천해줘", "undersubscribed", 0, ""),
    ],
)
def test_a_qualitative_word_is_a_measure_with_its_default(question: str, key: str, within: int, category: str) -> None:
    (wish,) = ask(question).criteria
    assert (wish.key, wish.within, wish.category) == (key, within, category)


def test_a_time_on_foot_replaces_the_default_distance() -> None:
    (wish,) = ask("동작구 역세권, 역까지 도보 5분").criteria
    assert wish.within == pytest.approx(5 * 67 / 1.3, abs=1)


@pytest.mark.parametrize(
    ("question", "filters"),
    [
        ("동작구 대단지", Filters(sigungus=("동작구",), min_households=1000)),
        ("동작구 500세대 이상 대단지", Filters(sigungus=("동작구",), min_households=500)),
        ("동작구 소단지", Filters(sigungus=("동작구",), max_households=300)),
        ("동작구에서 혼자 살 만한 아파트", Filters(sigungus=("동작구",), max_area=60)),
        ("동작구 대형 평형", Filters(sigungus=("동작구",), min_area=85.01)),
    ],
)
def test_some_words_stand_for_filters_which_the_question_itself_overrides(question: str, filters: Filters) -> None:
    assert ask(question).filters == filters


def test_a_word_may_stand_for_any_condition_which_is_typed_by_its_attribute() -> None:
    wish = replace(PROMPTS.criteria[0], sets=(("max_area", 60), ("min_households", 500.0), ("tenure", "rental")))
    given = wished(Filters(min_supply_area=99.0), wish)
    assert dict(given) == {"min_supply_area": 99.0, "min_households": 500, "tenure": "rental"}
    assert type(given.min_households) is int


@pytest.mark.parametrize(
    ("question", "sort"),
    [
        ("동작구에서 가성비 좋은 아파트", "value:up"),
        ("good value apartments in Dongjak-gu", "value:up"),
        ("동작구에서 당첨되기 쉬운 곳", "competition:up"),
        ("동작구에서 가점 낮은 단지", "score:up"),
        ("동작구 신축", "announced:down"),
        ("동작구 신축 중에 제일 싼 곳", "price:up"),
    ],
)
def test_some_words_stand_for_an_order_which_the_question_itself_overrides(question: str, sort: str) -> None:
    assert ask(question).sort == sort


@pytest.mark.parametrize(
    "question",
    [
        "5만원 이하 유모차",
        "공공분양 소득 기준",
        "신혼부부 특별공급 소득 기준이 어떻게 되나요",
        "미달되면 어떻게 되나요",
        "가성비라는 말이 무슨 뜻이야",
    ],
)
def test_a_word_in_a_question_about_rules_searches_nothing(question: str) -> None:
    understood = ask(question)
    assert not understood.criteria
    assert not understood.sort


def test_a_district_before_the_word_is_no_station() -> None:
    assert ask("동작 역세권 아파트").filters == Filters(sigungus=("동작구",))
    assert ask("철산 역세권 아파트").filters.stations == ()
    assert ask("철산역세권 아파트").filters.stations == ("철산",)


def test_schools_of_a_district_are_no_school_that_is_called_so() -> None:
    known = Vocabulary(PROMPTS, districts=[District("sigungu", "광명시", "Gwangmyeong-si")], places=["광명초등학교"])
    assert read_places(ReadableText("광명 초등학교 400m 이내 단지", PROMPTS), Filters(), [], known).places == ()
    assert read_places(ReadableText("광명초등학교 근처 단지", PROMPTS), Filters(), [], known).places == (
        "광명초등학교",
    )


def test_several_wishes_stand_side_by_side() -> None:
    understood = ask("동작구 역세권이면서 강아지 산책할 공원 있는 대단지, 신혼부부랑 다자녀 물량 있는 곳")
    assert {wish.name for wish in understood.criteria} == {
        *("station-area", "dog-walk", "large-complex", "newlywed", "multi-child"),
    }
    assert filters_json(understood)["criteria"]["station"] == {"within": 500}
    assert filters_json(understood)["criteria"]["newlywed"] == {"category": "신혼부부"}


def test_a_judgement_is_told_with_the_answer_and_a_plain_measure_is_not() -> None:
    assert [item.source_id for item in of_wishes(PROMPTS, ask("동작구 역세권"))] == ["fact:station-area"]
    assert of_wishes(PROMPTS, ask("동작구 공원 가까운 아파트")) == []


def test_a_distance_in_a_definition_is_the_one_that_is_measured() -> None:
    for wish in PROMPTS.criteria:
        if wish.within and wish.definition_ko:
            assert f"{wish.within}m" in wish.definition_ko, wish.name
            assert f"{wish.within} m" in wish.definition_en, wish.name
        assert not wish.told or wish.definition_ko, wish.name
        assert not wish.definition_ko or wish.definition_ko.endswith("니다."), wish.name


@pytest.mark.parametrize(
    "question",
    [
        "광명 도서관 가까운 데 빼고 아파트 알려줘",
        "공원 가까운 곳 말고 광명 아파트",
        "광명 아파트 중 도서관 근처 단지는 제외하고",
    ],
)
def test_what_is_near_something_is_let_go_of_as_a_place_that_one_names(question: str) -> None:
    assert ask(question).criteria == ()
