"""The commands of ``budongi eval`` that ask the assistant and score its answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from eval.cli.options import (
    AT_LEAST_ONE,
    FOLDER,
    JSON,
    LIMIT,
    MODEL,
    OUT,
    PROMPTS,
    REPEAT,
    SUITE,
    measured_settings,
    print_summary,
)

if TYPE_CHECKING:
    from assistant.domain import Language


@click.command(name="run")
@SUITE
@MODEL
@PROMPTS
@REPEAT
@LIMIT
@click.option("--baseline", type=click.Choice(["naive"]), help="Ask this too, and print it beside the assistant.")
@click.option("--anew", is_flag=True, help="Ask everything again, also what earlier runs were told.")
@JSON
@OUT
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

    settings = measured_settings(model, prompts)
    done = suite_run.measure(settings, suite, epochs=repeat, limit=limit, anew=anew)
    other = naive_chain.measure(settings, suite, epochs=repeat, limit=limit, anew=anew) if baseline else None
    for path in (run_file.new_path(done, settings.home), *((out,) if out else ())):
        run_file.write_run(done, path)
    print_summary(report.summary(suite, done.outcomes), report.failures(done.outcomes), report.table, as_json)
    if other is not None:
        click.echo("\n" + beside(("assistant", "naive chain"), done.outcomes, other.outcomes), err=as_json)
    if done.reused:
        click.echo(f"{done.reused} of {len(done.outcomes)} answers are of earlier runs; --anew asks again", err=True)
    click.echo(f"log for `inspect view --log-dir {done.log.parent}`: {done.log.name}", err=True)


@click.command()
@click.option("--n", "count", type=AT_LEAST_ONE, default=300, show_default=True, help="Conversations to draw.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed draws the same conversations.")
@click.option("--language", type=click.Choice(["ko", "en"]), default="ko", show_default=True)
@click.option("--turns", type=click.IntRange(1, 2), default=1, show_default=True, help="Turns of each conversation.")
@click.option("--data", type=FOLDER, help="Default: ingest/samples.")
@JSON
@guarded
def facts(count: int, seed: int, language: Language, turns: int, data: Path | None, as_json: bool) -> None:
    """Ask for facts of the tables by the hundred: is the right one told, cited, and no figure of another complex?"""
    from assistant.answering.prompting import STAGES
    from assistant.bootstrap import open_assistant, warm
    from eval.data.complexes import load_complexes
    from eval.data.public_data import SAMPLES
    from eval.report import answers as report
    from eval.running.fact_checking import check
    from eval.running.fact_questions import FactQuestions
    from eval.running.runner import all_of, as_of_corpus, require_samples

    folder = data or SAMPLES
    with open_assistant(settings_from_environment()) as assistant:
        english = {name.id.removeprefix("housing:"): name.name_en for name, _ in assistant.vocabulary.entities}
        conversations = FactQuestions(load_complexes(english, folder), language, seed).draw(count, turns)
        require_samples(assistant, folder)
        warm(assistant, STAGES)
        outcomes = all_of(check(conversations, as_of_corpus(assistant)), sum(map(len, conversations)))
    summed = report.summary(f"facts ({language}, seed {seed}, conversations of {turns})", outcomes)
    print_summary(summed, report.failures(outcomes), report.table, as_json)
