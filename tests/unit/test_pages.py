"""Documents named by their titles, and the rows and sentences of their pages that answer."""

from __future__ import annotations

from dataclasses import replace

import pytest
from shipped import PROMPTS

from assistant.answering.evidence.pages import of_pages, speaks_of_more
from assistant.domain import EntityName, Filters, Result, Sentence, Understanding, Unmatched
from assistant.language.gazetteer.titles import TitleIndex
from assistant.retrieval.reranker import bonus, page_terms, ranked_by_kind
from assistant.retrieval.retriever import names_none
from vocabularies import tokenizer

NOTICE = EntityName(
    "document:n.pdf", "가온누리봄단지 입주자모집공고 20310203", "Gaon Nuribom Recruitment Notice 20310203"
)
OTHER = EntityName("document:o.pdf", "(공사)다솜별하 행복주택 예비입주자 모집 공고", "")
LAW = EntityName("document:l.pdf", "공동생활에 관한 규칙(부령)(제1호)", "")
TITLES = TitleIndex(PROMPTS, [NOTICE, OTHER, LAW])


def test_a_title_is_named_whatever_the_spacing_and_by_part_of_a_name() -> None:
    assert TITLES.named("가온 누리봄 단지 분양가") == (NOTICE,)
    assert TITLES.named("누리봄단지 계약금은?") == ()  # 단지 alone is in every title
    assert TITLES.named("다솜별하 신청 기간") == (OTHER,)
    assert TITLES.named("공동생활에 관한 규칙 제3조") == (LAW,)


def test_what_only_begins_like_a_title_is_another_complex() -> None:
    lake = EntityName("document:h.pdf", "서호레이크누리봄미르 입주자모집공고", "")
    assert TitleIndex(PROMPTS, [lake]).named("서호 레이크 하늘 분양가") == ()
    assert TitleIndex(PROMPTS, [lake]).named("누리봄 미르 분양가") == (lake,)


def test_an_english_question_names_it_by_two_words_of_its_name() -> None:
    assert TITLES.named("How much is a deposit at Gaon Nuribom?") == (NOTICE,)
    assert TITLES.named("Where is the recruitment notice?") == ()


def test_what_every_notice_is_called_names_none() -> None:
    for question in ("예비입주자 모집 공고 언제 나와?", "행복주택 자격 알려줘", "입주자모집공고가 뭐야"):
        assert TITLES.named(question) == ()


def test_a_known_complex_names_only_documents_of_its_whole_name() -> None:
    complexes = [EntityName("housing:1", "가온누리봄단지", ""), EntityName("housing:2", "가온누리 다른곳", "")]
    assert TITLES.named("거기 계약금은?", complexes[:1]) == (NOTICE,)
    assert TITLES.named("가온누리 다른곳 계약금은?", complexes[1:]) == ()


def page(number: int, *sentences: Sentence, score: float = 0.5) -> Result:
    return Result(
        rank=number,
        score=score,
        document_id=NOTICE.id,
        source_id="n.pdf",
        chunk_id=f"{NOTICE.id}#p{number}",
        domain="document",
        name_ko=NOTICE.name_ko,
        name_en="",
        topic=f"p{number}",
        text="\n".join([f"{NOTICE.name_ko} – 공급금액", *(sentence.ko for sentence in sentences)]),
        sentences=sentences,
        dense=0.4,
        coverage=0.5,
    )


def row(text: str) -> Sentence:
    return Sentence(text, tags=("page:4", "row"))


PRICES = page(
    4,
    row("공급금액: 타입 77Q, 층 구분 2~5, 공급금액 1,100,000,000"),
    row("공급금액: 타입 77Q, 층 구분 10~19, 공급금액 1,300,000,000"),
    row("공급금액: 타입 88R, 층 구분 10~19, 공급금액 1,500,000,000"),
)
ASKED = Understanding(
    "가온누리봄단지 77Q 12층 공급금액", "ko", "housing", "explore", documents=(NOTICE,), has_documents=True
)


def test_the_row_of_the_floor_asked_for_answers() -> None:
    (found,) = of_pages(PROMPTS, ASKED, [PRICES], tokenizer().terms)
    assert found.quote.endswith("1,300,000,000")
    assert speaks_of_more(ASKED, [found], [replace(found, text="단지의 최고 공급금액은 20억입니다.")])


def test_a_name_that_the_page_does_not_speak_of_is_not_answered_from_it() -> None:
    strange = replace(ASKED, documents=(), unknown_names=("해오름마을",))
    assert of_pages(PROMPTS, strange, [PRICES], tokenizer().terms) == []
    left = replace(ASKED, documents=(), unmatched=(Unmatched("해오름", "해오름"),))
    assert of_pages(PROMPTS, left, [PRICES], tokenizer().terms) == []


def test_passages_that_look_like_the_answer_come_first() -> None:
    about = page(1, Sentence("중도금 대출은 은행에 문의하시기 바랍니다."), score=0.5)
    dates = page(2, Sentence("중도금 1차 2031.02.23, 2차 2031.04.20"), score=0.45)
    assert [item.rank for item in ranked_by_kind("중도금은 언제 내나요", [about, dates])] == [2, 1]
    assert [item.rank for item in ranked_by_kind("중도금 대출 문의", [about, dates])] == [1, 2]


def test_who_has_and_who_has_not_are_told_apart() -> None:
    has, has_not = "타입 77Q, 공급대상 청년(소득有), 임대료 100", "타입 77Q, 공급대상 청년(소득無), 임대료 90"
    for question in ("77Q 청년(소득 있음) 임대료", "소득이 있으면 77Q 임대료"):
        assert bonus(question, has) > bonus(question, has_not)
    assert bonus("소득 없는 청년 77Q 임대료", has) < bonus("소득 없는 청년 77Q 임대료", has_not)
    assert bonus("77Q 임대료", has) == bonus("77Q 임대료", has_not)


def test_what_is_called_alike_is_told_apart_by_its_numeral() -> None:
    first, second = "신혼부부Ⅰ – 소득 기준\n70% 이하 500", "신혼부부 Ⅱ – 소득 기준\n130% 이하 900"
    for question in ("신혼부부 Ⅰ 소득 70%", "신혼부부I 소득 70%"):
        assert bonus(question, first) > bonus(question, second)
    assert bonus("신혼부부II 소득", first) < bonus("신혼부부II 소득", second)
    assert bonus("신혼부부 소득", first) == bonus("신혼부부 소득", second)


def test_a_question_on_rules_prefers_a_guide_to_the_notice_of_one_complex() -> None:
    notice = page(1, Sentence("다자녀 배점은 자녀 수로 정합니다."), score=0.5)
    guide = replace(page(2, *notice.sentences, score=0.4), document_id=LAW.id, name_ko="특별공급 길잡이")
    help_answer = replace(guide, domain="faq", rank=3, name_ko="모집공고는 어디에 있나요?", score=0.45)
    found = [notice, guide, help_answer]
    assert [item.rank for item in ranked_by_kind("다자녀 배점은", found, of_none=True)] == [3, 2, 1]
    assert [item.rank for item in ranked_by_kind("가온누리봄단지 다자녀 배점은", found)] == [1, 3, 2]


def test_of_two_pages_the_one_with_a_second_passage_on_it_comes_first() -> None:
    alone = page(1, Sentence("발표는 따로 알립니다."), score=0.51)
    first, second = (
        replace(page(2, Sentence(text), score=score), chunk_id=f"{NOTICE.id}#p2-{number}")
        for number, text, score in ((1, "발표는 5월입니다.", 0.5), (2, "발표는 누리집에서 봅니다.", 0.4))
    )
    ranked = ranked_by_kind("발표", [alone, first, second])
    assert [item.chunk_id.partition("#")[2] for item in ranked] == ["p2-1", "p1", "p2-2"]


@pytest.mark.parametrize(
    ("understanding", "none"),
    [
        (Understanding("다자녀 배점", "ko", None, "explore"), True),
        (Understanding("가온누리봄단지 배점", "ko", None, "explore", documents=(NOTICE,)), False),
        (Understanding("해오름마을 배점", "ko", None, "explore", unknown_names=("해오름마을",)), False),
        (Understanding("관악구 배점", "ko", "housing", "explore", filters=Filters(sigungus=("관악구",))), False),
        (Understanding("84㎡ 배점", "ko", "housing", "explore", filters=Filters(min_area=84)), True),
    ],
)
def test_a_place_or_a_name_makes_a_question_one_on_it(understanding: Understanding, none: bool) -> None:
    assert names_none(understanding) is none


def test_a_title_s_words_are_looked_for_where_they_are_said_once_more() -> None:
    terms = tokenizer().terms
    named = replace(ASKED, text="다솜별하 행복주택 행복 점수", documents=(OTHER,))
    assert page_terms(PROMPTS, named, terms)[-2:] == ["행복", "점수"]
    assert "주택" not in page_terms(PROMPTS, named, terms)
    assert page_terms(PROMPTS, replace(named, text="행복주택"), terms) == terms("행복주택")


def test_an_english_question_looks_for_the_korean_of_what_it_asks() -> None:
    asked = Understanding("When are the winners announced?", "en", "housing", "detail", facets=("winners",))
    assert {"당첨자", "발표"} <= set(page_terms(PROMPTS, asked, tokenizer().terms))


def test_how_long_is_answered_by_years() -> None:
    assert bonus("통장 가입기간", "가입하여 1년이 지난 자") > bonus("통장 가입기간", "가입한 자")


def test_an_article_is_its_own_and_not_the_one_beside_it() -> None:
    assert bonus("제24조 내용", "규칙 – 제24조(서류의 관리)\n글") > 0
    assert bonus("제24조 내용", "규칙 – 제24조의6(사전청약 서류)\n제24조에 따른다") == 0
    assert bonus("제24조의6 내용", "규칙 – 제24조의6(사전청약 서류)\n글") > 0


def test_an_amount_after_a_conversion_answers_only_who_speaks_of_one() -> None:
    plain, converted = "표 – 77Q, 보증금 68,120,000", "표 – 77Q, 보증금 최대납부 시 보증금 119,120,000"
    assert bonus("77Q 보증금 얼마", plain) > bonus("77Q 보증금 얼마", converted)
    assert bonus("77Q 보증금 최대로 내면 얼마, 최대 한도", plain) <= bonus(
        "77Q 보증금 최대로 내면 얼마, 최대 한도", converted
    )


def test_an_english_question_looks_for_what_korean_notices_call_it() -> None:
    asked = Understanding(text="What is the deposit for type 77Q?", language="en", domain=None, stage="explore")
    assert {"보증금"} <= set(page_terms(PROMPTS, asked, tokenizer().terms))
