from __future__ import annotations

import pytest
from shipped import PROMPTS

from assistant.answering.grounding import Grounded, Grounder, sentences
from assistant.domain import Dropped, Evidence
from vocabularies import GAON, HANBIT, tokenizer


def evidence(n: int, name: tuple[str, str, str], quote: str, facet: str = "price") -> Evidence:
    id_, ko, en = name
    return Evidence(n, id_, id_.split(":")[1], f"{id_}#x", ko, en, facet, quote, quote)


A = (HANBIT.id, HANBIT.name_ko, HANBIT.name_en)
B = (GAON.id, GAON.name_ko, GAON.name_en)
PARK = evidence(1, A, "독산 한빛마루 자이에서 은하근린공원까지는 직선거리 343m(도보 약 7분 추정)입니다.")
PRICE = evidence(2, A, "독산 한빛마루 자이의 전용 84㎡ 주택형 최고 분양가는 8억 5,000만원(84.98A)입니다.")
OTHER = evidence(3, B, "광명 가온 푸르지오 3차의 전용 84㎡ 주택형 최고 분양가는 7억 1,000만원(84.97B)입니다.")
RANGE = evidence(5, A, "독산 한빛마루 자이의 전용면적은 39.83㎡부터 84.97㎡까지입니다.", "types")
RULE = evidence(4, A, "독산 한빛마루 자이는 모집공고 기준으로 투기과열지구에 해당하지 않습니다.")


def grounder() -> Grounder:
    return Grounder(PROMPTS, (PARK, PRICE, OTHER, RULE, RANGE), "한빛마루 자이 알려줘", tokenizer().tagged)


@pytest.mark.parametrize(
    "sentence",
    [
        "독산 한빛마루 자이의 84㎡ 최고 분양가는 8억 5,000만원입니다. [2]",
        "독산 한빛마루 자이의 84㎡ 최고 분양가는 8.5억원입니다. [2]",
        "- 독산 한빛마루 자이에서 은하근린공원까지 직선거리 343m입니다. [1]",
    ],
)
def test_what_the_evidence_says_is_released(sentence: str) -> None:
    checked = grounder().check(sentence)
    assert isinstance(checked, Grounded)
    assert "[" not in checked.text


@pytest.mark.parametrize(
    "sentence",
    [
        "독산 한빛마루 자이의 84㎡ 최고 분양가는 8억 6,000만원입니다. [2]",  # figure
        "독산 한빛마루 자이의 84㎡ 최고 분양가는 7억 1,000만원입니다. [3]",  # another complex's figure
        "은하근린공원까지 직선거리 343m이고 1200m 산책로가 있습니다. [1]",  # added figure
        "강남 은하근린공원까지 직선거리 343m입니다. [1]",  # added place
        "독산 한빛마루 자이는 투기과열지구에 해당합니다. [4]",  # yes for no
        "독산 한빛마루 자이 분양가가 얼마인가요? [2]",  # a question is no answer
        "독산 한빛마루 자이의 84㎡ 최고 분양가는 8억 5,000만원으로 더 쌉니다. [2]",  # cheaper than what?
        "독산 한빛마루 자이(8억 5,000만원)가 광명 가온 푸르지오 3차(7억 1,000만원)보다 쌉니다. [2][3]",
        "독산 한빛마루 자이는 84㎡ 최고 분양가가 8억 5,000만원이며 현재 접수 중입니다. [2]",  # open?
        "독산 한빛마루 자이의 최고 분양가입니다. [2]",  # no figure
        "은하근린공원까지 직선거리 343m입니다. [1]",  # of which complex?
        "독산 한빛마루 자이의 84㎡ 최저 분양가는 8억 5,000만원입니다. [2]",  # lowest for highest
        "독산 한빛마루 자이의 84㎡ 분양가는 8억 5,000만원으로 가장 저렴합니다. [2]",  # compared with what?
        "독산 한빛마루 자이의 전용면적은 84.97㎡입니다. [5]",  # one end of a range
        "한빛마루 자이 알려줘 [2]",  # the question again
        "독산 한빛마루 Xii의 84㎡ 최고 분양가는 8억 5,000만원입니다. [2]",  # a garbled name
        "날씨가 참 좋습니다. [1]",  # another matter
        "[1]",
    ],
)
def test_what_it_does_not_say_is_dropped(sentence: str) -> None:
    assert isinstance(grounder().check(sentence), Dropped)


def test_a_definition_may_name_its_term_but_no_complex() -> None:
    quote = "전매제한은 정해진 기간 동안 집을 팔지 못하게 하는 것입니다."
    term = evidence(1, ("fact:resale", "전매제한", "resale restriction"), quote, "fact")
    price = evidence(2, A, PRICE.quote)
    asked = Grounder(PROMPTS, (term, price), "전매제한이 뭐야?", tokenizer().tagged)
    assert isinstance(asked.check(f"{quote} [1]"), Grounded)
    assert isinstance(
        asked.check("독산 한빛마루 자이의 전매제한은 정해진 기간 동안 집을 팔지 못하게 합니다. [1]"), Dropped
    )


def test_a_free_text_answer_needs_no_name() -> None:
    rule = evidence(
        1, ("faq:who", "누가 만들 수 있나요?", "누가 만들 수 있나요?"), "통장은 한 사람에 하나만 가집니다.", "faq"
    )
    alone = Grounder(PROMPTS, (rule,), "통장 두 개 돼?", tokenizer().tagged)
    assert isinstance(alone.check("통장은 한 사람에 하나만 가집니다. [1]"), Grounded)


def test_a_wrong_citation_is_put_right() -> None:
    checked = grounder().check("독산 한빛마루 자이의 84㎡ 최고 분양가는 8억 5,000만원입니다. [1]")
    assert isinstance(checked, Grounded)
    assert [item.n for item in checked.evidence] == [2]


def test_sentences_leave_the_stream_with_their_citations() -> None:
    text = "84.98㎡는 8억입니다. [1] 입주는 2027년입니다 [2].\n- 공원 343m. [3]\n끝"
    assert list(sentences(text)) == ["84.98㎡는 8억입니다. [1]", "입주는 2027년입니다 [2].", "- 공원 343m. [3]", "끝"]


def test_english_names_are_compared_as_written_not_as_stems() -> None:
    school = evidence(
        1, A, "The nearest elementary school to Doksan Hanbit Maru Xi is Dignity Elementary School: 153 m."
    )
    checked = Grounder(PROMPTS, (school,), "school?", tokenizer().tagged).check(
        "The nearest school to Doksan Hanbit Maru Xi is Dignity Elementary School, 153 m away. [1]"
    )
    assert isinstance(checked, Grounded)


def test_a_qualifier_of_the_question_is_not_put_on_another_figure() -> None:
    total = evidence(1, A, "독산 한빛마루 자이의 공급 규모는 총 92세대입니다.", "households")
    grounder = Grounder(PROMPTS, (total,), "독산 한빛마루 자이 일반공급 몇 세대야?", tokenizer().tagged)
    assert isinstance(grounder.check("독산 한빛마루 자이의 일반공급은 92세대입니다. [1]"), Dropped)
    assert isinstance(grounder.check("독산 한빛마루 자이는 총 92세대입니다. [1]"), Grounded)
