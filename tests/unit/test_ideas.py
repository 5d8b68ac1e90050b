"""Every idea is a switch: off, something else is sent to the model, or done with what it wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from test_turn import HOUSEHOLDS, MOVE_IN, NAME, FakeEmbedding, FakeModel, FakeStore, result

from assistant import evidence, prompting
from assistant.domain import Candidate, Question, Understanding
from assistant.ideas import Examples, Ideas
from assistant.retrieval import Retrieval
from assistant.turn import Assistant
from assistant.understanding import understand
from prompts.loader import facts_in_force
from vocabularies import HANBIT, tokenizer, vocabulary


@pytest.mark.parametrize(("examples", "count"), [("none", 0), ("one", 1)])
def test_examples(examples: Examples, count: int) -> None:
    whole = prompting.build("user", "ko", (), "")
    fewer = prompting.build("user", "ko", (), "", Ideas(examples=examples))
    assert fewer.examples == whole.examples[:count]
    assert len(whole.examples) > 1
    assert fewer.version != whole.version


def test_role() -> None:
    for language, name in (("ko", "부동이"), ("en", "Budongi")):
        assert name in prompting.build("user", language, (), "").system  # type: ignore[arg-type]
        without = prompting.build("user", language, (), "", Ideas(role=False)).system  # type: ignore[arg-type]
        assert name not in without
        assert without == prompting.build("agent", language, (), "", Ideas(role=False)).system  # type: ignore[arg-type]


def test_shared_facts() -> None:
    always = next(fact for fact in facts_in_force() if fact.always)
    assert always.statement_ko in prompting.build("user", "ko", (), "").system
    assert always.statement_ko not in prompting.build("user", "ko", (), "", Ideas(shared_facts=False)).system
    defining = Understanding("전매제한이 뭐야?", "ko", None, "define")
    for switch in (True, False):
        chosen = evidence.select(defining, Retrieval(()), str.split, shared_facts=switch)
        assert bool(chosen) is switch


def test_purpose() -> None:
    question = Question("금천구에서 조깅하기 좋은 아파트")
    for switch in (True, False):
        understood = understand(question, vocabulary(), tokenizer().tagged, date(2031, 3, 1), purposes=switch)
        assert [wish.key for wish in understood.criteria] == ["park"] * switch
        assert understood.filters.sigungus == ("금천구",)


def _asked(ideas: Ideas, *answers: str, question: str = f"{NAME} 입주 언제야?") -> str:
    store = FakeStore([result(MOVE_IN, HOUSEHOLDS)], [Candidate(HANBIT.id, 1.0)])
    model = FakeModel(list(answers))
    assistant = Assistant(
        store, FakeEmbedding(), tokenizer(), vocabulary(), model, today=lambda: date(2031, 3, 1), ideas=ideas
    )
    return assistant.ask(Question(question)).text


def test_grounding() -> None:
    wrong = f"{NAME}의 입주 예정월은 2032년 5월입니다. [1] 수영장도 있습니다. [7]"
    assert _asked(Ideas(grounding=False), wrong) == wrong
    assert "2032" not in _asked(Ideas(), wrong, wrong)


def test_narrowing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Understanding] = []
    monkeypatch.setattr("assistant.turn.next_question", lambda understood, *_: asked.append(understood))
    for switch in (True, False):
        _asked(replace(Ideas(), narrowing=switch), "", "", question="금천구 아파트 몇 세대야?")
        assert bool(asked) is switch
        asked.clear()
