"""A run tells how many questions were declined that have no answer, and that have one."""

from __future__ import annotations

from assistant.domain import Answer, Question, Understanding, Usage
from eval import report
from eval.cases import Case, Expect
from eval.running import Outcome


def _outcome(number: int, *, has_none: bool, abstained: bool) -> Outcome:
    case = Case(str(number), "q", "ko", "fact", Expect(abstain=has_none), "hand: x")
    answer = Answer(
        question=Question("q"),
        text="a",
        understanding=Understanding("q", "ko", None, "explore"),
        abstained=abstained,
        degraded=False,
        entities=(),
        citations=(),
        dropped=(),
        prompt_version="",
        model="none",
        timings_ms={},
        usage=Usage(),
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
