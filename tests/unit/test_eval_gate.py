"""When answers or searches that got worse are let through, reported, or held up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.domain import Answer, Message, Question, Understanding, Usage
from assistant.errors import SourceError
from eval.cli.commands import evaluate
from eval.data.cases import Case, Expect, load_suite
from eval.gate import baseline as gate
from eval.gate import runs as gate_runs
from eval.running.identity import Identity
from eval.running.runner import Outcome
from eval.running.suite_run import SuiteRun
from eval.scoring.scorers import problems
from eval.search.cases import Judged, Relevant, SearchCase, load_searches
from eval.search.runner import SearchOutcome

MODEL = "model"


def searches(wrong: Collection[int] = (), pairs: int = 100) -> list[SearchOutcome]:
    """One question a pair, the first half Korean, all right but those numbered."""
    found = []
    for number in range(pairs):
        variant = "ko-long" if number < pairs // 2 else "en-long"
        kind = "faq" if number % 10 == 0 else "find"
        case = SearchCase(f"{number}", f"{number}", variant, kind, kind, f"q{number}", Relevant(("1",)), "hand")
        right = float(number not in wrong)
        found.append(SearchOutcome(case, (), Judged(right, right)))
    return found


def measured(wrong: Collection[int] = (), pairs: int = 100) -> gate.Measured:
    return gate_runs.of_searches(searches(wrong, pairs), MODEL, "first")


def judged(before: gate.Measured, after: gate.Measured) -> str:
    return gate.worst(gate.compare(before, after))


def answers(wrong: Collection[int] = (), count: int = 100, degraded: Collection[int] = ()) -> SuiteRun:
    """A suite of refusals, right but for those numbered, which answer instead."""
    outcomes = []
    for number in range(count):
        language = "ko" if number < count // 2 else "en"
        case = Case(f"{number}", f"질문 {number}", language, "unanswerable", Expect(abstain=True), "hand")  # type: ignore[arg-type]
        answer = Answer(
            question=Question(case.question),
            text="없습니다" if language == "ko" else "There is none",
            understanding=Understanding("", "ko", None, "explore"),
            abstained=number not in wrong,
            degraded=number in degraded,
            entities=(),
            citations=(),
            dropped=(),
            prompt_version="",
            model="m",
            timings_ms={},
            usage=Usage(),
        )
        outcomes.append(Outcome(case, answer, problems(case, answer), 1.0))
    return SuiteRun("made", Identity("m", "e", "corpus", "code", "prompts", "day"), tuple(outcomes), 0, Path())


def test_worse_by_one_or_three_points_in_all_or_in_one_language() -> None:
    assert judged(measured(), measured()) == "pass"
    assert judged(measured({1, 2}), measured()) == "pass"  # better
    assert judged(measured({1}), measured({51})) == "alert"  # even in all, two points worse in English
    assert judged(measured(pairs=300), measured({1}, pairs=300)) == "pass"  # a third of a point; two thirds in Korean
    assert judged(measured(), measured({1})) == "alert"
    assert judged(measured(), measured({1, 2, 51})) == "block"


def test_a_kind_of_few_questions_is_shown_and_does_not_decide() -> None:
    baseline = measured(pairs=300)
    verdicts = gate.compare(baseline, measured({10}, pairs=300))  # one of thirty questions on help
    assert gate.worst(verdicts) == "pass"
    shown = [line for line in gate.table(verdicts, baseline).splitlines() if line.startswith("  kind faq")]
    assert len(shown) == len(gate.compare(baseline, baseline)) == 2
    assert all("-3.33" in line for line in shown)


def test_answers_are_compared_as_searches_are() -> None:
    def judge(after: SuiteRun) -> str:
        return judged(gate_runs.of_answers(answers(), {}), gate_runs.of_answers(after, {}))

    assert [judge(answers(wrong)) for wrong in ((), {1}, {1, 2, 51})] == ["pass", "alert", "block"]


def test_other_questions_gold_or_models_cannot_be_compared() -> None:
    runs = searches()
    baseline = gate_runs.of_searches(runs, MODEL)
    asked = replace(runs[0], case=replace(runs[0].case, question="another"))
    gold = replace(runs[0], case=replace(runs[0].case, relevant=Relevant(("2",))))
    for other in ([asked, *runs[1:]], [gold, *runs[1:]], runs[1:]):
        with pytest.raises(gate.IncomparableRun, match="other questions"):
            gate.compare(baseline, gate_runs.of_searches(other, MODEL))
    with pytest.raises(gate.IncomparableRun, match="with the model model"):
        gate.compare(baseline, gate_runs.of_searches(runs, "another"))
    assert judged(baseline, gate_runs.of_searches(runs[::-1], MODEL)) == "pass"  # their order does not matter


@pytest.mark.parametrize(
    "change",
    [{"question": "another"}, {"history": (Message("user", "hello"),)}, {"expect": Expect(abstain=False)}],
)
def test_other_history_or_expectation_is_another_case(change: dict[str, object]) -> None:
    run = answers()
    first = run.outcomes[0]
    changed = replace(first, case=replace(first.case, **change))  # type: ignore[arg-type]
    other = replace(run, outcomes=(changed, *run.outcomes[1:]))
    with pytest.raises(gate.IncomparableRun, match="other questions"):
        gate.compare(gate_runs.of_answers(run, {}), gate_runs.of_answers(other, {}))
    retold = replace(run, outcomes=(replace(first, case=replace(first.case, gold="rule()")), *run.outcomes[1:]))
    assert judged(gate_runs.of_answers(run, {}), gate_runs.of_answers(retold, {})) == "pass"


def test_a_run_on_which_the_chat_model_failed_says_nothing() -> None:
    with pytest.raises(gate.IncomparableRun, match="failed on 1 of 100"):
        gate_runs.of_answers(answers(degraded={7}), {})


def test_a_baseline_is_read_as_it_was_written(tmp_path: Path) -> None:
    run = gate_runs.of_answers(answers({3}), {"chat_model": "none", "repeat": "1"}, "because")
    path = tmp_path / "new" / "baseline.json"
    gate.save(run, path)
    read = gate.load(path)
    assert (read.suite, read.questions, read.model) == (run.suite, run.questions, run.model)
    assert read.scores["right"]["3"] == (0.0,)
    assert read.scores["right"]["4"] == (1.0,)
    assert {"reason": "because", "chat_model": "none", "prompts": "prompts"}.items() <= read.produced.items()
    assert read.produced["date"]
    assert judged(read, run) == "pass"


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"scores": {"a": [1]}}', '{"scores": {}, "more": 1}'])
def test_a_broken_baseline_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"baseline\.json"):
        gate.load(path)


def test_a_run_that_says_nothing_exits_with_3(tmp_path: Path) -> None:
    for arguments in (["gate"], ["gate", "--baseline", "never"], ["gate", "--baseline", str(tmp_path / "none.json")]):
        done = CliRunner().invoke(evaluate, arguments)
        assert done.exit_code == 3
        assert "error: " in done.output


def test_the_baselines_that_ship_are_of_the_questions_that_ship() -> None:
    """Whoever changes questions or gold accepts a new baseline, with a reason, in the same commit."""
    asked = [SearchOutcome(case, (), Judged(0.0, 0.0)) for case in load_searches()]
    assert gate.load(gate.baseline_path("retrieval")).questions == gate_runs.of_searches(asked, MODEL).questions
    smoke = gate.load(gate.baseline_path("smoke"))
    assert smoke.questions == gate_runs.asked_hash(load_suite(smoke.suite))
