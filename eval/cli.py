"""``budongi eval run``: a suite of questions through the assistant, and how many answers are right."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from assistant.cli import guarded, settings_from_environment


@click.group(name="eval")
def evaluate() -> None:
    """Measure answers against gold computed from the public tables."""


@evaluate.command(name="run")
@click.option("--suite", default="smoke", show_default=True, help="A suite of eval/datasets, or a JSON Lines file.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write every outcome here, one a line.")
@guarded
def run_suite(suite: str, as_json: bool, out: Path | None) -> None:
    """Ask every question of a suite and score the answers. The store must hold just the sample corpus."""
    from tqdm import tqdm

    from assistant.bootstrap import open_assistant, warm
    from eval import report
    from eval.cases import load, suite_path
    from eval.running import as_of_corpus, require_samples, run

    cases = load(suite_path(suite))
    outcomes = []
    with open_assistant(settings_from_environment()) as assistant:
        require_samples(assistant)
        warm(assistant)
        asked = run(cases, as_of_corpus(assistant))
        outcomes = list(tqdm(asked, total=len(cases), unit="question", disable=not sys.stderr.isatty()))
    if out is not None:
        lines = (json.dumps(report.outcome_json(outcome), ensure_ascii=False) + "\n" for outcome in outcomes)
        out.write_text("".join(lines), encoding="utf-8")
    summed = report.summary(suite, outcomes)
    if as_json:
        click.echo(json.dumps(summed, ensure_ascii=False))
        return
    if wrong := report.failures(outcomes):
        click.echo(wrong + "\n")
    click.echo(report.table(summed))
