"""What the check of delivered figures must find: it is worth nothing if it passes everything."""

from __future__ import annotations

import pytest

from assistant.domain import Answer, Citation, EntityName, Question, Understanding, Usage
from eval.checks.figure_audit import at_holder, delivered
from eval.data.complexes import Complex

A, B = EntityName("housing:1", "한빛 자이", "Hanbit Xi"), EntityName("housing:2", "나래 힐", "Narae Hill")
QUOTES = {
    1: Citation(1, "1", "housing:1#schedule", A.id, "한빛 자이의 입주 예정월은 2031년 5월입니다."),
    2: Citation(2, "2", "housing:2#price", B.id, "나래 힐의 전용 84㎡ 주택형 최고 분양가는 9억원입니다."),
}
KNOWN = {
    "1": Complex("1", A.name_ko, A.name_en, {"입주예정월": "2031-05", "모집공고일": "", "공급규모": "1"}, ()),
    "2": Complex(
        "2",
        B.name_ko,
        B.name_en,
        {"입주예정월": "", "모집공고일": "", "공급규모": "1"},
        ({"주택형": "084.9000A", "공급금액_분양최고금액": "80000"},),
    ),
}


def answer(text: str) -> Answer:
    understood = Understanding("?", "ko", "housing", "detail")
    cited = tuple(QUOTES.values())
    return Answer(Question("?"), text, understood, False, False, (A, B), cited, (), "", "none", {}, Usage())


@pytest.mark.parametrize(
    ("text", "held", "of_entity", "in_tables"),
    [
        ("한빛 자이의 입주 예정월은 2031년 5월입니다. [1]", True, True, True),
        ("Move-in at Hanbit Xi is planned for May 2031. [1]", True, True, True),
        ("한빛 자이의 입주 예정월은 2031년 6월입니다. [1]", False, True, None),
        ("나래 힐의 입주 예정월은 2031년 5월입니다. [1]", True, False, True),
        ("한빛 자이의 입주 예정월은 2031년 5월입니다. [2]", False, False, None),
        ("한빛 자이의 입주 예정월은 2031년 5월입니다.", False, True, None),
    ],
)
def test_each_figure_is_judged(text: str, held: bool, of_entity: bool, in_tables: bool | None) -> None:
    (one,) = delivered(answer(text), "?", KNOWN)
    assert (one.held, one.of_entity, one.in_tables) == (held, of_entity, in_tables)
    assert not one.derived


def test_a_price_that_the_tables_do_not_hold_is_found_though_it_is_quoted() -> None:
    found = list(delivered(answer("나래 힐의 전용 84㎡ 주택형 최고 분양가는 9억원입니다. [2]"), "?", KNOWN))
    assert {one.figure.unit: one.in_tables for one in found} == {"m2": True, "won": False}


def test_a_mark_that_points_elsewhere_is_counted() -> None:
    assert list(at_holder(answer("한빛 자이의 입주 예정월은 2031년 5월입니다. [1][2]"))) == [True, False]
