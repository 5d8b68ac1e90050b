"""The commands of ``budongi eval`` that ask the assistant and score its answers."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from eval.cli.measured_prompts import PROMPTS, settings_with

if TYPE_CHECKING:
    from assistant.domain import Language
    from eval.running.runner import Outcome


def _print_answers(summed: dict[str, Any], outcomes: Sequence[Outcome], as_json: bool) -> None:
    from eval.report import answers as report

    if as_json:
        click.echo(json.dumps(summed, ensure_ascii=False))
        return
    if wrong := report.failures(outcomes):
        click.echo(wrong + "\n")
    click.echo(report.table(summed))


@click.command(name="run")
@click.option(
    "--suite", default="smoke", show_default=True, help="A suite of eval/datasets, full for all of them, or a file."
)
@click.option("--model", help="The chat model to measure, instead of BUDONGI_CHAT_MODEL.")
@PROMPTS
@click.option(
    "--repeat", type=click.IntRange(1), default=1, show_default=True, help="Ask every question so many times."
)
@click.option("--limit", type=click.IntRange(1), help="Only so many cases, spread evenly over the suite.")
@click.option("--baseline", type=click.Choice(["naive"]), help="Ask this too, and print it beside the assistant.")
@click.option("--anew", is_flag=True, help="Ask everything again, also what earlier runs were told.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write every outcome here, one a line.")
@guarded
def run_suite(
    suite: str,
    model: str | None,
    prompts: Path | None,
    repeat: int,
    limit: int | None,
    baseline: str | None,
    anew: bool,
    as_json: bool,
    out: Path | None,
) -> None:
    """Ask every question of a suite and score the answers. The store must hold just the sample corpus.

    Answers are kept under BUDONGI_HOME as they come, by all that they depend on: a run that was stopped goes on where
    it was, and one that was done asks nothing.
    """
    from eval.report import answers as report
    from eval.report import run_file
    from eval.report.side_by_side import beside
    from eval.running import naive_chain, suite_run

    settings = settings_with(prompts)
    settings = replace(settings, chat_model=model) if model else settings
    done = suite_run.measure(settings, suite, epochs=repeat, limit=limit, anew=anew)
    other = naive_chain.measure(settings, suite, epochs=repeat, limit=limit, anew=anew) if baseline else None
    for path in (run_file.new_path(done, settings.home), *((out,) if out else ())):
        run_file.write_run(done, path)
    _print_answers(report.summary(suite, done.outcomes), done.outcomes, as_json)
    if other is not None:
        click.echo("\n" + beside(("assistant", "naive chain"), done.outcomes, other.outcomes), err=as_json)
    if done.reused:
        click.echo(f"{done.reused} of {len(done.outcomes)} answers are of earlier runs; --anew asks again", err=True)
    click.echo(f"log for `inspect view --log-dir {done.log.parent}`: {done.log.name}", err=True)


@click.command()
@click.option("--n", "count", type=click.IntRange(1), default=300, show_default=True, help="Conversations to draw.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed draws the same conversations.")
@click.option("--language", type=click.Choice(["ko", "en"]), default="ko", show_default=True)
@click.option("--turns", type=click.IntRange(1, 2), default=1, show_default=True, help="Turns of each conversation.")
@click.option("--data", type=click.Path(path_type=Path, exists=True, file_okay=False), help="Default: ingest/samples.")
@click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
@guarded
def facts(count: int, seed: int, language: Language, turns: int, data: Path | None, as_json: bool) -> None:
    """Ask for facts of the tables by the hundred: is the right one told, cited, and no figure of another complex?"""
    from tqdm import tqdm

    from assistant.answering.prompting import STAGES
    from assistant.bootstrap import open_assistant, warm
    from eval.data.complexes import load_complexes
    from eval.data.public_data import SAMPLES
    from eval.report import answers as report
    from eval.running.fact_checking import check
    from eval.running.fact_questions import FactQuestions
    from eval.running.runner import as_of_corpus, require_samples

    folder = data or SAMPLES
    with open_assistant(settings_from_environment()) as assistant:
        english = {name.id.removeprefix("housing:"): name.name_en for name, _ in assistant.vocabulary.entities}
        conversations = FactQuestions(load_complexes(english, folder), language, seed).draw(count, turns)
        require_samples(assistant, folder)
        warm(assistant, STAGES)
        asked = check(conversations, as_of_corpus(assistant))
        total = sum(map(len, conversations))
        outcomes = list(tqdm(asked, total=total, unit="question", disable=not sys.stderr.isatty()))
    summed = report.summary(f"facts ({language}, seed {seed}, conversations of {turns})", outcomes)
    _print_answers(summed, outcomes, as_json)
