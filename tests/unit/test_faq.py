"""Help-centre entries: found by other words than their own, judged as wholes, and not taken for a search for homes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from shipped import PROMPTS

from assistant.answering.evidence.free_text import of_free_text
from assistant.domain import Answer, Question, Result, Sentence, Understanding, Usage
from assistant.errors import SourceError
from assistant.kinds.faq.entry_scores import by_entry
from assistant.retrieval.retriever import Retrieval
from assistant.understanding import understand
from eval.search.faq_matching import FaqCase, FaqOutcome, failures, load_faq_cases, match_all, summary, table
from ingest.records import FaqEntry
from ingest.writing.faq import faq_document, other_words
from vocabularies import tokenizer, vocabulary

TODAY = date(2026, 11, 22)


def read(text: str) -> Understanding:
    return understand(Question(text), vocabulary(), tokenizer().tagged, TODAY)


def result(id_: str, topic: str, score: float, dense: float, coverage: float = 0.5, domain: str = "faq") -> Result:
    sentences = (Sentence(f"{id_}의 답입니다.", "", "faq"),)
    return Result(
        rank=0,
        score=score,
        document_id=f"{domain}:{id_}",
        source_id=id_,
        chunk_id=f"{domain}:{id_}#{topic}",
        domain=domain,  # type: ignore[arg-type]
        name_ko=id_,
        name_en=id_,
        topic=topic,
        text=id_,
        sentences=sentences,
        dense=dense,
        coverage=coverage,
    )


def test_an_entry_is_found_by_what_people_also_call_it() -> None:
    assert {"줍줍"} <= set(other_words(PROMPTS, "무순위 청약은 누가 신청하나요?"))
    assert {"refund", "돌려받"} <= set(other_words(PROMPTS, "환불은 언제 되나요?"))
    assert other_words(PROMPTS, "날씨가 좋네요") == []
    document = faq_document(PROMPTS, FaqEntry("f", "환불은 언제 되나요?", "사흘 안에 됩니다."))
    question, synonyms, answer = document.chunks
    assert question.text == "환불은 언제 되나요?"
    assert "money back" in synonyms.text
    # What is added is never cited.
    assert synonyms.sentences == question.sentences == answer.sentences
    assert "money back" not in answer.text


def test_an_entry_s_chunks_are_judged_together() -> None:
    found = by_entry(
        [
            result("chance", "faq", 0.45, dense=0.25),
            result("meant", "question", 0.36, dense=0.55, coverage=0.2),
            result("meant", "faq", 0.30, dense=0.20, coverage=0.6),
        ],
        "ko",
    )
    assert [item.source_id for item in found] == ["meant", "chance", "meant"]
    assert found[0].dense == pytest.approx(0.55)
    assert found[0].coverage == pytest.approx(0.6)
    assert found[0].score == pytest.approx(0.6 * 0.55 + (0.30 - 0.6 * 0.20))
    homes = [result("1", "price", 0.3, 0.2, domain="housing"), result("1", "place", 0.2, 0.4, domain="housing")]
    assert by_entry(homes, "ko") == homes


def test_a_translation_lifts_the_entry_in_the_reader_s_language() -> None:
    english = replace(result("meant-en", "synonyms", 0.57, dense=0.55, coverage=0.6), language="en")
    korean = result("meant", "question", 0.41, dense=0.66, coverage=0.2)
    found = by_entry([english, result("chance", "faq", 0.52, dense=0.46), korean], "ko")
    assert found[0].source_id == "meant"
    assert found[0].coverage == pytest.approx(0.6)


def test_an_entry_without_the_question_s_words_must_mean_the_same() -> None:
    asked = read("취득세는 얼마나 내나요")
    terms = tokenizer().terms
    assert of_free_text(PROMPTS, asked, [result("tax", "question", 0.2, dense=0.35, coverage=0.0)], terms) == []
    assert of_free_text(PROMPTS, asked, [result("tax", "question", 0.3, dense=0.50, coverage=0.0)], terms)


def test_the_other_language_answers_where_it_fits_much_better() -> None:
    asked, terms = read("from what age is it counted"), tokenizer().terms
    korean = replace(result("k", "question", 0.5, dense=0.5), rank=1)
    weak, close = (replace(result("e", "question", score, dense=0.4), language="en", rank=2) for score in (0.25, 0.45))
    assert of_free_text(PROMPTS, asked, [korean, weak], terms)[0].source_id == "k"
    assert of_free_text(PROMPTS, asked, [korean, close], terms)[0].source_id == "e"


@pytest.mark.parametrize(
    "text",
    [
        "광명시 사는데 금천구 아파트 청약해도 되나요",
        "금천구 아파트 넣으려면 예치금이 얼마여야 해",
        "금천구 59㎡ 예치금",
        "다자녀 특공 자녀 몇 명부터",
        "I live in Gwangmyeong-si, can I apply in Geumcheon-gu?",
    ],
)
def test_a_question_on_rules_is_no_search_for_homes(text: str) -> None:
    asked = read(text)
    assert (asked.domain, asked.stage) == (None, "howto")
    assert asked.filters.sigungus == ()
    assert asked.criteria == ()


@pytest.mark.parametrize(
    "text",
    [
        "광명시 사는데 금천구 아파트 추천해줘",
        "금천구 아파트",
        "금천구 84㎡ 넣을 수 있나",
        "list apartments in Geumcheon-gu",
    ],
)
def test_a_search_for_homes_stays_one(text: str) -> None:
    assert read(text).domain == "housing"


def test_a_short_brand_is_not_found_across_words() -> None:
    known = replace(vocabulary(), brands=[("이안", "Iaan")])
    for text, brands in (("내 글이 안 보여요", ()), ("금천구 이안 아파트", ("이안",))):
        assert understand(Question(text), known, tokenizer().tagged, TODAY).filters.brands == brands


class FakeAssistant:
    """Finds and cites the same entry whatever is asked, and abstains from what holds 날씨."""

    def search(self, question: Question, limit: int = 10) -> tuple[Understanding, Retrieval]:
        del limit
        found = (result("a", "question", 0.5, 0.5), result("b", "question", 0.4, 0.4), result("a", "faq", 0.3, 0.3))
        return read(question.text), Retrieval(found)

    def ask(self, question: Question) -> Answer:
        return Answer(
            question=question,
            text="",
            understanding=read(question.text),
            abstained="날씨" in question.text,
            degraded=False,
            entities=(),
            citations=(),
            dropped=(),
            prompt_version="",
            model="none",
            timings_ms={},
            usage=Usage(),
        )


def test_matching_is_summed_up_per_language_and_for_what_nothing_fits() -> None:
    cases = [
        FaqCase("1", "환불 언제", "ko", ("a",)),
        FaqCase("2", "refund when", "en", ("b",)),
        FaqCase("3", "날씨 어때", "ko", ()),
        FaqCase("4", "점심 뭐", "ko", ()),
    ]
    outcomes = list(match_all(cases, FakeAssistant()))
    assert outcomes[0].ranked == ("a", "b")
    summed = summary(outcomes)
    assert (summed["all"]["top_1"], summed["all"]["top_3"], summed["all"]["none_recall"]) == (0.5, 1.0, 0.5)
    assert (summed["en"]["top_1"], summed["en"]["none_recall"]) == (0.0, None)
    assert "점심 뭐 | none fits" in failures(outcomes)
    assert "top_1" in table(summed)
    assert FaqOutcome(cases[0], (), ("fact:refund",), abstained=False).answered


def test_the_questions_are_many_and_their_entries_exist(tmp_path: Path) -> None:
    from ingest.reading import SAMPLES
    from ingest.sources import read as read_sources

    cases = load_faq_cases()
    assert sum(bool(case.expected) for case in cases) >= 120
    assert sum(not case.expected for case in cases) >= 30
    ids = {item.record.faq_id for item in read_sources(PROMPTS, [SAMPLES / "faq"]).faqs}
    assert all(set(case.expected) & ids for case in cases if case.expected)
    (tmp_path / "q.jsonl").write_text('{"id": "1"}\n', encoding="utf-8")
    with pytest.raises(SourceError, match="line 1"):
        load_faq_cases(tmp_path / "q.jsonl")
