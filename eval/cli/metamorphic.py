"""``budongi eval metamorphic``: does an answer stay where the question means the same?"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from eval.cli.options import AT_LEAST_ONE, FILE, JSON, print_json, write_lines

BELOW = 2  # exit code: something stays less often than it did


@click.command()
@click.option("--suite", help="A suite of eval/datasets, or a file.  [default: that of the thresholds]")
@click.option("--limit", type=AT_LEAST_ONE, help="Only so many cases, spread evenly.  [default: as the thresholds]")
@click.option("--gate", is_flag=True, help="Exit with 2 where something stays less often than the thresholds say.")
@click.option("--accept", is_flag=True, help="Keep what is reached as the thresholds; they only rise.")
@click.option("--out", type=FILE, help="Write every pair here, one a line.")
@JSON
@guarded
def metamorphic(
    suite: str | None, limit: int | None, gate: bool, accept: bool, out: Path | None, as_json: bool
) -> None:
    """Ask right answers' questions otherwise: preambles, order, spacing, synonyms, typos, units, again.

    Model none; the store must hold just the sample corpus.
    """
    from dataclasses import replace

    from assistant.bootstrap import open_assistant
    from eval.data.cases import load_suite
    from eval.gate.baseline import commit_of
    from eval.metamorphic import measure
    from eval.running.runner import all_of, as_of_corpus, require_samples
    from eval.running.suite_run import chosen

    if gate and accept:
        raise click.UsageError("--gate compares with the thresholds, --accept replaces them. Give one of them.")
    held = measure.load_thresholds() if gate or measure.THRESHOLDS.is_file() else {"thresholds": {}}
    suite, limit = suite or held.get("suite", "full"), limit or held.get("limit")
    cases = chosen(load_suite(suite), limit)
    with open_assistant(replace(settings_from_environment(), chat_model="none"), chat=False) as opened:
        require_samples(opened)
        measured = measure.measure(all_of(cases, len(cases)), as_of_corpus(opened))
    summed = measure.summary(measured)
    write_lines(
        out,
        (
            {"relation": one.relation, "id": one.case.id, "asked": one.case.question, "otherwise": one.question}
            | {"stays": one.stays, "before": one.before, "after": one.after}
            for one in measured.pairs
        ),
    )
    if accept:
        made = {"suite": suite, "limit": limit, "date": datetime.now(UTC).date().isoformat(), "commit": commit_of()}
        made |= {"thresholds": measure.raised(summed, held["thresholds"])}
        measure.THRESHOLDS.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    fell = measure.below(summed, held["thresholds"]) if gate else []
    if as_json:
        print_json(summed | ({"below": fell} if gate else {}))
    else:
        told = [measure.failures(measured), measure.table(summed), *(f"below: {one}" for one in fell)]
        click.echo("\n\n".join(part for part in told if part))
    if fell:
        sys.exit(BELOW)
