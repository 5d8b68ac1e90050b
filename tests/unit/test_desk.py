"""What an agent is shown of a message: flags, the help entry with its probability, and nothing private."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from shipped import PROMPTS

from assistant.desk.abuse import abuse_in
from assistant.desk.contacts import without_contacts
from assistant.desk.reply import house_reply, without_marks
from assistant.domain import (
    Answer,
    Language,
    ListingFilters,
    Question,
    Result,
    Sentence,
    Understanding,
    Unmatched,
    Usage,
)
from assistant.domain.inquiries import Inquiry, SimilarInquiry
from assistant.errors import SourceError
from assistant.language.edit_distance import edit_distance
from assistant.language.masking import mask
from assistant.retrieval.entry_classifier.features import CANDIDATE, NONE, features
from assistant.retrieval.entry_classifier.prediction import Weights, fitted, predict, probabilities
from eval.data.cases import DATASETS
from ingest.inquiries import SAMPLES, read_inquiries


def _entry(id_: str, score: float, topic: str = "question", language: str = "ko") -> Result:
    return Result(
        rank=1,
        score=score,
        document_id=f"faq:{id_}",
        source_id=id_,
        chunk_id=f"faq:{id_}#{topic}",
        domain="faq",
        name_ko=f"{id_}?",
        name_en=f"{id_}?",
        topic=topic,
        text="",
        sentences=(Sentence("", facet="faq"),),
        dense=score,
        language="en" if language == "en" else "ko",
    )


def _past(id_: str, faq: str, cosine: float) -> SimilarInquiry:
    return SimilarInquiry(Inquiry(id_, "수수료 있나요", "ko", "없습니다.", faq), cosine, frozenset(("수수료",)))


def test_probabilities_add_up_and_the_best_entry_comes_first() -> None:
    known = features([_entry("fee", 0.8), _entry("tax", 0.3)], [_past("1", "fee", 0.9)], ["수수료"], "ko")
    found = probabilities(known, fitted())
    assert found.sum() == pytest.approx(1)
    prediction = predict(known)
    assert prediction.fits
    assert prediction.matches[0].faq_id == "fee"
    assert prediction.matches[0].probability > prediction.matches[1].probability


def test_nothing_found_means_that_none_fits() -> None:
    prediction = predict(features([], [], ["날씨"], "ko"))
    assert not prediction.fits
    assert prediction.none == pytest.approx(1)


def test_an_inquiry_that_an_entry_answered_speaks_for_it() -> None:
    entries = [_entry("fee", 0.4), _entry("tax", 0.4)]
    without = predict(features(entries, [], ["수수료"], "ko"))
    with_it = predict(features(entries, [_past("1", "tax", 0.95)], ["수수료"], "ko"))
    chances = [{match.faq_id: match.probability for match in found.matches}["tax"] for found in (without, with_it)]
    assert with_it.matches[0].faq_id == "tax"
    assert chances[1] > chances[0]


def test_both_languages_of_an_entry_are_one_named_by_the_messages_language() -> None:
    known = features([_entry("fee", 0.5), _entry("fee-en", 0.4, language="en")], [], ["fee"], "en")
    assert known.faq_ids == ("fee-en",)
    assert known.candidates.shape == (1, len(CANDIDATE))
    assert known.none.shape == (len(NONE),)


def test_what_is_weighed_decides() -> None:
    known = features([_entry("fee", 0.5)], [], ["수수료"], "ko")
    none = np.zeros(len(NONE))
    none[0] = 9.0
    assert not predict(known, Weights(np.zeros(len(CANDIDATE)), none)).fits
    assert predict(known, Weights(np.ones(len(CANDIDATE)), -none)).fits


def test_abuse_is_flagged_however_it_is_spelled_and_harmless_words_are_not() -> None:
    cases = [json.loads(line) for line in (DATASETS / "assist" / "abuse.jsonl").read_text().splitlines()]
    right = sum(set(abuse_in(case["text"])) == set(case["flags"]) for case in cases)
    assert len(cases) >= 90
    assert right / len(cases) >= 0.98


def test_edit_distance_counts_changed_characters() -> None:
    assert edit_distance("3일 안에 들어옵니다.", "5일 안에 들어옵니다.") == 1


def test_sample_inquiries_are_many_and_in_both_languages() -> None:
    given = list(read_inquiries(SAMPLES))
    assert len(given) >= 150
    assert {inquiry.language for inquiry in given} == {"ko", "en"}
    assert any(not inquiry.faq_id for inquiry in given)


@pytest.mark.parametrize(
    "line", ["{", '{"id": "1", "message": "a"}', '{"id": "1", "message": "", "answer": "b"}', "[]"]
)
def test_a_line_that_is_no_inquiry_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "past.jsonl"
    path.write_text('{"id": "0", "message": "a", "answer": "b"}\n' + line)
    with pytest.raises(SourceError, match="line 2"):
        list(read_inquiries(path))


RACK = Understanding(
    "자전거 거치대 있나요",
    "ko",
    "listing",
    "explore",
    listing=ListingFilters(),
    unmatched=(Unmatched("거치대", "거치대"),),
)


def _answer(
    text: str, language: Language = "ko", *, abstained: bool = False, understanding: Understanding | None = None
) -> Answer:
    understanding = understanding or Understanding("q", language, "faq", "howto")
    return Answer(
        Question("q", role="agent"), text, understanding, abstained=abstained,
        degraded=False, entities=(), citations=(), dropped=(), prompt_version="v", model="none", timings_ms={},
        usage=Usage(),
    )  # fmt: skip


def test_a_reply_is_a_letter_without_what_only_a_chat_says() -> None:
    note = "(‘배달’ 관련 내용은 자료에서 확인할 수 없습니다.)"
    drafted = "‘수수료가 있나요?’ — 안전결제는 3.3%입니다. [1] 직거래는 없습니다. [2]"
    found = house_reply(PROMPTS, _answer(f"{drafted}\n\n{note}"), "ko")
    body = found.text.split("\n\n")[1]
    assert body == "안전결제는 3.3%입니다. [1] 직거래는 없습니다. [2]"
    assert without_marks(body) == "안전결제는 3.3%입니다. 직거래는 없습니다."
    assert found.notes == (note,)
    assert found.text.startswith("안녕하세요")
    assert not found.holding


def test_a_remark_that_the_customer_needs_stays() -> None:
    found = house_reply(
        PROMPTS, _answer("접수는 3월입니다. [1]\n\n(오늘 2031-01-01 기준으로 접수가 끝난 공고입니다.)"), "ko"
    )
    assert "\n\n오늘 2031-01-01 기준으로 접수가 끝난 공고입니다.\n\n" in found.text


def test_several_entries_answers_keep_their_questions() -> None:
    two = "‘가?’ — 가입니다. [1]\n\n‘나?’ — 나입니다. [2]"
    assert two in house_reply(PROMPTS, _answer(two), "ko").text


@pytest.mark.parametrize(
    ("answer", "language"),
    [
        (_answer("자료에서 확인할 수 없습니다.", abstained=True), "ko"),
        (_answer("‘번호가 바뀌었어요?’ — 내 정보에서 바꾸면 됩니다. [1]", "en"), "en"),
        (_answer("- ‘자전거’: 10,000원 [1]", understanding=RACK), "ko"),
    ],
    ids=["nothing answers", "only in another language than the customer's", "posts by one word of the message"],
)
def test_where_no_reply_can_be_drafted_the_customer_hears_that_somebody_gets_back(
    answer: Answer, language: Language
) -> None:
    found = house_reply(PROMPTS, answer, language)
    assert found.holding
    assert answer.text not in found.text
    assert ("연락드리겠습니다" if language == "ko" else "get back to you") in found.text


def test_an_english_reply_may_hold_korean_names() -> None:
    drafted = "The Housing Subscription Savings Account (주택청약종합저축) is open to any individual. [1]"
    assert not house_reply(PROMPTS, _answer(drafted, "en"), "en").holding


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("입금했는데 나가버렸어요. 제 번호는 010-1234-5678이고요, 짜증나네요", "입금했는데 나가버렸어요. , 짜증나네요"),
        ("환불 언제 되나요? 010-1234-5678로 연락 주세요", "환불 언제 되나요?"),
        ("010-1234-5678 번호로 가입했는데 탈퇴는 어떻게 하나요", "번호로 가입했는데 탈퇴는 어떻게 하나요"),
        ("when will I get my refund? you can mail me at kim@example.com", "when will I get my refund?"),
        ("Is my e-mail kim@example.com visible to others?", "Is my e-mail visible to others?"),
        ("010-1234-5678", "[연락처 가림]"),
    ],
)
def test_what_only_gives_a_contact_asks_nothing(message: str, asked: str) -> None:
    assert without_contacts(mask(message)) == asked
