"""Conditions set anew beside the question, on a chip or in the panel."""

from __future__ import annotations

from datetime import date

import pytest
from shipped import PROMPTS

from assistant.domain import ConversationState, Question, Reading, Understanding
from assistant.entrypoints.chat.asking_again import again, asked_with, asked_without
from assistant.entrypoints.chat.chips import chips
from assistant.entrypoints.chat.condition_fields import changed, shown_conditions
from assistant.entrypoints.chat.conversation import Panel, Turn
from assistant.entrypoints.chat.texts import texts
from assistant.kinds.housing.attributes import attributes
from assistant.understanding import after, understand
from vocabularies import tokenizer, vocabulary

KOREAN = "금천구 주변에 걷기 좋은 공원 있는 8억 이하 아파트"


def ask(question: Question) -> Understanding:
    return understand(question, vocabulary(), tokenizer().tagged, date(2026, 11, 22))


def anew(text: str, *conditions: tuple[str, str]) -> Understanding:
    return ask(Question(text, instead=tuple(Reading(*one) for one in conditions)))


def test_price_takes_the_place_of_the_one_that_was_said_and_that_is_told() -> None:
    understood = anew(KOREAN, ("price", "6억"))
    assert understood.filters.max_price == 60_000
    assert understood.text == KOREAN.replace("8억 이하", "6억")
    assert understood.carried.replaced == (("8억 이하", "6억"),)
    assert understood.filters.sigungus == ("금천구",)


def test_other_district_keeps_what_was_said_around_it() -> None:
    filters = anew(KOREAN, ("sigungu", "광명시")).filters
    assert filters.sigungus == ("광명시",)
    assert filters.neighbours
    assert filters.max_price == 80_000


def test_another_kind_of_place_takes_the_place_of_a_district() -> None:
    filters = anew(KOREAN, ("sigungu", "독산동")).filters
    assert (filters.sigungus, filters.dongs) == ((), ("독산동",))


@pytest.mark.parametrize(("words", "metres"), [("400m", 400), ("400", 400), ("도보 5분", 258), ("within 300 m", 300)])
def test_how_near_is_near(words: str, metres: int) -> None:
    (wish,) = anew(KOREAN, ("walkable-park", words)).criteria
    assert wish.within == pytest.approx(metres, abs=2)


@pytest.mark.parametrize(
    ("key", "words"),
    [("price", "abc"), ("area", "금천구"), ("walkable-park", "가까이"), ("line", "버스"), ("move_in", "언젠가")],
)
def test_words_that_say_nothing_of_the_kind_change_nothing_and_are_not_read(key: str, words: str) -> None:
    understood = anew(KOREAN, (key, words))
    before = ask(Question(KOREAN))
    assert (understood.filters, understood.criteria) == (before.filters, before.criteria)
    assert Reading(key, words) not in understood.readings


def test_condition_of_an_earlier_turn_is_set_anew() -> None:
    first = ask(Question("금천구 8억 이하 아파트", state=ConversationState()))
    state = after(ConversationState(), first, ())
    understood = ask(Question("84㎡로", state=state, instead=(Reading("price", "6억 이하"),)))
    assert (understood.filters.max_price, understood.filters.min_area) == (60_000, 84.0)
    assert ("8억 이하", "6억 이하") in understood.carried.replaced
    later = after(state, understood, ())
    assert later.search is not None
    assert later.search.filters.max_price == 60_000


def test_post_conditions_are_set_anew() -> None:
    understood = anew("5만원 이하 책상", ("price", "3만원 이하"), ("sigungu", "금천구"))
    assert understood.listing is not None
    assert (understood.listing.max_won, understood.listing.sigungus) == (30_000, ("금천구",))


def test_question_that_looks_for_nothing_is_left_alone() -> None:
    assert anew("국민평형이 뭐야?", ("price", "6억 이하")).text == "국민평형이 뭐야?"


def test_latest_change_of_a_condition_holds() -> None:
    turn = asked_without(Turn("1", Question(KOREAN)), "sigungu", "지역: 금천구")
    turn = asked_with(turn, Reading("dong", "독산동"))
    assert (turn.question.without, turn.question.instead) == ((), (Reading("dong", "독산동"),))
    turn = asked_with(turn, Reading("sigungu", "구로구"))
    assert turn.question.instead == (Reading("sigungu", "구로구"),)
    assert again(turn, texts("ko")) == "다시 찾았습니다. 바꾼 조건: 구로구"
    turn = asked_without(turn, "sigungu", "지역: 구로구")
    assert (turn.question.without, turn.question.instead) == (("sigungu",), ())
    assert again(turn, texts("en")) == "Asked again. Without: 지역: 구로구"


def test_panel_mirrors_the_conditions_and_asks_with_what_is_different() -> None:
    understood = ask(Question("금천구 8억 이하 84㎡ 아파트"))
    shown = shown_conditions(understood, chips(PROMPTS, understood, texts("ko")), texts("ko"))
    assert shown == {"sigungu": "금천구", "price": "8억 이하", "area": "84㎡", "move_in": "", "line": "", "open": ""}
    panel = Panel(Turn("1", Question("금천구 8억 이하 84㎡ 아파트")), shown)
    assert changed(panel, shown) is None
    turn = changed(panel, shown | {"price": "6억", "area": "", "open": "접수 중"})
    assert turn is not None
    assert turn.question.instead == (Reading("price", "6억"), Reading("open", "접수 중"))
    assert turn.question.without == ("area",)
    filters = ask(turn.question).filters
    assert (filters.max_price, filters.min_area, filters.open_on) == (60_000, None, date(2026, 11, 22))


def test_every_field_of_the_panel_is_read_in_both_languages() -> None:
    for language in ("ko", "en"):
        phrases = texts(language)
        examples = {key: row.example[language] for key, row in attributes().items() if row.example}
        assert {"price", "area", "move_in", "line"} <= examples.keys()
        for key in examples.keys() - {"sigungu"}:  # the small vocabulary of these tests has no such district
            words = examples[key].removeprefix("예: ").removeprefix("e.g. ")
            assert words in {one.words for one in anew(KOREAN, (key, words)).readings}, words
        words = attributes()["open"].label[language]
        assert anew(KOREAN, ("open", words)).filters.open_on, words
        for status in ("on_sale", "reserved", "sold"):
            words = phrases.say(f"statuses.{status}")
            listing = anew("중고 책상", ("status", words)).listing
            assert listing is not None
            assert listing.statuses == (status,), words
