"""``budongi eval``: how many answers are right, and whether searches bring up what answers them."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import click

from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from assistant.settings import QUESTION_REWRITES
from eval.cli.ablation import ablate
from eval.cli.answer import facts, run_suite
from eval.cli.cassette import cassette
from eval.cli.first_sight import first_sight
from eval.cli.gate import accept, gate_run
from eval.cli.metamorphic import metamorphic
from eval.cli.options import AT_LEAST_ONE, JSON, OUT, print_json, print_summary, write_lines
from eval.cli.report import compare, report
from eval.cli.scoring import from_feedback, judge, labels, lint


@click.group(name="eval")
def evaluate() -> None:
    """Measure answers against gold computed from the public tables."""


for _command in (
    run_suite,
    facts,
    labels,
    judge,
    lint,
    from_feedback,
    gate_run,
    accept,
    ablate,
    compare,
    report,
    first_sight,
    metamorphic,
    cassette,
):
    evaluate.add_command(_command)


@evaluate.command()
@click.option("--limit", type=AT_LEAST_ONE, help="Only so many groups of questions that mean the same.")
@click.option("--slips", is_flag=True, help="Ask short English questions once more with slips that a program makes.")
@JSON
@OUT
@guarded
def retrieval(limit: int | None, slips: bool, as_json: bool, out: Path | None) -> None:
    """Search for every retrieval question: recall@5 and MRR. The store must hold just the sample corpus."""
    from eval.report import searches as search_report
    from eval.search.runner import summary
    from eval.search.store import retrieval_run

    outcomes, _ = retrieval_run(settings_from_environment(), limit, slips=slips)
    write_lines(out, map(search_report.outcome_json, outcomes))
    print_summary(summary(outcomes), search_report.failures(outcomes), search_report.table, as_json)


@evaluate.command(name="readout")
@click.option("--rewrite", type=click.Choice(QUESTION_REWRITES), help="Whether the chat model spells them out.")
@click.option("--limit", type=AT_LEAST_ONE, help="Only so many questions, evenly drawn from all.")
@click.option("--json", "as_json", is_flag=True, help="Print the scores as one JSON object.")
@guarded
def run_readout(rewrite: str | None, limit: int | None, as_json: bool) -> None:
    """What is understood of questions, field by field, against what a person read. The store must hold the samples."""
    from assistant.bootstrap import open_assistant
    from eval.running.runner import AS_OF, require_samples
    from eval.scoring import query_understanding

    settings = settings_from_environment()
    if rewrite is not None:
        settings = replace(settings, question_rewrite=rewrite)
    cases = query_understanding.load()
    cases = cases[:: max(1, len(cases) // limit)][:limit] if limit else cases
    with open_assistant(settings, chat=False) as opened:
        require_samples(opened)
        assistant = replace(opened, today=lambda: AS_OF)
        if assistant.rewriter is not None:
            assistant.rewriter.warm()
        scores, faults = query_understanding.measure((case, assistant.understand(case.question)) for case in cases)
    if as_json:
        rows = {
            name: {"right": score.right, "wrong": score.wrong, "missed": score.missed, "f1": round(score.f1, 4)}
            for name, score in scores.items()
        }
        print_json({"questions": len(cases), "scores": rows})
        return
    click.echo("\n\n".join(faults))
    click.echo(f"\n{len(cases)} questions; {len(cases) - len(faults)} read without a fault\n")
    for name, score in scores.items():
        click.echo(
            f"{name:<20}F1 {score.f1:.3f}   right {score.right:>4}, wrong {score.wrong:>3}, missed {score.missed:>3}"
        )


@evaluate.command()
@JSON
@OUT
@guarded
def documents(as_json: bool, out: Path | None) -> None:
    """Ask about seven public PDFs: is the right page found first? The store must hold them."""
    from assistant.bootstrap import open_assistant
    from eval.running.runner import all_of
    from eval.search import long_documents

    cases = long_documents.load_questions()
    with open_assistant(settings_from_environment(), chat=False) as assistant:
        long_documents.require_documents(cases, assistant)
        outcomes = all_of(long_documents.run(cases, assistant), len(cases))
    write_lines(out, map(asdict, outcomes))
    summed = long_documents.summary(outcomes)
    print_summary(summed, long_documents.failures(outcomes), long_documents.table, as_json)


@evaluate.command()
@JSON
@guarded
def faq(as_json: bool) -> None:
    """Match questions in people's own words with help-centre entries; where none fits, that must be told."""
    from assistant.bootstrap import open_assistant
    from eval.running.runner import all_of
    from eval.search.faq_matching import failures, load_faq_cases, match_all, summary, table

    cases = load_faq_cases()
    with open_assistant(settings_from_environment(), chat=False) as assistant:
        outcomes = all_of(match_all(cases, assistant), len(cases))
    print_summary(summary(outcomes), failures(outcomes), table, as_json)
