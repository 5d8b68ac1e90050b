"""Answers kept between runs: found again by what they depend on, and by nothing else."""

from __future__ import annotations

import sys
from dataclasses import fields, replace
from pathlib import Path

import pytest
from shipped import PROMPTS

from assistant.domain import Answer, Citation, EntityName, Filters, Message, Question, Understanding, Usage
from eval.data.cases import load, read_case, suite_path
from eval.gate.runs import asked_hash
from eval.running import identity
from eval.running.answer_cache import Answered, Records, question_key
from eval.running.case_setting import identity_in
from eval.running.identity import Identity
from eval.running.inspect_task import RunnerError, inspect_suite
from eval.running.suite_run import chosen
from prompts.loader import Prompts

IDENTITY = Identity("model", "embedding", "corpus", "code", "prompts", "2025-12-01")
QUESTION = Question("한빛마루 자이 입주 언제", (Message("user", "안녕"),), id="a")
ANSWERED = Answered(
    Answer(
        question=QUESTION,
        text="2026년 3월입니다. [1]",
        understanding=Understanding("입주 언제", "ko", "housing", "detail", filters=Filters(sidos=("서울특별시",))),
        abstained=False,
        degraded=False,
        entities=(EntityName("housing:1", "한빛마루 자이", "Hanbit Maru Xi"),),
        citations=(Citation(1, "1", "1:0", "housing:1", "2026년 3월"),),
        dropped=(),
        prompt_version="v",
        model="model",
        timings_ms={"total": 3.5},
        usage=Usage(10, 5),
    ),
    1.5,
)


def test_an_answer_is_found_again_whole_by_another_process(tmp_path: Path) -> None:
    Records(tmp_path, IDENTITY).add(QUESTION, 1, ANSWERED)
    records = Records(tmp_path, IDENTITY)
    assert records.find(QUESTION, 1) == ANSWERED
    assert records.find(replace(QUESTION, id="b"), 1) == ANSWERED
    assert records.find(QUESTION, 2) is None
    assert records.find(replace(QUESTION, history=()), 1) is None
    assert records.find(replace(QUESTION, role="agent"), 1) is None
    records.forget()
    assert Records(tmp_path, IDENTITY).find(QUESTION, 1) is None


@pytest.mark.parametrize("field", [item.name for item in fields(Identity)])
def test_whatever_an_answer_depends_on_keeps_it_apart(field: str, tmp_path: Path) -> None:
    Records(tmp_path, IDENTITY).add(QUESTION, 1, ANSWERED)
    assert Records(tmp_path, replace(IDENTITY, **{field: "another"})).find(QUESTION, 1) is None


def test_the_day_and_the_pages_of_a_case_keep_its_answer_apart() -> None:
    row = {
        **{"id": "a", "question": "발코니 확장비는?", "language": "ko", "domain": "housing", "stage": "detail"},
        **{"kind": "fact", "expect": {"abstain": True}, "gold": "hand: x"},
    }
    page = {"title": "한빛마루 자이 공고", "sentences": ["발코니 확장비는 500만원입니다."]}
    cases = [read_case(row | given) for given in ({}, {"as_of": "2024-10-08"}, {"pages": [page]})]
    assert len({identity_in(IDENTITY, case).key for case in cases}) == len({asked_hash([case]) for case in cases}) == 3
    assert identity_in(IDENTITY, cases[0]) == IDENTITY


def test_a_line_torn_by_a_kill_costs_that_answer_alone(tmp_path: Path) -> None:
    records = Records(tmp_path, IDENTITY)
    records.add(QUESTION, 1, ANSWERED)
    with records.path.open("ab") as file:
        file.write(b'\n{"question": "' + question_key(QUESTION).encode() + b'", "epoch": 2, "sec')
    records = Records(tmp_path, IDENTITY)
    assert records.find(QUESTION, 2) is None
    records.add(QUESTION, 2, ANSWERED)
    assert [Records(tmp_path, IDENTITY).find(QUESTION, epoch) for epoch in (1, 2)] == [ANSWERED, ANSWERED]


def test_a_changed_prompt_file_or_source_changes_the_identity(tmp_path: Path) -> None:
    (tmp_path / "role.md").write_text("be brief", encoding="utf-8")
    before = identity.prompts_hash(Prompts.read(tmp_path))
    assert identity.prompts_hash(Prompts.read(tmp_path)) == before
    (tmp_path / "role.md").write_text("be long", encoding="utf-8")
    assert identity.prompts_hash(Prompts.read(tmp_path)) != before
    assert len(identity.code_hash()) == len(identity.prompts_hash(PROMPTS)) == 64


def test_a_few_cases_are_of_every_kind() -> None:
    cases = load(suite_path("smoke"))
    few = chosen(cases, 30)
    assert len({case.id for case in few}) == 30
    assert {case.kind for case in few} == {case.kind for case in cases}
    assert chosen(cases, None) == chosen(cases, 10_000) == cases


def test_without_the_runner_it_is_said_how_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "inspect_ai", None)
    with pytest.raises(RunnerError, match="uv sync --extra local --extra eval"):
        inspect_suite("smoke", [], lambda *_: ANSWERED, metadata={}, log_dir=tmp_path)
