"""Ways of saying the same thing: limits negated, names at word edges, times, districts beside each other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from shipped import PROMPTS

from assistant.domain import EntityName, Filters, Question, Understanding
from assistant.language.gazetteer.vocabulary import District, Vocabulary
from assistant.understanding import conditions, understand
from vocabularies import tokenizer, vocabulary

MAPLE = EntityName("housing:7", "메이플자이", "Maple Xi")
ECO = EntityName("housing:8", "힐스테이트 e편한세상 새벌", "Hillstate e-Pyeonhansesang Saebeol")
PUBLIC = EntityName("housing:9", "SH 새벌지구 B2-3BL", "SH Saebeol District Block B2-3")


def ask(text: str, words: Vocabulary | None = None) -> Understanding:
    return understand(Question(text), words or vocabulary(), tokenizer().tagged, date(2025, 12, 1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("금천구 84㎡가 9억원을 넘지 않는 아파트", {"max_price": 90_000}),
        ("금천구 84㎡ 9억 초과하지 않는 곳", {"max_price": 90_000}),
        ("금천구 84㎡ 9억 안 넘는 곳", {"max_price": 90_000}),
        ("금천구 84㎡ 9억 넘는 곳", {"min_price": 90_000}),
        ("금천구 84㎡ 9억 이하가 아닌 곳", {"min_price": 90_000}),
        ("금천구 500세대를 넘지 못하는 단지", {"max_households": 500}),
        ("금천구 500세대 이상이 아닌 단지", {"max_households": 500}),
        ("금천구 경쟁률 7대 1을 넘지 않은 단지", {"max_competition": 7.0}),
        ("금천구 경쟁률 7대 1을 넘은 단지", {"min_competition": 7.0}),
        ("apartments in Geumcheon-gu not exceeding 900 million won", {"max_price": 90_000}),
        ("complexes in Geumcheon-gu with no fewer than 300 households", {"min_households": 300}),
        ("complexes in Geumcheon-gu with no more than 300 households", {"max_households": 300}),
        ("geumcheon-gu 84 max 900 million won", {"min_area": 84.0, "max_price": 90_000}),
    ],
)
def test_a_negated_limit_is_the_other_limit(text: str, expected: dict[str, Any]) -> None:
    filters = ask(text).filters
    assert {name: getattr(filters, name) for name in expected} == expected
    other = {"max": "min", "min": "max"}
    turned = {other[name[:3]] + name[3:] for name in expected if not name.endswith("area")}
    assert not any(getattr(filters, name) for name in turned)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("금천구 2027년 하반기 안에 입주", date(2027, 7, 1), date(2027, 12, 31)),
        ("금천구 2027년 안에 입주", None, date(2027, 12, 31)),
        ("내년에 중학교에 들어가는 아이가 있어요, 금천구 단지", None, None),
        ("We get married next year: complexes in Geumcheon-gu", None, None),
        ("내년에 들어가 살 수 있는 금천구 단지", date(2026, 1, 1), date(2026, 12, 31)),
        ("Geumcheon-gu, moving in 2028 or later", date(2028, 1, 1), None),
        ("Geumcheon-gu, move-in 2028 or earlier", None, date(2028, 12, 31)),
    ],
)
def test_the_words_around_a_time_open_or_close_it(text: str, first: date | None, last: date | None) -> None:
    filters = ask(text).filters
    assert (filters.move_in_from, filters.move_in_to) == (first, last)


def test_part_of_a_word_and_the_next_is_no_name() -> None:
    words = Vocabulary(PROMPTS, entities=[(MAPLE, [])], terms=tokenizer().terms)
    assert not ask("What is the smallest complex in Seoul?", words).entities
    assert ask("maple xii price", words).entities == (MAPLE,)


def test_a_brand_with_a_word_for_homes_is_the_brand() -> None:
    assert ask("Which Prugio complexes are there in Geumcheon-gu?").filters.brands == ("푸르지오",)
    assert ask("I am fond of the Prugio brand. What is there in Geumcheon-gu?").filters.brands == ("푸르지오",)
    assert ask("Show me homes to rent in Geumcheon-gu").filters.tenure == "rental"
    assert ask("geumcheon-gu xi complexes").filters.brands == ("자이",)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("힐스테이트 이편한세상 새벌 세대수", ECO),
        ("새벌지구 B2-3BL 세대수", PUBLIC),
        ("SH에서 낸 새벌지구 B2-3BL 세대수", PUBLIC),
    ],
)
def test_a_name_is_found_with_its_brand_as_people_write_it(text: str, named: EntityName) -> None:
    words = Vocabulary(
        PROMPTS,
        entities=[(ECO, []), (PUBLIC, [])],
        brands=[("e편한세상", "e-Pyeonhansesang"), ("힐스테이트", "Hillstate")],
        terms=tokenizer().terms,
    )
    assert ask(text, words).entities == (named,)


def test_a_district_named_twice_is_looked_around() -> None:
    words = Vocabulary(
        PROMPTS,
        districts=[District("sigungu", "과천시", "Gwacheon-si"), District("dong", "과천동", "")],
        terms=tokenizer().terms,
    )
    filters = ask("과천에 회사가 있어서 과천 근방 아파트를 찾아요", words).filters
    assert (filters.sigungus, filters.dongs) == (("과천시",), ())
    assert "서초구" in filters.neighbours


@pytest.mark.parametrize(
    ("text", "sigungus"),
    [
        ("금천구로 지하철 타고 출근하는데 광명시 아파트 추천해줘", ("광명시",)),
        ("동작구에 직장이 있어서 금천구 아파트를 보고 있어요", ("금천구",)),
        ("금천구로 출근하는데 아파트 추천해줘", ("금천구",)),
        ("I work in Geumcheon-gu and want a flat in Gwangmyeong", ("광명시",)),
    ],
)
def test_where_somebody_works_is_not_where_homes_are_looked_for(text: str, sigungus: tuple[str, ...]) -> None:
    assert ask(text).filters.sigungus == sigungus


def test_the_dong_of_a_name_is_no_district_of_that_name() -> None:
    words = Vocabulary(PROMPTS, districts=[District("sigungu", "동구", "Dong-gu")], terms=tokenizer().terms)
    assert ask("apartments in Hannam-dong", words).filters == Filters()


@pytest.mark.parametrize("text", ["what's the smallest complex", "가장 작은 단지가 어디예요"])
def test_an_order_alone_is_a_search_and_no_limit(text: str) -> None:
    found = ask(text)
    assert (found.domain, found.sort, found.filters) == ("housing", "households:up", Filters())


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("apartments in Geumcheon-gu, 25 minutes by train to my office", "25 minutes by train"),
        ("금천구에서 전철로 25분 걸리는 아파트", "전철로 25분"),
        ("I want a 30 minute commute: apartments in Geumcheon-gu", "30 minute commute"),
    ],
)
def test_how_long_a_ride_takes_is_in_no_document(text: str, told: str) -> None:
    found = ask(text)
    assert told in [one.word for one in found.unmatched if one.absent]
    assert found.filters.sigungus == ("금천구",)


def test_a_walk_is_measured_and_no_ride() -> None:
    assert not any(one.absent for one in ask("금천구에서 역까지 걸어서 10분 아파트").unmatched)


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("which complexes in Geumcheon-gu have 84 below 900m", 90_000),
        ("Geumcheon-gu apartments, budget 700m", 70_000),
        ("apartments in Geumcheon-gu with a station within 600m", None),
        ("84 in Geumcheon-gu, park under 300m", None),
    ],
)
def test_a_figure_in_m_is_money_or_metres_by_what_stands_beside_it(text: str, price: int | None) -> None:
    assert ask(text).filters.max_price == price


def test_what_goes_on_to_something_else_looks_for_no_homes() -> None:
    assert ask("2억짜리 오피스텔 하나 있는데 무주택이에요?").domain is None
    assert ask("2억 이하로 당첨될 수 있는 데 있어?").domain == "housing"


def test_a_while_is_no_year_of_moving_in() -> None:
    assert ask("무주택 15년인데 금천구 84 있어?").filters.move_in_from is None
    assert ask("금천구 27년 입주").filters.move_in_from == date(2027, 1, 1)


def test_a_word_beside_its_district_names_the_complex_that_has_both() -> None:
    other = EntityName("housing:10", "금천 스카이 더뷰Ⅱ", "Geumcheon Sky The View II")
    words = Vocabulary(
        PROMPTS,
        entities=[(other, [])],
        districts=[District("sigungu", "금천구", "Geumcheon-gu")],
        terms=tokenizer().terms,
    )
    assert ask("금천 스카이 분양가", words).entities == (other,)


def test_a_condition_is_said_as_a_whole_word_and_once() -> None:
    read = conditions.said(ask("금천구에서 역이 가까운 아파트"))
    assert "역이 가까운" in [one.words for one in read]
    read = conditions.said(ask("apartments in Geumcheon-gu near a nice park"))
    assert [one.words for one in read if "park" in one.words] == ["nice park"]


def test_what_stands_behind_is_there_is_told() -> None:
    assert [one.word for one in ask("is there a zoo near Narae View Central").unmatched if one.told] == ["zoo"]
