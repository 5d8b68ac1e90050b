"""What a run tells besides accuracy: what was declined, how much of what fits is cited, and what the turns took."""

from __future__ import annotations

import pytest

from assistant.domain import Answer, EntityName, Question, Understanding, Usage
from eval.data.cases import Case, Expect
from eval.report import answers as report
from eval.running.runner import Outcome


def _outcome(
    number: int,
    *,
    has_none: bool = False,
    abstained: bool = False,
    fit: tuple[str, ...] = (),
    cited: tuple[str, ...] = (),
    tokens: int = 0,
) -> Outcome:
    case = Case(str(number), "q", "ko", "fact", Expect(abstain=has_none, entities_any=fit), "hand: x")
    answer = Answer(
        question=Question("q"),
        text="a",
        understanding=Understanding("q", "ko", None, "explore"),
        abstained=abstained,
        degraded=False,
        entities=tuple(EntityName(f"housing:{id_}", id_, id_) for id_ in cited),
        citations=(),
        dropped=(),
        prompt_version="",
        model="none",
        timings_ms={"first_token": 100.0 * tokens},
        usage=Usage(tokens, tokens // 2),
    )
    return Outcome(case, answer, (), 0.1)


def test_declined_questions_are_counted_by_whether_they_have_an_answer() -> None:
    outcomes = [
        _outcome(1, has_none=True, abstained=True),
        _outcome(2, has_none=True, abstained=False),
        _outcome(3, has_none=False, abstained=True),
        _outcome(4, has_none=False, abstained=False),
        _outcome(5, has_none=False, abstained=False),
    ]
    summed = report.summary("mine", outcomes)
    assert summed["declined"]["unanswerable"] == {"declined": 1, "total": 2}
    assert summed["declined"]["answerable"] == {"declined": 1, "total": 3}
    assert "declined: 1 of 2 that have no answer, 1 of 3 that have one" in report.table(summed)


def test_how_much_of_what_fits_is_cited_is_told_over_the_answers_that_name_any() -> None:
    outcomes = [
        _outcome(1, fit=("a", "b", "c", "d"), cited=("a", "b", "x")),
        _outcome(2, fit=("a",), cited=("a",)),
        _outcome(3),
    ]
    summed = report.summary("mine", outcomes)
    assert summed["sources"] == {"answers": 2, "precision": pytest.approx(5 / 6, abs=1e-4), "recall": 0.75}
    assert "complexes and posts cited, 2 answers: 83% of them fit, 75% of those that fit" in report.table(summed)
    assert "cited" not in report.table(report.summary("mine", outcomes[2:]))


def test_tokens_and_first_tokens_are_those_of_turns_that_asked_a_model() -> None:
    summed = report.summary("mine", [_outcome(1, tokens=10), _outcome(2, tokens=30), _outcome(3)])
    assert summed["seconds"]["first_token"] == pytest.approx(2.0)
    assert summed["tokens"] == {"input": 40, "output": 20}
    assert "first token 2.00; 40 tokens read, 20 written" in report.table(summed)
    assert "token" not in report.table(report.summary("mine", [_outcome(3)]))
