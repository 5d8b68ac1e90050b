"""Questions that mean the same: how they are made, and that an answer which changes is noticed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import pytest

from assistant.domain import Answer, Citation, EntityName, Question, Understanding, Usage
from assistant.errors import SourceError
from eval.data.cases import Case, Expect
from eval.metamorphic import measure
from eval.metamorphic.relations import changed, relations

HANBIT = EntityName("housing:1", "한빛마루 자이", "Hanbit Maru Xi")
SAID = "한빛마루 자이의 입주 예정월은 2026년 3월입니다."
RIGHT = Answer(
    question=Question("?"),
    text=f"{SAID} [1]",
    understanding=Understanding("?", "ko", None, "explore"),
    abstained=False,
    degraded=False,
    entities=(HANBIT,),
    citations=(Citation(1, "1", "1:0", "housing:1", SAID),),
    dropped=(),
    prompt_version="",
    model="none",
    timings_ms={},
    usage=Usage(),
)


def case(question: str, language: str = "ko", kind: str = "fact", **more: Any) -> Case:
    expect = Expect(facts=(("month:2026-03",),), entities_all=("1",))
    return Case("x", question, language, kind, expect, "hand: invented", **more)  # type: ignore[arg-type]


@dataclass
class Told:
    """Answers rightly, unless the question holds one of ``stumbles``: then it declines."""

    stumbles: tuple[str, ...] = ()

    def ask(self, question: Question) -> Answer:
        stumbled = any(word in question.text for word in self.stumbles)
        return replace(RIGHT, abstained=True, citations=()) if stumbled else RIGHT


def measured(*stumbles: str, cases: tuple[Case, ...] = (case("한빛마루 자이 입주 언제야"),)) -> dict[str, Any]:
    return measure.summary(measure.measure(cases, Told(stumbles)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "question", "language", "made"),
    [
        ("order of conditions", "금천구 6억 이하 아파트", "ko", "6억 이하 금천구 아파트"),
        ("order of conditions", "flats in Hanam under 600 million won", "en", "flats under 600 million won in Hanam"),
        ("no particles", "한빛마루의 분양가는 얼마야?", "ko", "한빛마루의 분양가 얼마야?"),
        ("no spaces", "노원구 59 7억 이하", "ko", "노원구59 7억이하"),
        ("synonyms", "제일 싼 곳", "ko", "가장 저렴한 곳"),
        ("synonyms", "Cheapest apartments", "en", "least expensive flats"),
        ("typos", "입주 세대", "ko", "입주 새대"),
        ("a condition that all meet", "금천구 아파트", "ko", "수도권에서 금천구 아파트"),
        ("units", "6억 이하", "ko", "60000만원 이하"),
        ("units", "7억 8천 이하", "ko", None),
        ("units", "under 600 million won", "en", "under 0.6 billion won"),
        ("no particles", "the price of Hanbit", "en", None),
    ],
)
def test_a_question_is_changed_into_one_that_means_the_same(
    name: str, question: str, language: str, made: str | None
) -> None:
    (relation,) = (one for one in relations() if one.name == name)
    assert changed(relation, case(question, language, "find")) == made


def test_nothing_is_said_to_change_where_every_answer_stays() -> None:
    told = measured()
    assert told["right"] == told["asked"] == 1
    assert {name for name in told["relations"] if name.startswith("preamble")} >= {"preamble: greeting"}
    assert {one["share"] for one in told["relations"].values()} == {1}


@pytest.mark.parametrize("kind", ["greeting", "home now", "news, spouse's job", "seen elsewhere"])
def test_one_kind_of_preamble_that_breaks_answers_shows_and_no_other(kind: str) -> None:
    (relation,) = (one for one in relations() if one.name == f"preamble: {kind}")
    asked = case("한빛마루 자이 입주 언제야")
    preamble = (changed(relation, asked) or "").removesuffix(asked.question)
    told = measured(preamble)
    assert {name for name, one in told["relations"].items() if one["share"] < 1} == {relation.name}
    held = dict.fromkeys(told["relations"], 1.0)
    assert [line.partition(": 0")[0] for line in measure.below(told, held)] == [relation.name]
    with pytest.raises(SourceError, match="only rise"):
        measure.raised(told, held)


def test_cases_that_are_wrong_as_they_stand_say_nothing() -> None:
    told = measured("언제", cases=(case("한빛마루 자이 입주 언제야"), case("한빛마루 자이 입주")))
    assert (told["asked"], told["right"]) == (2, 1)


def test_the_smallest_changed_pair_is_printed() -> None:
    short, long = case("입주 언제야"), case("한빛마루 자이 입주는 언제야")
    found = measure.failures(measure.measure((long, short), Told(("언제인가요",))))  # type: ignore[arg-type]
    assert "synonyms: 2 change" in found
    assert "asked  입주 언제인가요" in found
    assert "한빛마루" not in found.partition("told")[0]


def test_a_relation_that_applies_no_longer_is_below_its_threshold() -> None:
    assert measure.below(measured(), {"units": 0.5}) == ["units: nothing to ask, and it was 0.5"]
