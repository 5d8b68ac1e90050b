"""Feedback becomes candidates: masked, once each, and no case until a person approved it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.errors import SourceError
from eval.checks.feedback import candidates, read_feedback
from eval.cli.commands import evaluate
from eval.data.cases import read_case

DOWN = {
    "question": "한빛마루 자이 얼마예요? 제 번호 010-1234-5678",
    "answer": "최고 8억 원입니다. [1]",
    "rating": "down",
}


def test_what_was_rated_down_is_a_candidate_and_masked() -> None:
    history = [{"role": "user", "content": "메일은 a.kim@example.com 입니다"}]
    (one,) = candidates(
        [DOWN | {"reason": "wrong", "comment": "02-123-4567로 물어보니 틀림", "history": history, "model": "m"}]
    )
    text = json.dumps(one, ensure_ascii=False)
    assert (one["status"], one["language"], one["model"]) == ("candidate", "ko", "m")
    assert not any(private in text for private in ("5678", "a.kim", "123-4567"))
    with pytest.raises((ValueError, KeyError)):
        read_case(one)


def test_what_was_liked_or_is_known_or_came_before_is_not() -> None:
    assert list(candidates([DOWN | {"rating": "up"}])) == []
    assert len(list(candidates([DOWN, DOWN | {"question": DOWN["question"] + "?"}]))) == 1
    assert list(candidates([DOWN | {"question": "국평이 뭐야"}], known=["국평이 뭐야?"])) == []


def test_an_edited_draft_says_what_was_wrong() -> None:
    edited = "최고 8억 5,000만원이고 2026년 3월에 입주합니다."
    (one,) = candidates([{"question": "얼마?", "answer": "최고 8억 원입니다. [1]", "edited": edited}])
    assert one["expect"]["facts"] == [["won:850000000"], ["month:2026-03"]]
    assert one["expect"]["forbidden"] == ["won:800000000"]
    assert list(candidates([{"question": "얼마?", "answer": "8억입니다.", "edited": "8억입니다!"}])) == []


def test_a_line_that_is_no_feedback_is_named(tmp_path: Path) -> None:
    path = tmp_path / "feedback.jsonl"
    path.write_text(f'{json.dumps(DOWN)}\n{{"question": "x"}}\n', encoding="utf-8")
    with pytest.raises(SourceError, match=r"feedback\.jsonl, line 2"):
        read_feedback(path)


def test_the_command_writes_candidates(tmp_path: Path) -> None:
    (tmp_path / "feedback.jsonl").write_text(json.dumps(DOWN), encoding="utf-8")
    arguments = ["from-feedback", str(tmp_path / "feedback.jsonl"), "--out", str(tmp_path / "out.jsonl")]
    done = CliRunner().invoke(evaluate, arguments)
    assert done.exit_code == 0, done.output
    assert json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))["id"].startswith("feedback-")
