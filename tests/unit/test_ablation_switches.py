"""Every idea is a switch: off, something else is sent to the model, or done with what it wrote."""

from __future__ import annotations

from datetime import date

import pytest
from shipped import PROMPTS
from test_turn import HOUSEHOLDS, MOVE_IN, NAME, FakeEmbedding, FakeModel, FakeStore, result

from assistant.answering import evidence, prompting
from assistant.answering.ablation_switches import Examples, Ideas
from assistant.answering.turn import Assistant
from assistant.domain import Candidate, Question, Sentence, Understanding
from assistant.retrieval.retriever import Retrieval
from assistant.understanding import understand
from vocabularies import HANBIT, tokenizer, vocabulary


@pytest.mark.parametrize(("examples", "count"), [("none", 0), ("one", 1)])
def test_examples(examples: Examples, count: int) -> None:
    whole = prompting.build(PROMPTS, "user", "ko", (), "")
    fewer = prompting.build(PROMPTS, "user", "ko", (), "", Ideas(examples=examples))
    assert fewer.examples == whole.examples[:count]
    assert len(whole.examples) > 1
    assert fewer.version != whole.version


def test_role() -> None:
    for language, name in (("ko", "부동이"), ("en", "Budongi")):
        assert name in prompting.build(PROMPTS, "user", language, (), "").system  # type: ignore[arg-type]
        without = prompting.build(PROMPTS, "user", language, (), "", Ideas(role=False)).system  # type: ignore[arg-type]
        assert name not in without
        assert without == prompting.build(PROMPTS, "agent", language, (), "", Ideas(role=False)).system  # type: ignore[arg-type]


def test_shared_facts() -> None:
    price = Sentence(f"{NAME}의 전용 84㎡ 주택형 최고 분양가는 9억원입니다.", facet="price", tags=("area:84",))
    fact = next(fact for fact in PROMPTS.facts_in_force() if fact.id == "national-size")
    for switch in (True, False):
        model = FakeModel([""])
        _assistant(model, Ideas(shared_facts=switch), price).ask(Question(f"{NAME} 국민평형 얼마야?"))
        assert (fact.statement_ko in model.prompts[0].user) is switch
        defining = Understanding("전매제한이 뭐야?", "ko", None, "define")
        chosen = evidence.select(PROMPTS, defining, Retrieval(()), str.split, shared_facts=switch)
        assert bool(chosen) is switch


def test_a_fact_is_given_to_questions_that_it_is_relevant_to() -> None:
    model = FakeModel([""])
    _assistant(model, Ideas(), MOVE_IN).ask(Question(f"{NAME} 입주 언제야?"))
    assert not [fact for fact in PROMPTS.facts_in_force() if fact.statement_ko in model.prompts[0].user]


def test_purpose() -> None:
    question = Question("금천구에서 조깅하기 좋은 아파트")
    for switch in (True, False):
        understood = understand(question, vocabulary(), tokenizer().tagged, date(2031, 3, 1), purposes=switch)
        assert [wish.key for wish in understood.criteria] == ["park"] * switch
        assert understood.filters.sigungus == ("금천구",)


def _assistant(model: FakeModel, ideas: Ideas, *sentences: Sentence) -> Assistant:
    store = FakeStore([result(*sentences)], [Candidate(HANBIT.id, 1.0)])
    today = date(2031, 3, 1)
    return Assistant(store, FakeEmbedding(), tokenizer(), vocabulary(), model, today=lambda: today, ideas=ideas)


def _asked(ideas: Ideas, *answers: str, question: str = f"{NAME} 입주 언제야?") -> str:
    return _assistant(FakeModel(list(answers)), ideas, MOVE_IN, HOUSEHOLDS).ask(Question(question)).text


def test_grounding() -> None:
    wrong = f"{NAME}의 입주 예정월은 2032년 5월입니다. [1] 수영장도 있습니다. [7]"
    assert _asked(Ideas(grounding=False), wrong) == wrong
    assert "2032" not in _asked(Ideas(), wrong, wrong)


def test_narrowing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Understanding] = []
    monkeypatch.setattr("assistant.answering.turn.next_question", lambda understood, *_: asked.append(understood))
    for switch in (True, False):
        model = FakeModel(["", ""])
        _assistant(model, Ideas(narrowing=switch), HOUSEHOLDS).ask(Question("금천구 아파트 몇 세대야?"))
        assert bool(asked) is switch
        asked.clear()
        stage = "explore" if switch else "general"
        assert model.prompts[0].examples == prompting.build(PROMPTS, "user", "ko", (), "", stage=stage).examples


def test_english_reasoning() -> None:
    model = FakeModel(["When is move-in at Hanbit?", f"{NAME}의 입주 예정월은 2031년 5월입니다. [1]"])
    answer = _assistant(model, Ideas(english_reasoning=True), MOVE_IN).ask(Question(f"{NAME} 입주 언제야?"))
    rewriting, asked = model.prompts
    assert rewriting.user == f"{NAME} 입주 언제야?"
    assert MOVE_IN.en in asked.user
    assert "When is move-in at Hanbit?" in asked.user
    assert MOVE_IN.ko not in asked.user
    assert "Answer only" in asked.system
    assert "Korean" in asked.system.splitlines()[-1]
    shown, replied = asked.examples[0]
    assert "Question:" in shown
    assert "질문" not in shown
    assert any("가" <= char <= "힣" for char in replied)
    assert answer.text == f"{NAME}의 입주 예정월은 2031년 5월입니다. [1]"
