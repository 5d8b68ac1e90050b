from __future__ import annotations

import pytest

from assistant.domain import Answer, Citation, EntityName, Question, Understanding, Usage
from eval.data.cases import Case, Expect
from eval.scoring.scorers import problems

HANBIT = EntityName("housing:1", "한빛마루 자이", "Hanbit Maru Xi")
GAON = EntityName("housing:2", "가온 푸르지오", "Gaon Prugio")
MOVE_IN = "한빛마루 자이의 입주 예정월은 2026년 3월입니다."


def case(question: str = "한빛마루 자이 입주 언제", language: str = "ko", **expect: object) -> Case:
    given = {"facts": (("month:2026-03",),), "entities_all": ("1",), **expect}
    return Case("x", question, language, "fact", Expect(**given), "hand: invented")  # type: ignore[arg-type]


def answer(
    text: str = f"{MOVE_IN} [1]",
    *,
    quotes: tuple[str, ...] = (MOVE_IN,),
    entities: tuple[EntityName, ...] = (HANBIT,),
    abstained: bool = False,
) -> Answer:
    return Answer(
        question=Question("?"),
        text=text,
        understanding=Understanding("?", "ko", None, "explore"),
        abstained=abstained,
        degraded=False,
        entities=entities,
        citations=tuple(Citation(n, "1", "1:0", "housing:1", quote) for n, quote in enumerate(quotes, start=1)),
        dropped=(),
        prompt_version="",
        model="none",
        timings_ms={},
        usage=Usage(),
    )


def test_a_right_answer_has_no_problem() -> None:
    assert problems(case(), answer()) == ()
    assert problems(case(), answer("한빛마루 자이는 2026년 3월에 입주합니다. [1]")) == ()


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (answer("한빛마루 자이의 입주 예정월은 2026년 4월입니다. [1]"), "does not say month:2026-03"),
        (answer(entities=(HANBIT, GAON)), "names 가온 푸르지오 (2)"),
        (answer(entities=(GAON,)), "leaves out 1"),
        (answer("확인할 수 없습니다.", abstained=True), "declines although the documents hold the answer"),
        (answer(MOVE_IN), "202603 month carries no citation"),
        (answer(f"{MOVE_IN} [1] 역까지 300m입니다. [1]"), "300 m stands in no cited quote"),
        (answer(f"{MOVE_IN} [1]\n역까지 300m입니다."), "300 m carries no citation"),
        (answer(f"{MOVE_IN} [1][2]"), "[2] cites nothing"),
        (answer("Move-in at Hanbit Maru Xi is planned for March 2026. [1]"), "is in en, not ko"),
    ],
)
def test_what_is_wrong_is_named(given: Answer, problem: str) -> None:
    assert problem in "; ".join(problems(case(), given))


def test_any_one_of_the_complexes_that_fit_will_do_but_no_other() -> None:
    find = case(facts=(), entities_all=(), entities_any=("1", "3"))
    assert problems(find, answer()) == ()
    assert problems(find, answer(entities=())) == ("names none of the complexes that fit",)
    assert problems(find, answer(entities=(HANBIT, GAON))) == ("names 가온 푸르지오 (2)",)


def test_every_fact_is_needed_and_any_form_of_it_will_do() -> None:
    two = case(facts=(("month:2026-03",), ("롯데건설", "Lotte E&C")))
    assert problems(two, answer()) == ("does not say 롯데건설 or Lotte E&C",)
    assert problems(two, answer(f"{MOVE_IN} 시공사는 롯데 건설입니다. [1]")) == ()


def test_an_answer_must_decline_what_no_document_holds() -> None:
    absent = case(facts=(), entities_all=(), abstain=True, forbidden=("homes:393",))
    assert problems(absent, answer("자료에서 확인할 수 없습니다.", quotes=(), entities=(), abstained=True)) == ()
    wrong = problems(absent, answer("주차는 393세대입니다. [1]", quotes=("총 393세대입니다.",)))
    assert wrong == ("answers what the documents do not hold", "says homes:393")


def test_a_remark_on_the_search_needs_no_citation_and_a_figure_of_the_question_may_be_repeated() -> None:
    text = f"{MOVE_IN} [1]\n\n(500 m 안에 있는 단지는 자료에 없습니다.)"
    assert problems(case(), answer(text)) == ()
    asked = case("300m 안에 역 있는 한빛마루 자이 입주")
    assert problems(asked, answer(f"300m 안에 역이 있는 {MOVE_IN} [1]")) == ()


def test_other_language_in_brackets_is_no_fault() -> None:
    english = case("when", "en", facts=(), entities_all=())
    text = "Hanbit Maru Xi (독산동 한빛마루 자이 아파트 일원 서울특별시 금천구) opens in March 2026. [1]"
    assert problems(english, answer(text)) == ()
