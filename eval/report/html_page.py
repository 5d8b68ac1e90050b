"""A run as one HTML page that stands alone: accuracy with intervals, what changed, what is wrong, time and cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from assistant.domain import Usage
from eval.gate.decision import Verdict
from eval.report.charts import Bar, bars, histogram
from eval.report.comparing import ChangedCase
from eval.report.run_file import Told, ToldRun, abstention
from eval.running.runner import shares
from eval.scoring.measures import Price
from eval.statistics.intervals import clustered_error, minimum_detectable, percentile, wilson
from eval.statistics.resampling import Estimate, mean_of

PAGE = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    keep_trailing_newline=True,
    undefined=StrictUndefined,
).get_template("report_page.html")
Change = tuple[ToldRun, Verdict, Sequence[ChangedCase]]  # the run before, the verdict, and the cases that changed


def page(
    run: ToldRun, *, change: Change | None = None, arms: Sequence[Mapping[str, Any]] = (), price: Price | None = None
) -> str:
    """The whole page. ``arms`` are rows of ``eval ablate --json``; ``price`` turns tokens into dollars."""
    whole = accuracy(run.outcomes)
    values = _clustered(run.outcomes)
    asked = len(shares(run.outcomes))
    lead = f"{whole.mean:.1%} of {asked} questions answered rightly (95 %: {whole.low:.1%} to {whole.high:.1%})"
    if len({cluster for cluster, _ in values}) > 1:
        lead += f"; a true difference of {100 * minimum_detectable(clustered_error(values)):.1f} points would show"
    made = ", ".join(f"{name} {value}" for name, value in run.made.items() if value and name != "ideas")
    seconds = [one.seconds for one in run.outcomes]
    return PAGE.render(
        title=f"budongi, suite {run.made.get('suite', '')}, {run.outcomes[0].model}",
        made=made,
        lead=lead,
        accuracy=_accuracy_chart(run),
        abstention=abstention(run.outcomes),
        change=change
        and {"before": change[0], "verdict": change[1], "cases": change[2], "chart": _change_chart(change[1])},
        arms=arms,
        arms_chart=_arms_chart(arms) if arms else "",
        seconds=Markup(histogram(seconds, unit="s", title="Seconds of a turn")),
        spent=_spent(run, seconds, price),
        outcomes=run.outcomes,
    )


def accuracy(outcomes: Sequence[Told]) -> Estimate:
    """The share of right answers, with its interval over what the questions are about.

    Where all are right, or none, resampling sees no spread; Wilson's interval knows that there are few.
    """
    value = mean_of(_clustered(outcomes))
    if value.mean not in (0.0, 1.0):
        return value
    low, high = wilson(round(value.mean * value.pairs), value.pairs)
    return replace(value, low=low, high=high)


def summary(run: ToldRun) -> dict[str, Any]:
    """Accuracy of every slice, for programs; shares and intervals lie in [0, 1]."""
    return {
        "run": run.name,
        "made": dict(run.made),
        "accuracy": {name: {"answers": len(of), **asdict(accuracy(of))} for name, of in run.groups().items()},
        "abstention": {name: {"number": number, "of": of} for name, (number, of) in abstention(run.outcomes).items()},
    }


def _clustered(outcomes: Sequence[Told]) -> list[tuple[str, float]]:
    clusters = {one.id: one.cluster for one in outcomes}
    return [(clusters[id_], share) for id_, share in shares(outcomes).items()]


def _accuracy_chart(run: ToldRun) -> Markup:
    rows = []
    for name, of in run.groups().items():
        value = accuracy(of)
        right = sum(one.right for one in of)
        interval = f"{value.low:.0%} to {value.high:.0%}"
        rows.append(Bar(name, 100 * value.mean, 100 * value.low, 100 * value.high, f"{right} of {len(of)}  {interval}"))
    return Markup(bars(rows, least=0, most=100, unit=" %", title="Accuracy by slice with 95 % intervals"))


def _points_chart(rows: Sequence[Bar], title: str) -> Markup:
    """Points below and above zero, on a scale that reaches as far to either side."""
    reach = max(5.0, *(abs(end) for row in rows for end in (row.low, row.high)))
    rows = [replace(row, marked=row.value < 0) for row in rows]
    return Markup(bars(rows, least=-reach, most=reach, unit="", title=title))


def _change_chart(verdict: Verdict) -> Markup:
    rows = [
        Bar(one.group, one.points, one.low, one.high, f"{one.points:+.1f}  ({one.lost} lost, {one.gained} gained)")
        for one in verdict.groups
    ]
    return _points_chart(rows, "Points against the run before")


def _arms_chart(arms: Sequence[Mapping[str, Any]]) -> Markup:
    rows = [
        Bar(arm["name"], of["mean"], of["low"], of["high"], f"{of['mean']:+.1f}  ({arm['right']['mean']:.1%} right)")
        for arm in arms
        for of in [arm["points"]]
    ]
    return _points_chart(rows, "Points against what ships, an idea switched off at a time")


def _spent(run: ToldRun, seconds: Sequence[float], price: Price | None) -> dict[str, str]:
    usage = sum((one.usage for one in run.outcomes), Usage())
    told = {
        "a turn, median": f"{percentile(seconds, 0.5):.2f} s",
        "a turn, 95th percentile": f"{percentile(seconds, 0.95):.2f} s",
        "tokens read, all turns": f"{usage.input_tokens:,}",
        "tokens written": f"{usage.output_tokens:,}",
        "turns on which the chat model failed": f"{sum(one.degraded for one in run.outcomes)}",
    }
    if price is not None:
        cost = 1000 * price.of(usage.input_tokens, usage.output_tokens) / len(run.outcomes)
        told["cost of 1,000 turns"] = f"${cost:.2f}"
    return told
