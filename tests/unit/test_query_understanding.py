"""Read-outs of single questions, and how `budongi eval readout` scores them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped import PROMPTS

from assistant.domain import EntityName, Message, Question, Understanding
from assistant.language.gazetteer.vocabulary import District
from assistant.language.ko.jamo import is_typo_of
from assistant.understanding import Vocabulary, about_excluded, understand, words_of
from eval.scoring import query_understanding
from vocabularies import HANBIT, tokenizer, vocabulary

TODAY = date(2026, 11, 22)


def ask(text: str) -> Understanding:
    return understand(Question(text), vocabulary(), tokenizer().tagged, TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("광명 650,000천원 이하", {"max_price": 65_000}),
        ("광명 이억 칠천 이하 아파트", {"max_price": 27_000}),
        ("광명 6억 중반", {"min_price": 64_000, "max_price": 66_999}),
        ("광명 4억에서 6억5천 사이", {"min_price": 40_000, "max_price": 65_000}),
        ("Gwangmyeong, ₩720M or less", {"max_price": 72_000}),
        ("Gwangmyeong between 500 and 650 million won", {"min_price": 50_000, "max_price": 65_000}),
        ("광명 2천 세대 이상", {"min_households": 2000}),
        ("광명 이천오백 세대 넘는 곳", {"min_households": 2500}),
        ("광명 700세대 미만", {"max_households": 699}),
        ("homes in Gwangmyeong, 650 sq ft or more", {"min_area": 60.4}),
        ("광명 45㎡ 이상 70㎡ 이하", {"min_area": 45, "max_area": 70.9999}),
        ("광명 경쟁률 7.5 대 1 이하", {"max_competition": 7.5}),
        ("광명 가점 60점대", {"min_score": 60, "max_score": 69.99}),
        ("광명 2027년 2분기 입주", {"move_in_from": date(2027, 4, 1), "move_in_to": date(2027, 6, 30)}),
        ("광명 9월까지 입주", {"move_in_to": date(2027, 9, 30)}),
        ("Gwangmyeong, moving in after 2027", {"move_in_from": date(2028, 1, 1), "move_in_to": None}),
        (
            "Gwangmyeong, ready in 2028 second half",
            {"move_in_from": date(2028, 7, 1), "move_in_to": date(2028, 12, 31)},
        ),
        ("작년에 청약한 광명 아파트", {"receipt_from": date(2025, 1, 1), "move_in_from": None}),
        ("푸르지오 빼고 광명 아파트", {"except_brands": ("푸르지오",), "sigungus": ("광명시",), "brands": ()}),
        ("광명시 말고 금천구", {"sigungus": ("금천구",)}),
        ("임대 말고 광명 분양", {"tenure": "sale"}),
        ("apartments except Gwangmyeong", {"except_sigungus": ("광명시",), "sigungus": ()}),
        (
            "금천구 옆 동네",
            {"sigungus": ("금천구",), "neighbours": ("관악구", "광명시", "구로구", "안양시", "영등포구")},
        ),
        ("금천구 공원 가까운 곳", {"neighbours": ()}),
    ],
)
def test_figures_and_places_in_the_forms_people_write(text: str, expected: dict[str, Any]) -> None:
    filters = ask(text).filters
    assert {name: getattr(filters, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3억 이하 9억 이상 광명", ("3억 이하", "9억 이상")),
        ("광명 900세대 이상 300세대 이하", ("900세대 이상", "300세대 이하")),
        ("광명 2027년 14월 입주", ("2027년 14월",)),
        ("광명 2027년 2월 30일 입주", ("2027년 2월 30일",)),
    ],
)
def test_what_no_home_can_meet_is_told_by_its_words(text: str, words: tuple[str, ...]) -> None:
    assert ask(text).impossible == words


def test_every_reading_knows_where_its_words_stand() -> None:
    understood = ask("금천구에서 역세권이고 8억 이하, 84㎡ 아파트")
    assert {reading.key for reading in understood.readings} >= {"sigungu", "price", "area", "station"}
    for reading in understood.readings:
        assert understood.text[reading.start : reading.end] == reading.words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("레미안 아파트 광명", {"brands": ("래미안",), "sigungus": ("광명시",)}),
        ("푸르지요 광명", {"brands": ("푸르지오",)}),
        ("Xi in Gwangmyeong", {"brands": ("자이",)}),
        ("디자이너 가구", {"brands": ()}),
        ("해오름고 가까운 아파트", {"places": ("해오름고등학교",)}),
        ("물빛마을공원 근처 아파트", {"places": ("물빛마을공원",)}),
        ("어린이공원 가까운 광명 아파트", {"places": ()}),
    ],
)
def test_brands_and_places_with_typos_and_short_forms(text: str, expected: dict[str, Any]) -> None:
    filters = ask(text).filters
    assert {name: getattr(filters, name) for name in expected} == expected


@pytest.mark.parametrize(
    ("typed", "name", "same"),
    [
        ("나래비센트럴", "나래뷰센트럴", True),
        ("한빛미루자이", "한빛마루자이", True),
        ("신촌역자이", "등촌역자이", False),
        ("한솔마루자이", "한빛마루자이", False),
        ("narae vew central", "narae view central", True),
    ],
)
def test_a_typo_is_a_wrong_letter_and_not_another_syllable(typed: str, name: str, same: bool) -> None:
    assert is_typo_of(typed, name) is same


def test_a_name_with_another_place_in_it_is_another_complex() -> None:
    places = Vocabulary(
        PROMPTS,
        entities=[(EntityName("housing:9", "인천 새봄 자이", "Incheon Saebom Xi"), [])],
        districts=[District("sigungu", "이천시", "Icheon-si"), District("sigungu", "인천시", "Incheon-si")],
    )
    assert places.like("이천새봄자이분양가") is None
    assert places.like("인쳔새봄자이분양가") is not None


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("철산역 근처 떡볶이 맛집", None),
        ("금천구 날씨 어때", None),
        ("best ramen near Cheolsan station", None),
        ("철산역 근처 아파트", "housing"),
        ("금천구 공원 가까운 곳", "housing"),
    ],
)
def test_a_place_alone_makes_no_question_about_homes(text: str, domain: str | None) -> None:
    assert ask(text).domain == domain


def test_homes_near_what_no_document_knows_are_not_found_by_it() -> None:
    understood = ask("가람호수 근처 아파트 추천")
    assert understood.domain == "housing"
    assert {left.word for left in understood.unmatched if left.absent} == {"가람호수"}


def test_why_not_is_asked_of_the_conditions_of_the_search() -> None:
    turns = (Message("user", "광명 8억 이하 500세대 이상 아파트"), Message("assistant", "없습니다."))
    question = Question("독산 한빛마루 자이는 왜 빠졌어?", turns)
    understood = understand(question, vocabulary(), tokenizer().tagged, TODAY)
    assert understood.why_not
    assert understood.entities == (HANBIT,)
    assert (understood.filters.sigungus, understood.filters.max_price) == (("광명시",), 80_000)
    assert words_of(PROMPTS, understood, ["max_price", "sigungus"]) == "8억 이하, 광명"
    assert about_excluded(understood, ["max_price", "sigungus"]).facets == ("price", "location")
    assert not ask("독산 한빛마루 자이는 왜 비싸?").why_not


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("독산 한빛마루 자이 얼마야", "price"),
        ("독산 한빛마루 자이 입주 언제야", "schedule"),
        ("독산 한빛마루 자이 시공사", "detail"),
        ("재당첨 제한 뜻이 뭐야", "define"),
        ("특별공급 자격이 어떻게 되나요", "eligibility"),
        ("광명 아파트", "find"),
    ],
)
def test_intents(text: str, intent: str) -> None:
    assert ask(text).intent == intent


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    understood = ask(text)
    assert understood.language in ("ko", "en")
    for reading in understood.readings:
        if reading.start >= 0:
            assert understood.text[reading.start : reading.end] == reading.words


@pytest.mark.parametrize(
    "text", ["", "   ", "🏠🏠", "'; DROP TABLE document; --", "(((((.*+?[", "\x00\x00", "\ud800", "가" * 1_000_000]
)
def test_hostile_text_is_read_without_an_exception(text: str) -> None:
    assert ask(text).entities == ()


def test_a_readout_counts_both_what_is_missed_and_what_is_made_up() -> None:
    case = query_understanding.ReadoutCase(
        "x", Question("광명 8억 이하"), "price",
        {"domain": "housing", "intent": "find", "filters": {"sigungus": ["광명시"], "max_price": 90_000}},
    )  # fmt: skip
    scores, faults = query_understanding.measure([(case, ask("광명 8억 이하"))])
    assert (scores["filters"].right, scores["filters"].wrong, scores["filters"].missed) == (1, 1, 1)
    assert scores["intent"].f1 == 1.0
    assert len(faults) == 1


def test_the_readout_set_is_large_and_in_both_languages() -> None:
    cases = query_understanding.load()
    assert len({case.question.text for case in cases if not case.question.history}) >= 150
    assert len({case.id for case in cases}) == len(cases)
    assert HANBIT.name_ko not in {case.question.text for case in cases}
