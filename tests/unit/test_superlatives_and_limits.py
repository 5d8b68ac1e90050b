"""A complex said to be the first of all, or to keep a limit: read from the question, computed from statements."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shipped import PROMPTS

from assistant.answering.derived.superlative import check_first
from assistant.answering.derived.threshold import check_limit
from assistant.domain import EntityName, Filters, Result, Sentence, Understanding
from assistant.kinds.housing.superlative import read_most
from assistant.language.text import ReadableText

FIRST, OTHER = EntityName("housing:1", "가온 포레", "Gaon Foret"), EntityName("housing:2", "나래 시티", "Narae City")


def result(name: EntityName, *sentences: Sentence) -> Result:
    return Result(
        rank=1,
        score=1.0,
        chunk_id=f"{name.id}#price",
        document_id=name.id,
        source_id=name.id.partition(":")[2],
        domain="housing",
        name_ko=name.name_ko,
        name_en=name.name_en,
        topic="",
        text="",
        sentences=sentences,
    )


def price(text: str, *tags: str) -> Sentence:
    return Sentence(text, facet="price", tags=tags)


@pytest.mark.parametrize(
    ("text", "located", "order"),
    [
        ("가온 포레가 광명에서 제일 비싼 아파트지?", True, "price:down"),
        ("가온 포레가 제일 큰 단지야?", False, "households:down"),
        ("가온 포레가 광명에서 입주 가장 늦은가", True, "move_in:down"),
        ("가온 포레 84 제일 비싼게 얼마", False, ""),
        ("광명 가온 포레에서 제일 비싼 타입", True, ""),
        ("가온 포레는 비싼 단지야?", False, ""),
    ],
)
def test_a_superlative_of_the_complex_among_others_is_read_and_one_of_its_own_types_is_not(
    text: str, located: bool, order: str
) -> None:
    assert read_most(ReadableText(text, PROMPTS), "ko", located=located) == order


def asked(text: str, **given: object) -> Understanding:
    understanding = Understanding(text=text, language="ko", domain="housing", stage="detail", entities=(FIRST,))
    return replace(understanding, **given)  # type: ignore[arg-type]


def test_the_first_of_all_is_confirmed_and_another_one_is_named() -> None:
    ranges = {
        FIRST: Sentence("가온 포레의 분양가는 3억원부터 9억원까지입니다.", facet="price_range"),
        OTHER: Sentence("나래 시티의 분양가는 2억원부터 12억원까지입니다.", facet="price_range"),
    }
    results = [result(name, sentence) for name, sentence in ranges.items()]
    dearest = asked("가온 포레가 제일 비싼 단지지?", most="price:down")
    (wrong,) = check_first(PROMPTS, dearest, results[:1], [OTHER, FIRST], results)
    assert "아니요" in wrong.text
    assert "나래 시티(12억원)" in wrong.text
    assert [item.document_id for item in wrong.held_by] == [FIRST.id, OTHER.id]
    (right,) = check_first(PROMPTS, dearest, results[:1], [FIRST], results[:1])
    assert right.text.startswith("네,")
    (cheap,) = check_first(PROMPTS, replace(dearest, most="price:up"), results[:1], [OTHER, FIRST], results)
    assert "나래 시티(2억원)" in cheap.text


def test_a_complex_without_the_figure_is_compared_with_none() -> None:
    bare = result(FIRST, Sentence("가온 포레의 공급 규모는 총 100세대입니다.", facet="households"))
    assert list(check_first(PROMPTS, asked("", most="price:down"), [bare], [FIRST], [bare])) == []


@pytest.mark.parametrize(
    ("text", "filters", "begins"),
    [
        ("가온 포레 84가 8억 넘어?", Filters(min_price=80_000, min_area=84.0, max_area=84.9999), "네,"),
        ("가온 포레 84 8억 5천이면 돼?", Filters(max_price=85_000, min_area=84.0, max_area=84.9999), "타입에 따라"),
        ("가온 포레 84 10억 이하야?", Filters(max_price=100_000, min_area=84.0, max_area=84.9999), "네,"),
    ],
)
def test_a_limit_is_answered_over_all_types_of_the_size(text: str, filters: Filters, begins: str) -> None:
    of = result(
        FIRST,
        price("가온 포레의 전용 84㎡ 주택형 최고 분양가는 9억원입니다.", "area:84"),
        price("가온 포레의 84A 타입 최고 분양가는 9억원입니다.", "area:84", "by_type", "type:84A"),
        price("가온 포레의 84B 타입 최고 분양가는 8억 2,000만원입니다.", "area:84", "by_type", "type:84B"),
        price("가온 포레의 전용 59㎡ 주택형 최고 분양가는 5억원입니다.", "area:59"),
    )
    (told,) = check_limit(PROMPTS, asked(text, filters=filters), [of])
    assert told.text.startswith(begins)
    assert "8억 2,000만원부터 9억원까지" in told.text


def test_a_price_that_is_no_question_of_whether_is_left_to_the_list() -> None:
    of = result(FIRST, price("가온 포레의 전용 84㎡ 주택형 최고 분양가는 9억원입니다.", "area:84"))
    assert list(check_limit(PROMPTS, asked("가온 포레 10억 이하 타입", filters=Filters(max_price=100_000)), [of])) == []
