"""The runner around the assistant: its logs, its memory, and what a kill leaves of a run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from assistant.domain import Answer, Question
from eval.perf.harness import IDENTITY, Instant, killed_runs, made_cases, result_of, run_in
from eval.running.suite_run import run_suite


def test_a_run_is_logged_as_inspect_reads_it_and_asks_nothing_twice(tmp_path: Path) -> None:
    from inspect_ai.log import read_eval_log

    done, asked = run_in(tmp_path, 12)
    assert (asked, done.reused) == (12, 0)
    log = read_eval_log(str(done.log))
    assert log.status == "success"
    assert log.eval.metadata is not None
    assert log.eval.metadata["model"] == "instant"
    right = {outcome.case.id for outcome in done.outcomes if outcome.right}
    assert 0 < len(right) < 12
    values = {sample.id: sample.scores["budongi"].value for sample in log.samples or [] if sample.scores}
    assert {id_ for id_, value in values.items() if isinstance(value, dict) and value["right"] == 1} == right
    again, asked = run_in(tmp_path, 12)
    assert (asked, again.reused) == (0, 12)
    assert again.outcomes == done.outcomes


def test_every_question_is_asked_as_often_as_wanted_and_anew_asks_again(tmp_path: Path) -> None:
    assistant = Instant()
    cases = made_cases(5)
    done = run_suite("made", cases, assistant, IDENTITY, tmp_path, epochs=3, at_once=4)
    assert assistant.asked == 15
    assert [(one.epoch, one.case.id) for one in done.outcomes] == [(n, case.id) for n in (1, 2, 3) for case in cases]
    run_suite("made", cases, assistant, IDENTITY, tmp_path, epochs=2, anew=True)
    assert assistant.asked == 25


def test_what_the_assistant_raises_is_raised_and_what_was_answered_is_kept(tmp_path: Path) -> None:
    class Failing(Instant):
        def ask(self, question: Question) -> Answer:
            if question.id == "3":
                raise OSError("the disk is gone")
            return super().ask(question)

    with pytest.raises(OSError, match="the disk is gone"):
        run_suite("made", made_cases(6), Failing(), IDENTITY, tmp_path)
    assistant = Instant()
    done = run_suite("made", made_cases(6), assistant, IDENTITY, tmp_path)
    assert assistant.asked == 6 - done.reused
    assert done.reused >= 3


def test_killed_runs_end_as_an_unbroken_one(tmp_path: Path) -> None:
    clean, _ = run_in(tmp_path / "clean", 30)
    assert killed_runs(tmp_path / "killed", 30, 2) == 2
    ended, asked = run_in(tmp_path / "killed", 30)
    assert 0 < asked < 30
    assert result_of(ended) == result_of(clean)


def test_a_run_connects_to_nothing(tmp_path: Path) -> None:
    """In a process of its own: an audit hook stays for good."""
    script = (
        "import pathlib, sys; from eval.perf.harness import connections_of; "
        "seen = connections_of(pathlib.Path(sys.argv[1]), 3); print(seen); sys.exit(len(seen))"
    )
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
