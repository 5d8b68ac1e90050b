"""The rewrite of a question: used where it makes more of it readable, never where it adds or loses something."""
# ruff: noqa: ARG002 (fakes have the arguments of what they stand for)

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import pytest
from shipped import PROMPTS

from assistant.answering.query_rewriter import Rewriter, leaves_words
from assistant.domain import Message, Question, Understanding
from assistant.errors import ModelUnavailable, SettingsError
from assistant.ports import Delta, Prompt
from assistant.settings import Settings
from assistant.understanding import understand
from vocabularies import GAON, HANBIT, tokenizer, vocabulary


@dataclass
class FakeModel:
    answer: str | Exception
    name: str = "fake"
    prompts: list[Prompt] = field(default_factory=list)
    timeout: float | None = None

    def stream(self, prompt: Prompt, *, max_tokens: int, timeout: float | None = None) -> Iterator[Delta]:
        self.prompts.append(prompt)
        self.timeout = timeout
        if isinstance(self.answer, Exception):
            raise self.answer
        yield Delta(self.answer)

    def warm(self, prompts: Sequence[Prompt]) -> None: ...

    def close(self) -> None: ...


def read(question: Question) -> Understanding:
    return understand(question, vocabulary(), tokenizer().tagged, date(2025, 12, 1))


def rewritten(text: str, model: FakeModel, *history: Message) -> tuple[Understanding, Understanding]:
    """What is read of the question as asked, and of its rewrite."""
    question = Question(text, history)
    asked = read(question)
    return asked, Rewriter(PROMPTS, model, within=0.5).understood(question, asked, read)


def test_a_rewrite_is_read_by_the_rules() -> None:
    model = FakeModel('{"question": "금천구에서 500세대 이상인 아파트 추천해줘", "english": "…"}')
    asked, understood = rewritten("금천구 500이상 큰댄지 ㄱㄱ", model)
    assert asked.filters.min_households is None
    assert (understood.filters.min_households, understood.filters.sigungus) == (500, ("금천구",))


def test_the_model_sees_the_conversation() -> None:
    model = FakeModel("no JSON")
    rewritten(
        "거긴 어때여", model, Message("user", "독산 한빛마루 자이 입주"), Message("assistant", "2027년 7월입니다.")
    )
    assert "한빛마루" in model.prompts[0].user
    assert model.prompts[0].user.endswith("거긴 어때여")


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("금천구 큰댄지 ㄱㄱ", '{"question": "금천구 1000세대 이상 단지", "english": ""}'),  # a figure nobody wrote
        (
            "금천구 큰댄지 ㄱㄱ",
            '{"question": "독산 한빛마루 자이 분양가", "english": ""}',
        ),  # a name, and a district lost
        ("금천구 7억 이하 ㄱㄱ찐", '{"question": "금천구 700m 이하 아파트", "english": ""}'),  # another figure
        ("금천구 7억 이하 ㄱㄱ찐", '{"question": "금천구 7세대 이하 아파트", "english": ""}'),  # another unit
        ("금천구 큰댄지 ㄱㄱ", "I cannot do that."),
        ("금천구 큰댄지 ㄱㄱ", '{"question": ["금천구"]}'),
        ("금천구 큰댄지 ㄱㄱ", '{"question": "금천구'),
    ],
)
def test_what_adds_or_loses_something_is_not_used(text: str, answer: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        asked, understood = rewritten(text, FakeModel(answer))
    assert understood == asked
    assert "read as it was asked" in caplog.text


def test_a_model_that_fails_changes_nothing_and_is_given_seconds(caplog: pytest.LogCaptureFixture) -> None:
    model = FakeModel(ModelUnavailable("it did not finish"))
    asked, understood = rewritten("금천구 큰댄지 ㄱㄱ", model)
    assert understood == asked
    assert "it did not finish" in caplog.text
    assert model.timeout == 0.5


@pytest.mark.parametrize(
    ("text", "left"), [("독산 한빛마루 자이 입주 언제", False), ("금천구 쿵짝 아파트", True), ("ㄱㄱ", True)]
)
def test_only_what_leaves_words_is_rewritten(text: str, left: bool) -> None:
    assert leaves_words(read(Question(text))) is left


def test_examples_are_about_no_complex_that_is_asked_about() -> None:
    shown = PROMPTS.file("rewrites/question.md").body
    assert not any(name.name_ko in shown for name in (HANBIT, GAON))


def test_a_rewrite_needs_a_model() -> None:
    with pytest.raises(SettingsError, match="BUDONGI_CHAT_MODEL is none"):
        Settings(chat_model="none", question_rewrite="model")
    with pytest.raises(SettingsError, match="none or model"):
        Settings(question_rewrite="always")
