"""Each fault of a dataset is found and named with its file and line; the datasets that ship have none."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from eval.checks import mutation_check
from eval.checks.linting import Line, leaks, lint, untrue_examples
from prompts.loader import SHIPPED

QUESTION = "한빛마루 자이 84타입 최고 분양가가 얼마인지 알려줘"


def case(id_: str, question: str, **more: Any) -> dict[str, Any]:
    return {
        "id": id_,
        "question": question,
        "language": "ko",
        "domain": "housing",
        "stage": "detail",
        "kind": "fact",
        "tags": [],
        "expect": {"facts": [["won:850000000"]], "abstain": False},
        "gold": "hand: invented",
        **more,
    }


def faults(folder: Path, *rows: object) -> list[str]:
    """What lint says of a suite of these lines."""
    (folder / "prompts").mkdir(exist_ok=True)
    lines = (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows)
    (folder / "smoke.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return [str(fault) for fault in lint(folder, folder / "prompts")]


def test_a_sound_suite_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, case("a", QUESTION), case("b", QUESTION.replace("84", "59"))) == []


@pytest.mark.parametrize(
    ("second", "what"),
    [
        ("{", "this is no case"),
        (case("b", "x") | {"status": "candidate"}, "this is no case (it holds status, which nothing reads)"),
        (case("b", "x") | {"kind": "odd"}, "this is no case (kind is 'odd'"),
        (case("a", "다른 질문"), "the id 'a' is that of line 1"),
        (case("b", QUESTION), "smoke.jsonl, line 1 asks the same"),
        (case("b", QUESTION.replace(" ", "") + "?"), "smoke.jsonl, line 1 asks the same"),
        (case("b", QUESTION.replace("인지", "인가")), "smoke.jsonl, line 1 asks nearly the same"),
    ],
)
def test_a_fault_is_named_with_its_line(second: object, what: str, tmp_path: Path) -> None:
    (found,) = faults(tmp_path, case("a", QUESTION), second)
    assert f"smoke.jsonl, line 2: {what}" in found


def test_a_pair_that_names_each_other_may_be_alike(tmp_path: Path) -> None:
    alike = QUESTION.replace("인지", "인가")
    assert faults(tmp_path, case("a", QUESTION, pair="b"), case("b", alike, pair="a")) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("examples.md", f"---\nexamples:\n- question: 가\n---\n{QUESTION}\n"),
        ("roles.md", f"---\nexamples:\n- question: |\n    [1] 어떤 글\n    질문: {QUESTION}\n---\n역할\n"),
        ("words.yaml", f"- ko: [공원, {QUESTION.replace('알려줘', '알려 줄래')}]\n"),
    ],
)
def test_a_question_that_a_prompt_holds_is_found_there(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    line = Line(tmp_path / "smoke.jsonl", 7, case("a", QUESTION))
    found = [str(fault) for fault in leaks([line], tmp_path)]
    assert found
    assert all(name in fault and "smoke.jsonl, line 7" in fault for fault in found)
    assert list(leaks([Line(tmp_path / "smoke.jsonl", 7, case("a", "독산동 역세권 단지 있나요"))], tmp_path)) == []


def test_a_term_may_be_in_a_word_list(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text("- en: [delete my account]\n", encoding="utf-8")
    assert list(leaks([Line(tmp_path / "x", 1, case("a", "delete my account"))], tmp_path)) == []


EXAMPLE = """
- id: one
  ko:
    evidence: [한빛채는 총 618세대입니다., 한빛채는 2041년 5월에 입주합니다.]
    question: 한빛채 언제 입주해
    answer: 한빛채는 2041년 5월에 입주합니다. [2]
  en:
    evidence: [Hanbitchae has 618 homes., Move-in at Hanbitchae is in May 2041.]
    question: when does hanbitchae open
    answer: Move-in at Hanbitchae is in May 2041. [2]
"""


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("입주합니다. [2]", "입주합니다.", "(ko) cites nothing"),
        ("입주합니다. [2]", "입주합니다. [1]", "(ko) says 204105 month, which what it cites does not hold"),
        ("May 2041. [2]", "May 2041. [2][3]", "(en) cites [3], which is not there"),
        ("answer: 한빛채는 2041년 5월", "answer: 한빛채는 2042년 5월", "(ko) says 204205 month"),
    ],
)
def test_an_example_that_teaches_to_invent_is_named(old: str, new: str, what: str, tmp_path: Path) -> None:
    (tmp_path / "examples").mkdir()
    path = tmp_path / "examples" / "detail.yaml"
    path.write_text(EXAMPLE, encoding="utf-8")
    assert list(untrue_examples(tmp_path)) == []
    path.write_text(EXAMPLE.replace(old, new), encoding="utf-8")
    assert any(f"detail.yaml, line 2: the answer of one {what}" in str(fault) for fault in untrue_examples(tmp_path))


def test_a_system_text_that_asks_for_no_citation_is_named(tmp_path: Path) -> None:
    (tmp_path / "stages").mkdir()
    (tmp_path / "stages" / "detail-ko.md").write_text("---\nstage: detail\n---\n짧게 답합니다.\n", encoding="utf-8")
    (fault,) = untrue_examples(tmp_path)
    assert "no rule asks for citations" in str(fault)


@pytest.mark.parametrize(
    "broken", [mutation_check.swap_two_examples, mutation_check.break_citation_rule], ids=lambda broken: broken.__name__
)
def test_what_breaks_the_prompts_that_ship_is_noticed(broken: Callable[[Path], None], tmp_path: Path) -> None:
    assert list(untrue_examples(SHIPPED)) == []
    shutil.copytree(SHIPPED, tmp_path, dirs_exist_ok=True)
    broken(tmp_path)
    assert len(list(untrue_examples(tmp_path))) >= 10
