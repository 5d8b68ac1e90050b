"""Runs that are done: read back, compared, and told to people and build servers."""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from assistant.errors import SourceError
from eval.ablation import answers as answer_ablation
from eval.cli.commands import evaluate
from eval.gate.baseline import IncomparableRun
from eval.perf.harness import IDENTITY, Instant, made_cases
from eval.report import comparing, html_page, run_file
from eval.report.charts import Bar, bars, histogram
from eval.report.junit import junit
from eval.running.runner import Outcome, question_of
from eval.running.suite_run import SuiteRun
from eval.scoring.measures import Price
from eval.scoring.scorers import problems


def suite_run(
    wrong: Collection[int] = (), count: int = 60, epochs: int = 1, at: str = "2026-11-22T01:02:03"
) -> SuiteRun:
    """Refusals, right but for those numbered."""
    outcomes = []
    for epoch in range(1, epochs + 1):
        for number, case in enumerate(made_cases(count)):
            answer = replace(Instant().ask(question_of(case)), abstained=number not in wrong)
            outcomes.append(Outcome(case, answer, problems(case, answer), 0.5 + number / 100, epoch))
    return SuiteRun("made", IDENTITY, tuple(outcomes), 0, Path(), at)


@pytest.fixture
def runs(tmp_path: Path) -> tuple[run_file.ToldRun, run_file.ToldRun]:
    """Before: all right; after: three wrong."""
    paths = (tmp_path / "before.jsonl", tmp_path / "after.jsonl")
    run_file.write_run(suite_run(), paths[0])
    run_file.write_run(suite_run({3, 4, 5}), paths[1])
    return run_file.read_run(paths[0]), run_file.read_run(paths[1])


def test_a_run_is_read_as_it_was_written(runs: tuple[run_file.ToldRun, run_file.ToldRun]) -> None:
    after = runs[1]
    assert (after.name, after.made["suite"], len(after.outcomes)) == ("after", "made", 60)
    assert [one.id for one in after.outcomes if not one.right] == ["3", "4", "5"]
    assert after.outcomes[3].problems == ("answers what the documents do not hold",)
    assert set(after.groups()) == {"all", "kind unanswerable", "domain housing", "language ko"}
    assert run_file.abstention(after.outcomes) == {"unanswerable, declined": (57, 60), "answerable, declined": (0, 0)}


def test_the_latest_run_is_found_and_what_is_no_run_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no run yet"):
        run_file.run_path("latest", tmp_path)
    for at in ("2026-11-22T09:00:00+00:00", "2026-11-22T10:00:00+00:00"):
        run = suite_run(count=2, at=at)
        run_file.write_run(run, run_file.new_path(run, tmp_path))
    assert run_file.run_path("latest", tmp_path).name == "2026-11-22T10-00-00-made-instant.jsonl"
    assert run_file.run_path("2026-11-22T09-00-00-made-instant", tmp_path).exists()
    (tmp_path / "broken.jsonl").write_text('{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(SourceError, match=r"broken\.jsonl, line 1"):
        run_file.read_run(tmp_path / "broken.jsonl")


def test_what_changed_is_told_case_by_case(runs: tuple[run_file.ToldRun, run_file.ToldRun]) -> None:
    verdict, changed = comparing.compare(*runs)
    assert [one.before.id for one in changed] == ["3", "4", "5"]
    assert verdict.groups[0].points == pytest.approx(-5.0)
    text = comparing.table(*runs, verdict, changed)
    assert "3  100% → 0% right\n  Q: 질문 3\n" in text
    assert "✗  answers what the documents do not hold" in text
    assert "3 cases lost, 0 gained of 60: -5.00 points" in text


def test_other_questions_cannot_be_compared(runs: tuple[run_file.ToldRun, run_file.ToldRun], tmp_path: Path) -> None:
    run_file.write_run(suite_run(count=59), tmp_path / "fewer.jsonl")
    with pytest.raises(IncomparableRun):
        comparing.compare(runs[0], run_file.read_run(tmp_path / "fewer.jsonl"))
    asked = runs[1].outcomes
    other = replace(runs[1], outcomes=(replace(asked[0], question="다른 질문"), *asked[1:]))
    with pytest.raises(IncomparableRun, match="other questions"):
        comparing.compare(runs[0], other)


def test_repeats_that_differ_show_the_answer_that_differs(tmp_path: Path) -> None:
    run = suite_run(count=4, epochs=2)
    once = tuple(
        replace(one, problems=("no",)) if (one.case.id, one.epoch) == ("2", 2) else one for one in run.outcomes
    )
    for name, outcomes in (("a", run.outcomes), ("b", once)):
        run_file.write_run(replace(run, outcomes=outcomes), tmp_path / f"{name}.jsonl")
    _, (change,) = comparing.compare(*(run_file.read_run(tmp_path / f"{name}.jsonl") for name in "ab"))
    assert (change.before.id, change.after.epoch, change.share_after) == ("2", 2, 0.5)


def test_the_page_stands_alone_and_escapes_what_people_wrote(runs: tuple[run_file.ToldRun, run_file.ToldRun]) -> None:
    before, after = runs
    evil = replace(after.outcomes[3], answer="<script>alert('한글')</script>")
    after = replace(after, outcomes=(*after.outcomes[:3], evil, *after.outcomes[4:]))
    arms = answer_ablation.rows_json(
        answer_ablation.rows_of({answer_ablation.SHIPPED: suite_run(), "no example": suite_run({1, 2})})
    )
    page = html_page.page(after, change=(before, *comparing.compare(before, after)), arms=arms, price=Price(1.0, 2.0))
    assert not re.search(r"https?:|//|<script|<link|<img|url\(", page.replace("&lt;script", ""))
    assert "&lt;script&gt;alert(&#39;한글&#39;)&lt;/script&gt;" in page
    assert "95.0% of 60 questions answered rightly" in page
    assert {"Accuracy", "Time and cost", "What each idea is worth"} <= set(re.findall(r"<h2>([^<]+)</h2>", page))
    assert "no example" in page
    for chart in re.findall(r"<svg.*?</svg>", page, re.DOTALL):
        ElementTree.fromstring(chart)


def test_no_slice_is_certain(runs: tuple[run_file.ToldRun, run_file.ToldRun]) -> None:
    value = html_page.accuracy(runs[0].outcomes)
    assert (value.mean, value.high) == (1.0, 1.0)
    assert 0.9 < value.low < 1.0


def test_bars_lie_on_their_scale() -> None:
    chart = ElementTree.fromstring(bars([Bar("a", 50, 40, 60, "half")], least=0, most=100, unit=" %", title="t"))
    (bar,) = [one for one in chart.iter("rect") if one.get("class") == "bar"]
    assert float(bar.get("width", "0")) == pytest.approx((820 - 250 - 190) / 2)
    assert [one.text for one in chart.iter("text") if one.get("class") == "tick"][-1] == "100 %"
    assert histogram([], unit="s", title="t") == ""
    for most in (0.004, 0.3, 1.0, 7.0, 45.0):
        ticks = re.findall(r'class="tick"[^>]*>([\d.]+) s<', histogram([most, most / 2], unit="s", title="t"))
        assert 2 <= len(ticks) <= 8, most


def test_build_servers_are_told_failures_and_errors(runs: tuple[run_file.ToldRun, run_file.ToldRun]) -> None:
    outcomes = list(runs[1].outcomes)
    outcomes[7] = replace(outcomes[7], degraded=True, answer="벨\x07")
    root = ElementTree.fromstring(junit(replace(runs[1], outcomes=tuple(outcomes))).encode())
    (suite,) = root
    assert {name: suite.get(name) for name in ("tests", "failures", "errors")} == {
        "tests": "60", "failures": "3", "errors": "1",
    }  # fmt: skip
    failed = [case.get("name") for case in suite if case.find("failure") is not None]
    assert failed == ["3", "4", "5"]


def test_the_worth_of_an_idea_is_held_to_what_ships() -> None:
    shipped, without = answer_ablation.rows_of({answer_ablation.SHIPPED: suite_run(), "no role": suite_run({1, 2, 3})})
    assert (shipped.points.mean, shipped.lost, shipped.gained) == (0.0, 0, 0)
    assert (without.lost, without.gained, without.mcnemar) == (3, 0, 0.25)
    assert without.points.mean == pytest.approx(-5.0)
    assert without.points.low <= -5.0 <= without.points.high
    told_rows = answer_ablation.table([shipped, without]).splitlines()
    assert "-5.0" in told_rows[2]
    assert "+0.0" not in told_rows[1]


def test_an_arm_that_is_none_is_named() -> None:
    done = CliRunner().invoke(evaluate, ["ablate", "--arm", "no luck", "--limit", "2", "--model", "none"])
    assert done.exit_code == 2
    assert "no grounding" in done.output


def test_report_and_compare_from_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUDONGI_HOME", str(tmp_path))
    for name, wrong in (("before", ()), ("after", (1,))):
        run_file.write_run(suite_run(wrong, count=10), tmp_path / f"{name}.jsonl")
    before, after, out = (str(tmp_path / name) for name in ("before.jsonl", "after.jsonl", "report.html"))
    done = CliRunner().invoke(evaluate, ["compare", before, after, "--json"])
    assert json.loads(done.stdout)["changed"] == [{"id": "1", "before": 1.0, "after": 0.0}]
    files = ["--junit", str(tmp_path / "junit.xml"), "--json", str(tmp_path / "summary.json")]
    done = CliRunner().invoke(evaluate, ["report", after, "--against", before, "--out", out, *files])
    assert done.exit_code == 0, done.output
    assert "질문 1" in Path(out).read_text(encoding="utf-8")
    assert json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))["accuracy"]["all"]["mean"] == 0.9
    assert (tmp_path / "junit.xml").exists()
