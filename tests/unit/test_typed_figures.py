"""Answers take figures from typed values: where the sentence alone would be read otherwise, they are still right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from shipped import PROMPTS

from assistant.answering.composer.completion import is_closed
from assistant.answering.derived.conclusion import figures
from assistant.answering.evidence.quoting import quote
from assistant.answering.grounding import Grounded, Grounder
from assistant.domain import Evidence, Result, Sentence
from assistant.language.claims import claims, implied, stated, told
from made_notice import NAME, NAME_EN, NOTICE, about, with_notice
from vocabularies import tokenizer


def evidence(sentence: Sentence, language: str = "ko", name: str = NAME) -> Evidence:
    chunk = Result(1, 1.0, "housing:1", "1", "housing:1#x", "housing", name, NAME_EN, "x", "", (sentence,))
    return replace(quote(chunk, sentence, language), n=1)


def test_a_figure_in_a_name_is_none_of_the_statement() -> None:
    name = "산운마을 잔여세대(15세대)"
    (homes,) = about("households", with_notice(name=name, households=39))
    assert f"{name}의 공급 규모는 모집공고 기준 총 39세대입니다." == homes.ko
    assert figures(homes, "home") == [39]
    assert figures(replace(homes, values=None), "home") == [15, 39]  # as a text, it is read like that
    assert ("home", 15) in stated(homes.values, homes.ko)  # and who repeats the name may


@pytest.mark.parametrize(("day", "closed"), [(date(2025, 12, 10), False), (date(2025, 12, 13), True)])
def test_a_period_ends_on_its_last_day_though_korean_tells_its_year_once(day: date, closed: bool) -> None:
    period = next(one for one in about("receipt") if not one.tags)
    assert period.ko == f"{NAME}의 청약 접수 기간은 2025년 12월 8일부터 12월 12일까지입니다."
    assert is_closed([evidence(replace(period, en=""))], day) is closed


def test_a_statement_of_an_earlier_version_is_read_as_a_text() -> None:
    text = "전용 84㎡ 주택형 최고 분양가는 8억 5,000만원(84.98A)입니다."
    assert told(None, text) == stated(None, text) == claims(text)
    assert ("won", 850_000_000) in told(None, text)


def test_what_is_typed_as_one_thing_is_not_repeated_as_another() -> None:
    (types,) = about("types")
    text = f"{types.ko}\n{types.en}".replace("unit types", "homes")  # whatever a text may seem to say
    assert ("home", 3) in claims(text)
    assert ("home", 3) not in implied(stated(types.values, text))
    assert ("number", 3) in implied(stated(types.values, text))


def released(sentence: str, *statements: Evidence) -> bool:
    grounder = Grounder(PROMPTS, statements, "청약 언제예요?", tokenizer().tagged)
    return isinstance(grounder.check(sentence), Grounded)


def test_one_end_of_a_period_is_not_the_day_in_either_language() -> None:
    period = next(one for one in about("receipt") if not one.tags)
    ko, en = evidence(period), evidence(period, "en")
    assert released(f"{NAME}의 청약 접수 기간은 2025년 12월 8일부터 12월 12일까지입니다. [1]", ko)
    assert not released(f"{NAME}의 청약 접수 기간은 2025년 12월 8일입니다. [1]", ko)
    assert not released(f"{NAME}의 청약 접수 기간은 12월 12일입니다. [1]", ko)
    assert not released(f"The application period of {NAME_EN} is 8 December 2025. [1]", en)


def test_a_day_may_be_told_without_its_year() -> None:
    (announced,) = about("announced")
    assert NOTICE.announced == date(2025, 11, 27)
    assert released(f"{NAME}의 입주자모집공고일은 11월 27일입니다. [1]", evidence(announced))
    assert not released(f"{NAME}의 입주자모집공고일은 11월 28일입니다. [1]", evidence(announced))
