"""A run as one HTML page that stands alone: accuracy with intervals, what changed, what is wrong, time and cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from assistant.domain import Usage
from eval.gate.decision import Verdict
from eval.report.charts import Bar, bars, histogram
from eval.report.comparing import ChangedCase
from eval.report.run_file import Told, ToldRun, abstention
from eval.running.runner import shares
from eval.scoring.measures import Price
from eval.statistics.intervals import clustered_error, minimum_detectable, percentile, wilson
from eval.statistics.resampling import Estimate, mean_of

PAGE = Path(__file__).parent / "report_page.html"
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
    sections = [
        _accuracy_section(run),
        _change_section(change),
        _arms_section(arms),
        _time_section(run, price),
        _wrong_section(run),
    ]
    made = ", ".join(f"{name} {value}" for name, value in run.made.items() if value and name != "ideas")
    template = Template(PAGE.read_text(encoding="utf-8"))
    title = f"budongi, suite {run.made.get('suite', '')}, {run.outcomes[0].model}"
    return template.substitute(
        title=escape(title), made=escape(made), lead=escape(lead), body="\n".join(filter(None, sections))
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


def _accuracy_section(run: ToldRun) -> str:
    rows = []
    for name, of in run.groups().items():
        value = accuracy(of)
        right = sum(one.right for one in of)
        interval = f"{value.low:.0%} to {value.high:.0%}"
        rows.append(Bar(name, 100 * value.mean, 100 * value.low, 100 * value.high, f"{right} of {len(of)}  {interval}"))
    chart = bars(rows, least=0, most=100, unit=" %", title="Accuracy by slice with 95 % intervals")
    told = "; ".join(f"{name}: {number} of {of}" for name, (number, of) in abstention(run.outcomes).items())
    return f"<h2>Accuracy</h2>{chart}<p>{escape(told)}</p>"


def _change_section(change: Change | None) -> str:
    if change is None:
        return ""
    before, verdict, changed = change
    rows = []
    for group in verdict.groups:
        tell = f"{group.points:+.1f}  ({group.lost} lost, {group.gained} gained)"
        rows.append(Bar(group.group, group.points, group.low, group.high, tell, marked=group.points < 0))
    reach = max(5.0, *(abs(end) for group in verdict.groups for end in (group.low, group.high)))
    chart = bars(rows, least=-reach, most=reach, unit="", title="Points against the run before")
    cases = "".join(map(_changed_case, changed))
    return (
        f"<h2>What changed against {escape(before.name)}</h2>{chart}"
        f"<p>{len(changed)} cases changed. McNemar p = {verdict.groups[0].mcnemar:.3f}.</p>{cases}"
    )


def _changed_case(one: ChangedCase) -> str:
    sides = []
    for name, told, share in (("before", one.before, one.share_before), ("after", one.after, one.share_after)):
        kind = "right" if told.right else "wrong"
        sides.append(f'<div class="side"><b class="{kind}">{name}: {share:.0%} right</b>{_answer(told)}</div>')
    return _case(one.after, f'<div class="sides">{"".join(sides)}</div>')


def _arms_section(arms: Sequence[Mapping[str, Any]]) -> str:
    if not arms:
        return ""
    rows = [
        Bar(
            arm["name"],
            arm["points"]["mean"],
            arm["points"]["low"],
            arm["points"]["high"],
            f"{arm['points']['mean']:+.1f}  ({arm['right']['mean']:.1%} right)",
            marked=arm["points"]["mean"] < 0,
        )
        for arm in arms
    ]
    reach = max(5.0, *(abs(arm["points"][end]) for arm in arms for end in ("low", "high")))
    chart = bars(
        rows, least=-reach, most=reach, unit="", title="Points against what ships, an idea switched off at a time"
    )
    return (
        f"<h2>What each idea is worth</h2><p class=soft>Points against what ships; {arms[0]['cases']} cases.</p>{chart}"
    )


def _time_section(run: ToldRun, price: Price | None) -> str:
    seconds = [one.seconds for one in run.outcomes]
    usage = sum((one.usage for one in run.outcomes), Usage())
    read, written = usage.input_tokens, usage.output_tokens
    told = [
        ("a turn, median", f"{percentile(seconds, 0.5):.2f} s"),
        ("a turn, 95th percentile", f"{percentile(seconds, 0.95):.2f} s"),
        ("tokens read, all turns", f"{read:,}"),
        ("tokens written", f"{written:,}"),
        ("turns on which the chat model failed", f"{sum(one.degraded for one in run.outcomes)}"),
    ]
    if price is not None:
        told.append(("cost of 1,000 turns", f"${1000 * price.of(read, written) / len(run.outcomes):.2f}"))
    rows = "".join(f'<tr><td>{name}</td><td class="number">{value}</td></tr>' for name, value in told)
    chart = histogram(seconds, unit="s", title="Seconds of a turn")
    return f"<h2>Time and cost</h2>{chart}<table>{rows}</table>"


def _wrong_section(run: ToldRun) -> str:
    wrong = [one for one in run.outcomes if not one.right]
    cases = "".join(_case(one, _answer(one)) for one in wrong)
    return f"<h2>Wrong answers</h2><details><summary>{len(wrong)} of {len(run.outcomes)}</summary>{cases}</details>"


def _case(one: Told, answers: str) -> str:
    history = "".join(f'<p class="soft">{escape(said)}</p>' for said in one.history)
    about = f"{one.id}, {one.kind}, {one.domain}, {one.language}"
    return (
        f'<div class="case"><div class="id">{escape(about)}</div>{history}'
        f"<h3>{escape(one.question)}</h3>{answers}</div>"
    )


def _answer(one: Told) -> str:
    why = "".join(f"<li>{escape(problem)}</li>" for problem in one.problems)
    told = f'<div class="answer">{escape(one.answer.strip())}</div>'
    return told + (f'<ul class="why">{why}</ul>' if why else "")
