"""Questions about marketplace posts: told from questions on homes and on rules, and their conditions read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.domain import ListingFilters, Message, Question, Understanding
from assistant.entrypoints.json_forms.answer import filters_json
from assistant.language.gazetteer.vocabulary import District
from assistant.understanding import understand
from vocabularies import tokenizer, vocabulary

TODAY = date(2026, 11, 22)


def ask(text: str, *history: str) -> Understanding:
    turns = tuple(Message("assistant" if index % 2 else "user", content) for index, content in enumerate(history))
    return understand(Question(text, turns), vocabulary(), tokenizer().tagged, TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("책상 7만원 이하 있나요", {"kinds": ["desk"], "max_won": 70_000}),
        ("중고 세탁기 20만원 넘는 거", {"kinds": ["washer"], "min_won": 200_000}),
        ("모니터 5~15만원", {"kinds": ["monitor"], "min_won": 50_000, "max_won": 150_000}),
        ("침대 3만원에서 8만원 사이", {"kinds": ["bed"], "min_won": 30_000, "max_won": 80_000}),
        ("2만원대 선풍기 있어?", {"kinds": ["fan"], "min_won": 20_000, "max_won": 29_999}),
        ("is there a stroller under 200,000 won?", {"kinds": ["stroller"], "max_won": 200_000}),
        ("a used camera for less than 150k", {"kinds": ["camera"], "max_won": 150_000}),
        ("금천구에서 무료나눔하는 의자", {"kinds": ["chair"], "free": True, "sigungus": ["금천구"]}),
        ("free table in Gwangmyeong", {"kinds": ["table"], "free": True, "sigungus": ["광명시"]}),
        ("금천구에서 유모차 살 수 있어?", {"kinds": ["stroller"], "sigungus": ["금천구"]}),
        ("독산동 소파", {"kinds": ["sofa"], "dongs": ["독산동"]}),
        ("성산동 소파", {"kinds": ["sofa"], "dongs": ["성산동"]}),
        ("any sofas in seongsan?", {"kinds": ["sofa"], "dongs": ["성산동"]}),
        ("폰 5만원 이하", {"kinds": ["phone"], "max_won": 50_000}),
        ("유모차 네고", {"kinds": ["stroller"], "negotiable": True}),
        ("네고 되는 골프채", {"kinds": ["golf"], "negotiable": True}),
        ("예약중인 카시트", {"kinds": ["car_seat"], "statuses": ["reserved"]}),
        ("제일 저렴한 전자레인지", {"kinds": ["microwave"], "sort": "price:up"}),
        ("most expensive guitar for sale", {"kinds": ["guitar"], "sort": "price:down"}),
        ("갤럭시 24 얼마예요", {"kinds": ["galaxy_phone"], "words": ["24"]}),
        ("중고 제빙기 있어요?", {"words": ["제빙기"]}),
        ("컴퓨터 책상 구합니다", {"kinds": ["desk"]}),
    ],
)
def test_conditions_on_posts(text: str, expected: dict[str, Any]) -> None:
    understanding = ask(text)
    assert understanding.domain == "listing"
    found = filters_json(understanding)
    assert {name: found.get(name) for name in expected} == expected
    assert set(found) - {"words"} <= set(expected)


@pytest.mark.parametrize(
    "text",
    [
        "금천구 5억 이하 아파트",
        "광명 84㎡ 아파트 있어?",
        "책상 팔 때 사진 몇 장 올려요? 어떻게 올리나요",
        "공원에서 자전거 타기 좋은 금천구 동네",
        "청약 통장 있어야 돼?",
        "세탁기 환불 되나요",
        "산책로 있어?",
        "독산 한빛마루 자이에 냉장고 있어?",
        "What is a sofa",
        "오늘 날씨 어때",
    ],
)
def test_other_questions_are_not_about_posts(text: str) -> None:
    assert ask(text).listing is None


def test_a_price_limit_is_read_for_what_is_asked() -> None:
    assert ask("자전거 10만원 이하").listing == ListingFilters(kinds=("bicycle",), max_won=100_000)
    home = ask("8억 이하 아파트")
    assert (home.domain, home.filters.max_price, home.listing) == ("housing", 80_000, None)


def test_each_condition_says_which_words_it_came_from() -> None:
    found = ask("금천구 자전거 10만원 이하 있어?")
    assert {(reading.key, reading.words) for reading in found.readings} == {
        ("goods", "자전거"),
        ("price", "10만원 이하"),
        ("sigungu", "금천구"),
    }
    for reading in found.readings:
        assert found.text[reading.start : reading.end] == reading.words


def test_a_question_right_after_one_on_posts_narrows_it() -> None:
    first = ("금천구 중고 냉장고", "- ‘냉장고’: 70,000원")
    assert ask("그중 제일 싼 건?", *first).sort == "price:up"
    other = ask("광명시는?", *first).listing
    assert other == ListingFilters(kinds=("fridge",), sigungus=("광명시",))
    cheaper = ask("10만원 이하로", *first).listing
    assert cheaper == ListingFilters(kinds=("fridge",), max_won=100_000, sigungus=("금천구",))
    again = ask("아직 판매중이야?", *first).listing
    assert again == ListingFilters(kinds=("fridge",), statuses=("on_sale",), sigungus=("금천구",))
    assert ask("cheaper one?", "used fridge in Geumcheon", "- “냉장고”: 70,000 won").sort == "price:up"
    desks = ask("책상은?", *first).listing
    assert desks == ListingFilters(kinds=("desk",), sigungus=("금천구",))


def test_a_question_on_homes_after_one_on_posts_is_on_homes() -> None:
    first = ("금천구 중고 냉장고", "- ‘냉장고’: 70,000원")
    assert ask("광명시 아파트 알려줘", *first).listing is None
    assert ask("무주택기간은 어떻게 계산해?", *first).listing is None


def test_goods_that_may_not_be_traded_are_looked_for_by_nobody() -> None:
    found = ask("양주 파는 사람 있어?")
    assert found.domain == "listing"
    assert [reading.key for reading in found.readings] == ["prohibited"]
    assert ask("담배 팔아도 되나요?").listing is None
    assert ask("와인잔 있어?").listing == ListingFilters(kinds=("cups",))


def test_a_district_whose_name_holds_such_a_word_is_none() -> None:
    known = replace(vocabulary(), districts=[District("sigungu", "남양주시", "Namyangju-si")])
    for text in ("남양주 84 얼마", "남양주에 얼마짜리 있어?"):
        found = understand(Question(text), known, tokenizer().tagged, TODAY)
        assert not [one for one in found.readings if one.key == "prohibited"]
        assert found.filters.sigungus == ("남양주시",)


@pytest.mark.parametrize("text", ["유모차 대여실은 무료인가요?", "Is the piano hall free?"])
def test_whether_a_service_is_free_is_no_search_for_give_aways(text: str) -> None:
    assert ask(text).domain != "listing"


def test_whether_goods_are_free_is_one() -> None:
    assert ask("소파는 무료인가요?").domain == "listing"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("금천구", {"sigungus": ["금천구"]}),
        ("3만원 이하", {"max_won": 30_000}),
        ("Gwangmyeong", {"sigungus": ["광명시"]}),
    ],
)
def test_among_posts_a_place_or_a_price_alone_is_a_condition_on_them(text: str, expected: dict[str, Any]) -> None:
    question = Question(text, domain="listing")
    assert filters_json(understand(question, vocabulary(), tokenizer().tagged, TODAY)) == expected


@pytest.mark.parametrize("text", ["금천구 아파트", "공원 가까운 곳", "청약 가점이 뭐야?", "환불"])
def test_among_posts_other_questions_stay_what_they_are(text: str) -> None:
    question = Question(text, domain="listing")
    assert understand(question, vocabulary(), tokenizer().tagged, TODAY).domain != "listing"


def test_goods_are_compared_with_what_was_sold_too() -> None:
    compared, one = ask("책상이랑 의자 가격 비교").listing, ask("책상 가격").listing
    assert compared
    assert "sold" in compared.statuses
    assert one
    assert not one.statuses


def test_small_talk_beside_goods_is_no_condition_on_them() -> None:
    """Of "time. " a tokenizer makes "t" and "ime."."""
    understood = ask("I am moving out for the first time. Are there any used desks such as IKEA ones?")
    assert [left.word for left in understood.unmatched] == ["IKEA"]
