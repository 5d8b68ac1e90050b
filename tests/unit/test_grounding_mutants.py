"""True sentences are released; the same with one figure, unit, complex or citation changed never is."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped import PROMPTS

from assistant.answering.grounding import Grounded, Grounder
from assistant.domain import Evidence
from vocabularies import GAON, HANBIT, tokenizer


def _evidence(n: int, name: object, facet: str, ko: str, en: str) -> Evidence:
    id_, name_ko, name_en = name.id, name.name_ko, name.name_en  # type: ignore[attr-defined]
    ko, en = f"{name_ko}{ko}", en.replace("NAME", name_en)
    return Evidence(n, id_, id_, f"{id_}#{facet}", name_ko, name_en, facet, ko, f"{ko}\n{en}")


def _price(n: int, name: object, eok: int, man: int) -> Evidence:
    won = f"{eok}억 {man:,}만원"
    en = f"At NAME the published top price of the 84 ㎡ type is KRW {eok * 100 + man / 100:g} million."
    return _evidence(n, name, "price", f"의 전용 84㎡ 주택형 최고 분양가는 {won}입니다.", en)


def _homes(n: int, name: object, homes: int) -> Evidence:
    return _evidence(
        n, name, "households", f"의 공급 규모는 총 {homes}세대입니다.", f"NAME supplies {homes} households."
    )


EVIDENCE = (_price(1, HANBIT, 8, 5000), _price(2, GAON, 7, 1000), _homes(3, HANBIT, 412), _homes(4, GAON, 930))
A, B = HANBIT.name_ko, GAON.name_ko
EN_A, EN_B = HANBIT.name_en, GAON.name_en


@cache
def grounder() -> Grounder:
    return Grounder(PROMPTS, EVIDENCE, "두 단지 알려줘", tokenizer().tagged)


def released(sentence: str) -> bool:
    return isinstance(grounder().check(sentence), Grounded)


@pytest.mark.parametrize(
    "sentence",
    [
        f"{B}({{b}})의 최고 분양가는 {A}({{a}})보다 쌉니다. [2][1]".format(a="8억 5,000만원", b="7억 1,000만원"),
        f"{A}의 최고 분양가 8억 5,000만원은 {B}보다 1억 4,000만원 더 비쌉니다. [1][2]",
        f"{EN_B} supplies 930 households, more than {EN_A} with 412 households. [4][3]",
        f"{A}의 공급 규모는 총 412세대이고 {B}의 공급 규모는 총 930세대입니다. [3][4]",
        f"The top price of the 84 ㎡ type at {EN_A} is KRW 850 million. [1]",
    ],
)
def test_what_holds_is_released_also_when_it_compares(sentence: str) -> None:
    assert released(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        f"{A}(8억 5,000만원)의 최고 분양가는 {B}(7억 1,000만원)보다 쌉니다. [1][2]",  # the wrong way round
        f"{B}의 최고 분양가 7억 1,000만원은 {A}보다 1억 5,000만원 더 쌉니다. [2][1]",  # another difference
        f"{A}(7억 1,000만원)의 최고 분양가는 {B}(8억 5,000만원)보다 비쌉니다. [1][2]",  # figures exchanged
        f"{A}의 공급 규모는 총 930세대이고 {B}의 공급 규모는 총 412세대입니다. [3][4]",  # exchanged, uncompared
        f"{EN_A} supplies 412 households, more than {EN_B} with 930 households. [3][4]",
        f"{B}의 최고 분양가 7억 1,000만원은 {A}의 412세대보다 쌉니다. [2][3]",  # another matter
        f"{B}의 최고 분양가 7억 1,000만원은 다른 단지보다 쌉니다. [2]",  # than what?
    ],
)
def test_a_comparison_that_does_not_hold_is_not(sentence: str) -> None:
    assert not released(sentence)


TRUE = (
    (f"{A}의 전용 84㎡ 주택형 최고 분양가는 {{figure}}입니다. [{{n}}]", "won", 85_000),
    (f"{B}의 전용 84㎡ 주택형 최고 분양가는 {{figure}}입니다. [{{n}}]", "won", 71_000),
    (f"{A}의 공급 규모는 총 {{figure}}입니다. [{{n}}]", "home", 412),
    (f"{EN_B} supplies {{figure}} in total. [{{n}}]", "households", 930),
)
UNITS = {
    "won": lambda value: f"{value // 10_000}억 {value % 10_000:,}만원",
    "home": lambda value: f"{value:,}세대",
    "households": lambda value: f"{value:,} households",
    "m": lambda value: f"{value:,}m",
    "minute": lambda value: f"{value}분",
    "percent": lambda value: f"{value}%",
    "ratio": lambda value: f"{value} 대 1",
    "point": lambda value: f"{value}점",
    "m2": lambda value: f"{value}㎡",
}


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(TRUE), st.integers(min_value=10_001, max_value=300_000), st.sampled_from(sorted(UNITS)))
def test_another_figure_or_unit_is_never_released(true: tuple[str, str, int], value: int, unit: str) -> None:
    sentence, right, held = true
    assert not released(sentence.format(figure=UNITS[unit](value), n=1))
    if {unit, right} != {"home", "households"} and unit != right:  # the figure that is held, in another unit
        assert not released(sentence.format(figure=UNITS[unit](held), n=1))


@pytest.mark.parametrize(("sentence", "unit", "held"), TRUE)
def test_the_figure_of_one_complex_is_never_given_to_another(sentence: str, unit: str, held: int) -> None:
    assert released(sentence.format(figure=UNITS[unit](held), n=1))  # a wrong number in brackets is put right
    exchanged = {A: B, B: A, EN_A: EN_B, EN_B: EN_A}
    name = next(name for name in exchanged if name in sentence)
    for n in range(1, 5):
        assert not released(sentence.replace(name, exchanged[name]).format(figure=UNITS[unit](held), n=n))
