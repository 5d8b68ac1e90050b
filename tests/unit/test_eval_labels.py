"""The scorers against people: labelled pairs, and right answers spoilt in every way that matters."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from assistant.domain import Answer, Citation, EntityName, Question, Understanding, Usage
from eval.cli.commands import evaluate
from eval.data.cases import Case, Expect
from eval.scoring.fact_matcher import says
from eval.scoring.labelled import Label, by_korquad, disagreements, load_labels
from eval.scoring.scorers import problems

LABELS = load_labels()


def test_scorers_agree_with_people() -> None:
    assert len(LABELS) >= 300
    for language in ("ko", "en"):
        of = [label for label in LABELS if label.language == language]
        assert len(of) >= 100
        assert {label.said for label in of} == {True, False}
        assert len(disagreements(of)) <= 0.02 * len(of)


def test_no_pair_is_labelled_twice() -> None:
    assert len({(label.fact, label.text) for label in LABELS}) == len(LABELS)


def test_the_command_prints_the_agreement() -> None:
    done = CliRunner().invoke(evaluate, ["labels", "--json"])
    told = json.loads(done.output)
    rows = {row["pairs"]: row for row in told["agreement"]}
    assert rows["all"]["total"] == len(LABELS)
    assert rows["all"]["agree"] >= 0.98 * len(LABELS)
    assert {row["total"] for row in told["korquad"]} == {sum(":" not in label.fact for label in LABELS)}


def test_the_usual_measures_take_a_bare_answer_and_not_one_within_a_sentence() -> None:
    labels = [
        Label("신혼부부", "신혼부부입니다", said=True),
        Label("신혼부부", "이 주택은 다자녀 가구와 함께 신혼부부에게 먼저 공급하는 물량입니다.", said=True),
        Label("won:1000", "천 원", said=True),  # no words
    ]
    assert [agree for _, agree, _ in by_korquad(labels)] == [0, 1, 1, 1]
    assert {total for *_, total in by_korquad(labels)} == {2}


# A fact, how a right answer says it, and how wrong ones say it: another figure, another unit, another place.
SPOILT = [
    ("won:850000000", "최고 분양가는 8억 5,000만원입니다.", ("9억 5,000만원", "8억 500만원", "85억원", "850㎡")),
    ("won:850000000", "The top price is KRW 850 million.", ("KRW 840 million", "KRW 850 billion", "USD 850 million")),
    ("month:2026-03", "입주 예정월은 2026년 3월입니다.", ("2026년 4월", "2025년 3월", "26세대")),
    ("date:2024-12-24", "접수는 2024년 12월 24일입니다.", ("2024년 12월 25일", "2023년 12월 24일", "2024년 12월")),
    ("m2:84.98", "전용면적은 84.98㎡입니다.", ("84.98평", "59.98㎡", "84.98m", "84세대")),
    ("m:350", "역까지 350m입니다.", ("530m", "350분", "3.5km", "350㎡")),
    ("homes:1856", "총 1,856세대입니다.", ("1,865세대", "1,856점", "856세대")),
    ("ratio:40.47", "경쟁률은 40.47 대 1입니다.", ("44.07 대 1", "40.47%", "4.047 대 1")),
    ("points:54", "최저 가점은 54점입니다.", ("45점", "54%", "54세대")),
    ("percent:20", "계약금은 20%입니다.", ("2%", "20점", "120%")),
]  # fmt: skip
FIGURES = ("8억 5,000만원", "KRW 850 million", "2026년 3월", "2024년 12월 24일", "84.98㎡", "350m", "1,856세대",
           "40.47 대 1", "54점", "20%")  # fmt: skip


def told(fact: str, sentence: str, language: str) -> tuple[Case, Answer]:
    case = Case("x", "?", language, "fact", Expect(facts=((fact,),), entities_all=("1",)), "hand: invented")  # type: ignore[arg-type]
    quoted = Citation(1, "1", "1:0", "housing:1", sentence)
    return case, Answer(
        question=Question("?"),
        text=f"{sentence} [1]",
        understanding=Understanding("?", language, None, "explore"),  # type: ignore[arg-type]
        abstained=False,
        degraded=False,
        entities=(EntityName("housing:1", "한빛마루 자이", "Hanbit Maru Xi"),),
        citations=(quoted,),
        dropped=(),
        prompt_version="",
        model="none",
        timings_ms={},
        usage=Usage(),
    )


@pytest.mark.parametrize(("fact", "sentence", "wrong"), SPOILT)
def test_no_spoilt_answer_is_scored_right(fact: str, sentence: str, wrong: tuple[str, ...]) -> None:
    language = "en" if sentence.isascii() else "ko"
    case, right = told(fact, sentence, language)
    assert problems(case, right) == ()
    (figure,) = (one for one in FIGURES if one in sentence)
    for other in wrong:
        lie = right.text.replace(figure, other)
        assert lie != right.text
        assert problems(case, replace(right, text=lie)), lie  # the quote still tells the truth
        made_up = replace(right.citations[0], quote=sentence.replace(figure, other))
        assert problems(case, replace(right, text=lie, citations=(made_up,))), lie  # and where the quote lies too
        assert problems(case, replace(right, citations=(made_up,))), f"cites {made_up.quote}"
    assert problems(case, replace(right, text=sentence)), "no citation"
    assert problems(case, replace(right, text=f"{sentence} [2]")), "a citation that is not there"
    assert problems(case, replace(right, text=f"{sentence} [1][2]")), "one of two is not there"
    assert problems(case, replace(right, citations=())), "no quote"
    assert problems(case, replace(right, entities=(EntityName("housing:2", "가온", "Gaon"),))), "another complex"
    assert problems(case, replace(right, entities=(*right.entities, EntityName("housing:2", "가온", "Gaon"))))
    assert problems(case, replace(right, abstained=True))


@pytest.mark.parametrize("text", ["８억 ５천만원입니다.", "8억 5천만원입니다."])
def test_width_and_composition_of_letters_do_not_matter(text: str) -> None:
    assert says(text, "won:850000000")
