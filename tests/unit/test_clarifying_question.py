"""The question that a long list ends with."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from shipped import PROMPTS

from assistant.answering.clarifying_question import next_question
from assistant.domain import Candidate, Criterion, Filters, Message, NextQuestion, Result, Sentence, Understanding
from assistant.retrieval.retriever import Retrieval

SEARCH = Understanding("아파트 찾아줘", "ko", "housing", "explore", filters=Filters(sigungus=("금천구",)))


def complex_(number: int, price: str, district: str = "금천구", size: int = 84, metres: int = 2000) -> Result:
    sentences = (
        Sentence(f"한빛 {number}차는 서울특별시 {district} 독산동에 있습니다.", facet="location"),
        Sentence(
            f"한빛 {number}차의 전용 {size}㎡ 최고 분양가는 {price}입니다.", facet="price", tags=(f"area:{size}",)
        ),
        Sentence(f"한빛 {number}차는 전용 {size}㎡ 4세대를 공급합니다.", facet="units", tags=(f"area:{size}",)),
        Sentence(f"한빛 {number}차에서 철산역까지는 직선거리 {metres}m입니다.", facet="station"),
    )
    id_ = f"housing:{number}"
    return Result(1, 1.0, id_, str(number), f"{id_}#1", "housing", id_, id_, "t", "", sentences)


def found(*results: Result, total: int = 20) -> Retrieval:
    return Retrieval(results, tuple(Candidate(result.document_id, 1.0) for result in results), total)


def asked(
    retrieval: Retrieval, understanding: Understanding = SEARCH, history: tuple[Message, ...] = ()
) -> NextQuestion | None:
    return next_question(PROMPTS, understanding, retrieval, 5, history, date(2031, 3, 1), lambda ko, _: ko)


DEAR_AND_CHEAP = found(*(complex_(number, f"{number + 2}억 5,000만원") for number in range(1, 7)))


def test_a_budget_is_asked_for_in_round_figures_that_split_what_was_found() -> None:
    assert asked(DEAR_AND_CHEAP) == NextQuestion(
        "예산은 어느 정도로 생각하세요?", ("5억원 이하", "7억원 이하", "7억원 이상")
    )


def test_where_is_asked_first_unless_it_is_known() -> None:
    results = found(
        *(complex_(number, f"{number}억원", "금천구" if number % 2 else "강남구") for number in range(1, 7))
    )
    everywhere = asked(results, replace(SEARCH, filters=Filters(sidos=("서울특별시",))))
    assert everywhere is not None
    assert set(everywhere.replies) == {"금천구", "강남구"}
    there = asked(results)
    assert there is not None
    assert there.question != everywhere.question


def test_what_was_asked_before_or_answered_is_not_asked_again() -> None:
    results = found(*(complex_(number, f"{number}억원", metres=200 * number) for number in range(1, 7)))
    first = asked(results)
    assert first is not None
    again = asked(results, history=(Message("assistant", f"- …\n\n{first.question}"),))
    settled = asked(results, replace(SEARCH, filters=SEARCH.filters.but(max_price=60_000)))
    assert again == settled
    assert first not in (again, settled)


@pytest.mark.parametrize(
    "understanding",
    [
        replace(SEARCH, sort="price_asc"),
        replace(SEARCH, stage="detail"),
        replace(SEARCH, intent="price"),
    ],
)
def test_a_definite_answer_ends_without_a_question(understanding: Understanding) -> None:
    assert asked(DEAR_AND_CHEAP, understanding) is None


def test_a_short_list_and_one_that_nothing_splits_end_without_a_question() -> None:
    assert asked(replace(DEAR_AND_CHEAP, total=6)) is None
    alike = found(*(complex_(number, "5억원") for number in range(1, 9)))
    assert asked(alike) is None


def test_a_wish_for_one_place_is_not_replaced_by_another() -> None:
    results = found(*(complex_(number, "5억원", metres=500 * number) for number in range(1, 7)))
    wish = replace(SEARCH, criteria=(Criterion("park", 800),))
    assert asked(results, wish) is None
