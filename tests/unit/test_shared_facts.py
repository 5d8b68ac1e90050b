"""Facts that are true of all apartments: which questions they answer, and on which days."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from shipped import PROMPTS

from assistant.answering.evidence.shared_facts import of_definition, of_facts, of_mentioned
from assistant.domain import Understanding, Unmatched
from assistant.language.text import is_korean, squeeze


def defined(question: str) -> str:
    language = "ko" if is_korean(question) else "en"
    found = of_definition(PROMPTS, Understanding(question, language, None, "define"))  # type: ignore[arg-type]
    return found[0].source_id if found else ""


@pytest.mark.parametrize(
    ("question", "fact"),
    [
        ("전매제한이 뭐야?", "resale-restriction"),
        ("그럼 재당첨 제한은 몇 년이에요?", "rewin-restriction"),
        ("예비당첨자란?", "reserve"),
        ("줍줍", "unranked"),
        ("분상제가 무슨 뜻인가요", "price-ceiling"),
        ("What is a resale restriction?", "resale-restriction"),
        ("What is jeonmae jehan?", "resale-restriction"),  # Korean terms in Latin letters, by their romanisation
        ("cheongyaktongjang", "subscription-account"),
        ("how much is the down payment", "payments"),
        ("해당지역과 기타지역 차이", "local-and-other"),
    ],
)
def test_a_question_about_a_term_and_nothing_else_is_answered_by_its_fact(question: str, fact: str) -> None:
    assert defined(question) == f"fact:{fact}"


@pytest.mark.parametrize(
    "question",
    [
        "예비당첨자로 뽑히면 통장을 다시 쓸 수 있나요?",
        "래미안 전매제한 언제 풀려?",
        "중도금 대출이 안 나오면 어떻게 하나요",
        "분상제 적용되는 아파트 알려줘",
        "Does the resale restriction end when my father dies?",
        "금천구 투기과열지구 아파트",
    ],
)
def test_a_term_inside_another_question_is_not_its_answer(question: str) -> None:
    assert defined(question) == ""


def test_a_mentioned_term_answers_only_what_its_fact_speaks_of() -> None:
    def mentioned(question: str, *asked: str) -> list[str]:
        left = tuple(Unmatched(word, word) for word in asked)
        understood = Understanding(question, "ko", None, "howto", unmatched=left)
        return [item.source_id for item in of_mentioned(PROMPTS, understood, str.split)]

    assert mentioned("신혼부부 특공 자격 되나") == ["fact:special-newlywed"]
    assert mentioned("신혼부부 특공 대출 한도", "대출", "한도") == []


def test_a_fact_is_used_only_while_it_is_in_force() -> None:
    for fact in PROMPTS.shared_facts:
        assert fact not in PROMPTS.facts_in_force(fact.valid_from - timedelta(days=1))
        assert fact in PROMPTS.facts_in_force(fact.valid_from)
        if fact.valid_to:
            assert fact not in PROMPTS.facts_in_force(fact.valid_to + timedelta(days=1))
    assert PROMPTS.facts_in_force(date(1950, 1, 1)) == ()


def test_no_two_facts_share_a_name_or_an_alias() -> None:
    forms = [(squeeze(form), fact.id) for fact in PROMPTS.facts_in_force() for form in {*fact.names, *fact.aliases}]
    counted = Counter(form for form, _ in set(forms))
    assert [(form, fact) for form, fact in set(forms) if counted[form] > 1] == []


@pytest.mark.parametrize(
    ("text", "found"), [("74A랑 74C는 뭐가 달라?", True), ("what sets 84a and 84d apart", True), ("74A가 뭐야", False)]
)
def test_two_letters_of_one_size_are_floor_plans(text: str, found: bool) -> None:
    facts = of_facts(PROMPTS, Understanding(text, "ko" if is_korean(text) else "en", None, "define"))
    assert any(item.document_id == "fact:type-letters" for item in facts) == found
