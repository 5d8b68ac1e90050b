"""Names told apart by the district beside them, sizes that few complexes have, particles, and what no notice holds."""

from __future__ import annotations

from datetime import date

import pytest
from shipped import PROMPTS

from assistant.domain import EntityName, Message, Question, Understanding
from assistant.language.gazetteer.vocabulary import District, Vocabulary
from assistant.understanding import understand
from vocabularies import GAON, HANBIT, tokenizer, vocabulary

NORTH = EntityName("housing:21", "한빛 포레나 미아", "Hanbit Forena Mia")
WEST = EntityName("housing:22", "한빛 포레나 구월", "Hanbit Forena Guwol")
SHORT = EntityName("housing:23", "VERRON(베로노)", "Verron")


def ask(text: str, words: Vocabulary | None = None) -> Understanding:
    return understand(Question(text), words or vocabulary(), tokenizer().tagged, date(2025, 12, 1))


def two_places() -> Vocabulary:
    return Vocabulary(
        PROMPTS,
        entities=[(NORTH, []), (WEST, []), (SHORT, [])],
        districts=[
            District("sigungu", "강북구", "Gangbuk-gu"),
            District("sigungu", "남동구", "Namdong-gu"),
            District("sigungu", "광명시", "Gwangmyeong-si"),
        ],
        located={NORTH.id: ("서울특별시", "강북구"), WEST.id: ("인천광역시", "남동구")},
        brands=[("포레나", "Forena")],
        terms=tokenizer().terms,
        is_word=tokenizer().is_word,
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [("강북구 한빛 포레나 분양가", (NORTH,)), ("한빛 포레나 남동구 입주", (WEST,)), ("한빛 포레나 광명 분양가", ())],
)
def test_a_district_beside_part_of_a_name_tells_which_is_meant(text: str, found: tuple[EntityName, ...]) -> None:
    understood = ask(text, two_places())
    assert understood.entities == found
    assert understood.unknown_names == (() if found else ("한빛 포레나 광명",))


def siblings() -> Vocabulary:
    names = [
        EntityName("1", "해솔자이 더 노블", "Haesol Xi The Noble"),
        EntityName("2", "해솔자이 라온", "Haesol Xi Raon"),
        EntityName("3", "누리섬 수리인 하임", "Nuriseom Suriin Heim"),
        EntityName("4", "해솔 파크 1단지", "Haesol Park Complex 1"),
        EntityName("5", "해솔 파크 2단지(공 3블록)", "Haesol Park Complex 2 (3 Blocks)"),
    ]
    aliases = {"1": ["해솔자이"], "2": ["해솔자이"]}
    return Vocabulary(PROMPTS, entities=[(name, aliases.get(name.id, [])) for name in names], terms=tokenizer().terms)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("해솔 자이 분양가", ["1", "2"]),
        ("해솔 자이 더노블 분양가", ["1"]),
        ("해솔 자이 노블이랑 입주 언제", ["1", "2"]),
        ("해솔자이 라온이랑 누리섬 수리인", ["2", "3"]),
    ],
)
def test_another_word_of_a_name_tells_namesakes_apart_and_part_of_a_name_may_be_two_words(
    text: str, found: list[str]
) -> None:
    assert [name.id for name in ask(text, siblings()).entities] == found


@pytest.mark.parametrize(("text", "found"), [("2단지는?", ["5"]), ("and complex 2?", ["5"]), ("3단지는?", [])])
def test_another_part_of_a_complex_is_named_by_its_number(text: str, found: list[str]) -> None:
    words = siblings()
    history = (Message("user", "해솔 파크 1단지 세대수"), Message("assistant", "해솔 파크 1단지는 … [1]"))
    understood = understand(Question(text, history), words, tokenizer().tagged, date(2025, 12, 1))
    assert [name.id for name in understood.entities if name.id != "4"] == found


def test_a_name_begun_is_not_the_one_complex_that_goes_on_from_it() -> None:
    assert ask("Hanbit Forena", two_places()).entities == (NORTH, WEST)


def test_a_short_name_counts_where_it_begins_a_word() -> None:
    assert ask("베로노 분양가", two_places()).entities == (SHORT,)
    assert ask("베로노는 언제 입주해", two_places()).entities == (SHORT,)
    assert ask("베로노아 분양가", two_places()).entities == ()


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("독산 한빛마루 자이 47 얼마야", 47.0),
        ("독산 한빛마루 자이 73은 얼마", 73.0),
        ("how much is the 47 at Doksan Hanbit Maru Xi", 47.0),
        ("독산 한빛마루 자이까지 45분 걸려?", None),
        ("독산 한빛마루 자이 25개 타입", None),
        ("금천구 47 얼마야", None),  # of no complex, a number may be anything
    ],
)
def test_a_number_beside_a_complex_is_a_size(text: str, area: float | None) -> None:
    assert ask(text).filters.min_area == area


def test_a_particle_behind_a_name_is_no_word_of_its_own() -> None:
    words = Vocabulary(PROMPTS, entities=[(EntityName("1", "새벌 센텀Ⅱ", ""), [])], terms=tokenizer().terms)
    assert ask("새벌 센텀Ⅱ도 알려줘", words).unmatched == ()


def test_a_time_may_share_the_word_before_it() -> None:
    assert ask("apartments in Geumcheon-gu ready by 2026").filters.move_in_to == date(2026, 12, 31)


def test_a_month_beside_a_complex_is_nothing_that_documents_lack() -> None:
    understood = ask("Doksan Hanbit Maru Xi moves in March 2029, right?")
    assert not any(left.told for left in understood.unmatched)


def test_what_is_wished_for_and_not_understood_is_told_in_english_too() -> None:
    told = [left.word for left in ask("apartments in Geumcheon-gu near the racetrack").unmatched if left.told]
    assert told == ["racetrack"]


def test_quality_is_told_as_missing_beside_the_distances_asked_for() -> None:
    understood = ask("How is the school quality around Doksan Hanbit Maru Xi")
    assert understood.facets == ("school",)
    assert [(left.word, left.absent) for left in understood.unmatched if left.told] == [("quality", True)]


def test_names_to_offer_hold_most_of_what_was_typed() -> None:
    assert GAON in vocabulary().nearest_names("가온푸르지오9차")
    assert HANBIT not in vocabulary().nearest_names("가온푸르지오9차")
