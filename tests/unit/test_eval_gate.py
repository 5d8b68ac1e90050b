"""When a search that got worse is let through, reported, or held up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from assistant.errors import SourceError
from eval import gate
from eval.cli import evaluate
from eval.search_cases import Judged, Relevant, SearchCase, load_searches
from eval.search_running import SearchOutcome

MODEL = "model"


def outcomes(wrong: Collection[int] = (), pairs: int = 100) -> list[SearchOutcome]:
    """One question a pair, the first half Korean, all right but those numbered."""
    found = []
    for number in range(pairs):
        variant = "ko-long" if number < pairs // 2 else "en-long"
        kind = "faq" if number % 10 == 0 else "find"
        case = SearchCase(f"{number}", f"{number}", variant, kind, kind, f"q{number}", Relevant(("1",)), "hand")
        right = float(number not in wrong)
        found.append(SearchOutcome(case, (), Judged(right, right)))
    return found


def accepted(runs: list[SearchOutcome]) -> gate.Baseline:
    return gate.accepted(runs, embedding_model=MODEL, command="c", date="2026-11-22", reason="first")


def judged(before: list[SearchOutcome], after: list[SearchOutcome]) -> str:
    return gate.verdict(gate.compare(accepted(before), after, MODEL))


@pytest.mark.parametrize(
    ("points", "level"),
    [(5, "pass"), (0, "pass"), (-0.99, "pass"), (-1.0, "alert"), (-2.99, "alert"), (-3.0, "block"), (-40, "block")],
)
def test_the_limits_belong_to_the_worse_side(points: float, level: str) -> None:
    assert gate.Change("all", "mrr", 0, 0, points, 0, 0).level == level


def test_worse_by_one_or_three_points_in_all_or_in_one_language() -> None:
    assert judged(outcomes(), outcomes()) == "pass"
    assert judged(outcomes({1, 2}), outcomes()) == "pass"  # better
    assert judged(outcomes({1}), outcomes({51})) == "alert"  # even in all, two points worse in English
    assert judged(outcomes(pairs=300), outcomes({1}, pairs=300)) == "pass"  # a third of a point, two thirds in Korean
    assert judged(outcomes(), outcomes({1})) == "alert"
    assert judged(outcomes(), outcomes({1, 2, 51})) == "block"


def test_a_kind_of_few_questions_is_shown_and_does_not_decide() -> None:
    baseline = accepted(outcomes(pairs=300))
    changes = gate.compare(baseline, outcomes({10}, pairs=300), MODEL)
    assert {change.group: change.level for change in changes}["kind faq"] == "block"  # one of thirty
    assert gate.verdict(changes) == "pass"
    assert "kind faq" in gate.table(changes, baseline)


def test_other_questions_gold_or_models_cannot_be_compared() -> None:
    runs = outcomes()
    baseline = accepted(runs)
    asked = replace(runs[0], case=replace(runs[0].case, question="another"))
    gold = replace(runs[0], case=replace(runs[0].case, relevant=Relevant(("2",))))
    for other in ([asked, *runs[1:]], [gold, *runs[1:]], runs[1:]):
        with pytest.raises(gate.IncomparableRun, match="other questions"):
            gate.compare(baseline, other, MODEL)
    with pytest.raises(gate.IncomparableRun, match="embedding model"):
        gate.compare(baseline, runs, "another")
    assert gate.verdict(gate.compare(baseline, runs[::-1], MODEL)) == "pass"  # their order does not matter


def test_a_baseline_is_read_as_it_was_written(tmp_path: Path) -> None:
    baseline = accepted(outcomes({3}))
    gate.save(baseline, tmp_path / "new" / "baseline.json")
    assert gate.load(tmp_path / "new" / "baseline.json") == baseline


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"scores": {"a": [1]}}', '{"scores": {}, "more": 1}'])
def test_a_broken_baseline_is_named(text: str, tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"baseline\.json"):
        gate.load(path)


def test_a_run_that_says_nothing_exits_with_3(tmp_path: Path) -> None:
    for arguments in (["gate"], ["gate", "--retrieval", "--baseline", str(tmp_path / "none.json")]):
        done = CliRunner().invoke(evaluate, arguments)
        assert done.exit_code == 3
        assert "error: " in done.output


def test_the_baseline_that_ships_is_of_the_questions_that_ship() -> None:
    """Whoever changes questions or gold accepts a new baseline, with a reason, in the same commit."""
    assert gate.load(gate.BASELINE).questions == gate.questions_hash(load_searches())
