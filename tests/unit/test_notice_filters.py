"""Conditions on the notice itself: its time, its builder, the zones it lies in; and names that only sound known."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from shipped import PROMPTS

from assistant.answering.evidence.facets import preferred
from assistant.answering.remarks import refusal
from assistant.domain import EntityName, Message, Question, Result, Sentence, Understanding
from assistant.kinds.housing.builders import normalised
from assistant.understanding import Vocabulary, understand
from vocabularies import tokenizer, vocabulary

TODAY = date(2026, 11, 22)
FIRST = EntityName("housing:11", "도담 파크뷰", "Dodam Park View")
SECOND = EntityName("housing:12", "도담 파크뷰", "Dodam Park View")


def known() -> Vocabulary:
    base = vocabulary()
    return replace(
        base,
        entities=[*base.entities, (FIRST, []), (SECOND, [])],
        announced={FIRST.id: date(2021, 4, 2), SECOND.id: date(2023, 9, 15)},
        builders=[
            ("대우건설", ""),
            ("에스케이에코플랜트", ""),
            ("SK에코플랜트", ""),
            ("지에스건설 등", ""),
            ("대원", ""),
        ],
    )


def ask(text: str, *history: str) -> Understanding:
    turns = tuple(Message("user", earlier) for earlier in history)
    return understand(Question(text, turns), known(), tokenizer().tagged, TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("작년에 분양된 광명 아파트", {"announced_from": date(2025, 1, 1), "move_in_from": None}),
        ("2023년 5월에 모집공고 난 금천구 단지", {"announced_to": date(2023, 5, 31), "receipt_from": None}),
        ("apartments in Gwangmyeong announced in 2025", {"announced_to": date(2025, 12, 31), "move_in_to": None}),
        ("작년에 분양한 아파트 중 입주 빠른 광명 아파트", {"announced_to": date(2025, 12, 31), "move_in_from": None}),
        ("2024년 분양 금천구 아파트", {"announced_from": date(2024, 1, 1), "move_in_from": None}),
        ("2027년 분양가 5억 이하 금천구 아파트", {"announced_from": None}),
        ("Daewoo apartments in Gwangmyeong", {"builders": ("대우건설",)}),
        ("투기과열지구 아파트 유주택자도 청약 가능해?", {"regulations": ()}),
        ("금천구 사는데 청약 가능한 광명 아파트 있어?", {"sigungus": ("금천구", "광명시")}),
        ("2028년 입주하는 광명 분양 아파트", {"move_in_from": date(2028, 1, 1), "announced_from": None}),
        ("작년에 청약 접수한 광명 아파트", {"receipt_from": date(2025, 1, 1), "announced_from": None}),
        ("광명 경쟁률 3 대 1도 안 되는 곳", {"max_competition": 2.99}),
        ("광명 경쟁률 3 대 1 안 넘는 곳", {"max_competition": 3}),
        ("광명 6억이 안 되는 아파트", {"max_price": 60_000}),
        ("광명 59평 아파트", {"min_area": None}),
        ("대우건설 아파트 광명", {"builders": ("대우건설",)}),
        ("SK가 시공한 금천구 아파트", {"builders": ("에스케이에코플랜트", "SK에코플랜트")}),
        ("homes in Gwangmyeong built by Daewoo", {"builders": ("대우건설",)}),
        ("광명에서 가람건설이 지은 아파트", {"builders": ("가람건설",)}),
        ("대우건설 말고 광명 아파트", {"builders": (), "except_builders": ("대우건설",)}),
        ("대원초 가까운 광명 아파트", {"builders": ()}),
        ("광명에서 조정대상지역이 아닌 단지", {"regulations": ("adjustment_zone:no",)}),
        ("금천구 분상제 적용되는 아파트", {"regulations": ("price_ceiling:yes",)}),
        ("places in Gwangmyeong outside any speculation zone", {"regulations": ("speculation_zone:no",)}),
        ("투기과열지구에서 1순위 자격이 어떻게 돼?", {"regulations": ()}),
        ("가점 30점인데 만점은 몇 점이야?", {"max_score": None}),
    ],
)
def test_conditions_on_the_notice(text: str, expected: dict[str, Any]) -> None:
    filters = ask(text).filters
    assert {name: getattr(filters, name) for name in expected} == expected


def test_a_builder_is_one_however_its_letters_are_written() -> None:
    assert normalised("지에스건설 등") == normalised("GS건설")
    assert normalised("에이치제이중공업 건설부문") == normalised("HJ중공업")
    assert normalised("현대건설") != normalised("현대엔지니어링")


def test_of_namesakes_the_one_of_the_time_that_is_named_is_kept_through_the_conversation() -> None:
    assert ask("도담 파크뷰 2021년에 나온 거").entities == (FIRST,)
    assert ask("84는?", "도담 파크뷰 2023년에 공고된 거").entities == (SECOND,)
    assert ask("84는?", "도담 파크뷰 2021년에 나온 거 입주는 언제야?").entities == (FIRST,)
    assert set(ask("도담 파크뷰").entities) == {FIRST, SECOND}
    assert set(ask("도담 파크뷰 2019년에 나온 거").entities) == {FIRST, SECOND}


def test_a_capitalised_name_that_no_document_has_is_refused_by_name() -> None:
    assert ask("Riverside Park Lumina price").unknown_names == ("Riverside Park Lumina",)
    assert ask("What is the move-in date of Sunny School Hill?").unknown_names == ("Sunny School Hill",)
    assert ask("Under the Housing Supply Rules, what share goes to newlyweds?").unknown_names == ()
    assert ask("How much are homes near Riverside Park Lumina?").unknown_names == ()


@pytest.mark.parametrize(
    "text",
    [
        "지방에서 인천으로 청약 가능?",
        "경기 사는 세대원인데 인천 1순위 될까",
        "what percentage is set aside for newlyweds under the rules?",
    ],
)
def test_who_asks_for_a_rule_looks_for_no_homes(text: str) -> None:
    understood = ask(text)
    assert understood.stage == "howto"
    assert not understood.filters.sidos
    assert not understood.criteria


def test_a_size_in_square_metres_called_pyeong_is_told() -> None:
    told = refusal(PROMPTS, ask("광명 74평 아파트"), TODAY.isoformat())
    assert "245㎡" in told
    assert "74㎡" in told
    assert "㎡" not in refusal(PROMPTS, ask("광명 30평 아파트"), TODAY.isoformat())


def test_local_competition_is_taken_from_the_sentence_that_tells_residences_apart() -> None:
    both = Sentence("둘을 합쳐 9 대 1", facet="competition", tags=("area:84",))
    apart = Sentence("해당지역 12 대 1", facet="competition", tags=("area:84", "by_type", "type:84.9A", "residence"))
    result = Result(1, 1.0, "housing:1", "1", "housing:1#c", "housing", "", "", "", "", (both, apart))
    pairs = [(result, both), (result, apart)]
    assert preferred(PROMPTS, pairs, "competition", ask("독산 한빛마루 자이 84 당해 경쟁률"), 1) == [(result, apart)]
    assert preferred(PROMPTS, pairs, "competition", ask("독산 한빛마루 자이 84 경쟁률"), 1) == [(result, both)]
