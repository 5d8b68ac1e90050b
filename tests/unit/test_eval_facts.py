"""Judging of generated questions on invented complexes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from assistant.domain import Answer, Citation, EntityName, Question, Understanding, Usage
from assistant.errors import SourceError
from eval.data.cases import Case, Expect
from eval.data.complexes import Complex, load_complexes
from eval.running.fact_checking import check
from eval.running.fact_questions import FactCase, FactQuestions


def made(id_: str, name: str, english: str, homes: str, month: str, price: str) -> Complex:
    notice = {
        "주택관리번호": id_,
        "주택명": name,
        "분양구분코드명": "분양주택",
        "공급규모": homes,
        "입주예정월": month,
        "당첨자발표일": f"{month}-11",
        "청약접수시작일": f"{month}-02",
        "계약시작일": f"{month}-21",
        "모집공고일": f"{month}-01",
        "문의처": f"02-1234-000{id_}",
        "건설업체명_시공사": "",
    }
    types = ({"주택형": "084.9800A", "일반공급세대수": homes, "공급금액_분양최고금액": price},)
    return Complex(id_, name, english, notice, types)


HANBIT = made("1", "한빛마루 자이", "Hanbit Maru Xi", "410", "2026-03", "85000")
GAON = made("2", "가온 푸르지오", "Gaon Prugio", "722", "2027-08", "71000")
BARAM = made("3", "바람 숲마을", "Baram Forest Village", "93", "2028-01", "64000")
ALL = [HANBIT, GAON, BARAM]
RIGHT = "한빛마루 자이의 공급 규모는 총 410세대입니다."
HOMES = FactCase(
    Case(
        "homes/1", "한빛마루 자이 몇 세대야?", "ko", "homes", Expect((("homes:410",),), entities_all=("1",)), "computed"
    ),
    (HANBIT,),
)


def answered(text: str, *quotes: str, about: Complex = HANBIT, abstained: bool = False) -> Answer:
    named = (EntityName(f"housing:{about.id}", about.name, about.english),) if quotes else ()
    cited = tuple(Citation(n, about.id, "x", f"housing:{about.id}", quote) for n, quote in enumerate(quotes, start=1))
    read = Understanding("?", "ko", None, "explore")
    return Answer(Question("?"), text, read, abstained, False, named, cited, (), "", "none", {}, Usage())


@dataclass
class Fixed:
    """Answers by the question alone, and remembers what it was asked."""

    answer: Callable[[Question], Answer]
    asked: list[Question] = field(default_factory=list)

    def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        return self.answer(question)


def faults(answer: Answer, asked: FactCase = HOMES) -> str:
    (outcome,) = check([(asked,)], Fixed(lambda _: answer))
    return "; ".join(outcome.problems)


def test_the_right_figure_with_its_citation_is_right() -> None:
    assert faults(answered(f"{RIGHT} [1]", RIGHT)) == ""
    assert faults(answered(f"{RIGHT} [1]\n\n(오늘 2025-12-01 기준으로 접수가 끝난 공고입니다.)", RIGHT)) == ""


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (answered("한빛마루 자이는 411세대입니다. [1]", RIGHT), "does not say homes:410"),
        (answered(RIGHT), "410 homes carries no citation"),
        (answered(f"{RIGHT} [1]", RIGHT, about=GAON), "names 가온 푸르지오"),
        # The quote holds it, so that only the tables tell that it is not this complex's.
        (answered(f"{RIGHT} 722세대입니다. [1]", f"{RIGHT} 722세대"), "722 homes is no figure of 한빛마루 자이"),
        (answered(f"{RIGHT} 2027년 8월 입주 [1]", f"{RIGHT} 2027년 8월"), "202708 month is no figure of 한빛마루 자이"),
        (answered("자료에 없습니다.", abstained=True), "declines"),
    ],
)
def test_a_wrong_answer_is_never_right(answer: Answer, fault: str) -> None:
    assert fault in faults(answer)


def test_figures_of_a_name_are_no_figures_of_the_answer() -> None:
    odd = made("4", "나루 잔여세대(15세대)", "", "3", "2025-01", "")
    asked = FactCase(Case("x", "몇 세대?", "ko", "homes", Expect((("homes:3",),)), "computed"), (odd,))
    told = "나루 잔여세대(15세대)는 3세대입니다."
    assert faults(answered(f"{told} [1]", told, about=odd), asked) == ""


def test_the_second_turn_holds_the_first_as_it_was_answered() -> None:
    for conversation in FactQuestions(ALL, "ko", seed=1).draw(20, turns=2):
        asked = Fixed(lambda _: answered("모릅니다.", abstained=True))
        list(check([conversation], asked))
        assert [turn.content for turn in asked.asked[1].history] == [conversation[0].case.question, "모릅니다."]


def test_another_complex_asked_about_next_forbids_the_name_and_figures_of_the_first() -> None:
    drawn = FactQuestions(ALL, "ko", seed=1).draw(60, turns=2)
    moved = [turns for turns in drawn if turns[1].case.kind == "then_other_complex" and turns[0].case.kind == "homes"]
    assert moved
    for first, second in moved:
        (before,), (now,) = first.own, second.own
        text = f"{now.name}는 {now.notice['공급규모']}세대입니다."
        leaked = f"{text} {before.name}는 {before.notice['공급규모']}세대입니다."
        assert faults(answered(f"{text} [1]", text, about=now), second) == ""
        told = faults(answered(f"{leaked} [1]", leaked, about=now), second)
        assert f"says {before.name}" in told
        assert f"{before.notice['공급규모']} homes is no figure of {now.name}" in told


def test_namesakes_must_all_be_told() -> None:
    again = made("5", "한빛 마루자이", "Hanbit Maru Xi", "58", "2029-05", "")
    drawn = FactQuestions([*ALL, again], "ko", seed=1).draw(60, turns=1)
    shared = [turn for (turn,) in drawn if turn.case.kind == "namesakes"]
    assert shared
    assert all(turn.case.expect.entities_all == ("1", "5") and len(turn.case.expect.facts) == 2 for turn in shared)
    assert not any({"1", "5"} & {one.id for one in turn.own} for (turn,) in drawn if turn not in shared)


def test_a_name_within_another_is_not_asked_about() -> None:
    second = made("6", "가온 푸르지오 2차", "Gaon Prugio 2", "58", "2029-05", "")
    asked = {one.id for (turn,) in FactQuestions([*ALL, second], "en", seed=1).draw(80, turns=1) for one in turn.own}
    assert asked == {"1", "3", "6"}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_kind_is_drawn_the_same_for_the_same_seed(language: str) -> None:
    drawn = FactQuestions(ALL, language, seed=3).draw(40, turns=1)  # type: ignore[arg-type]
    assert drawn == FactQuestions(ALL, language, seed=3).draw(40, turns=1)  # type: ignore[arg-type]
    kinds = {turn.case.kind for (turn,) in drawn}
    assert {"price", "no_such_size", "wrong_month", "no_builder", "more_homes", "earlier", "phone"} <= kinds
    texts = [turn.case.question for (turn,) in drawn]
    assert len(texts) == len(set(texts))
    assert not any("{" in text for text in texts)


def test_who_is_larger_must_be_told_rightly() -> None:
    pairs = [turn for (turn,) in FactQuestions(ALL, "ko", seed=1).draw(60, turns=1) if turn.case.kind == "more_homes"]
    (asked, *_) = [turn for turn in pairs if {one.id for one in turn.own} == {"1", "2"}]
    cited = f"{RIGHT} 가온 푸르지오의 공급 규모는 총 722세대입니다."
    wrong = "한빛마루 자이(410세대)가 가온 푸르지오(722세대)보다 312세대 더 많습니다. [1]"
    right = "가온 푸르지오(722세대)가 한빛마루 자이(410세대)보다 312세대 더 많습니다. [1]"
    assert "does not say 한빛마루 자이보다" in faults(answered(wrong, cited), asked)
    assert "does not say 한빛마루" not in faults(answered(right, cited), asked)
    assert "312 homes" not in faults(answered(right, cited), asked)


def test_a_folder_without_the_tables_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="notices"):
        load_complexes({}, tmp_path)


def test_the_samples_yield_as_many_questions_as_asked() -> None:
    complexes = load_complexes({})
    assert len(FactQuestions(complexes, "ko", seed=1).draw(300, turns=1)) == 300
    assert len(FactQuestions(complexes, "ko", seed=1).draw(300, turns=2)) == 300
