"""``budongi eval ablate``: what each idea is worth, to answers or to searches."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from eval.cli.options import AT_LEAST_ONE, FILE, MODEL, REPEAT, SUITE, measured_settings


@click.command()
@SUITE
@MODEL
@click.option("--arm", "arms", multiple=True, help="Only this arm, beside what ships; may be given again.")
@REPEAT
@click.option("--limit", type=AT_LEAST_ONE, help="Only so many cases, or groups of retrieval questions.")
@click.option("--retrieval", is_flag=True, help="Of the search: its parts, and the terms that BM25 counts.")
@click.option("--corpus", is_flag=True, help="With --retrieval: the ways to write the corpus; embeds for minutes.")
@click.option("--json", "as_json", is_flag=True, help="Print the rows as one JSON object.")
@click.option("--out", type=FILE, help="Write the rows as JSON here.")
@guarded
def ablate(
    suite: str,
    model: str | None,
    arms: tuple[str, ...],
    repeat: int,
    limit: int | None,
    retrieval: bool,
    corpus: bool,
    as_json: bool,
    out: Path | None,
) -> None:
    """What each idea is worth: the same questions with one idea switched at a time, held to what ships."""
    if corpus and not retrieval:
        raise click.UsageError("--corpus is of the search: give --retrieval with it.")
    rows, told = _of_searches(limit, corpus) if retrieval else _of_answers(suite, model, arms, repeat, limit)
    found = json.dumps({"rows": rows}, ensure_ascii=False)
    if out is not None:
        out.write_text(found + "\n", encoding="utf-8")
    click.echo(found if as_json else told)


def _of_answers(
    suite: str, model: str | None, arms: tuple[str, ...], repeat: int, limit: int | None
) -> tuple[list[dict[str, Any]], str]:
    from eval.ablation import answers as answer_ablation
    from eval.data.cases import load_suite
    from eval.running.suite_run import chosen

    settings = measured_settings(model)
    cases = chosen(load_suite(suite), limit)
    runs = answer_ablation.run_arms(settings, suite, cases, arms or answer_ablation.ARMS, repeat)
    rows = answer_ablation.rows_of(runs)
    return answer_ablation.rows_json(rows), answer_ablation.table(rows)


def _of_searches(limit: int | None, corpus: bool) -> tuple[list[dict[str, Any]], str]:
    from eval.ablation import search_parts
    from eval.ablation.searches import ablate as run_ablation
    from eval.search.cases import load_searches

    rows = run_ablation(settings_from_environment(), load_searches(pairs=limit), corpus=corpus)
    return search_parts.rows_json(rows), search_parts.table(rows)
