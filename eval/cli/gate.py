"""``budongi eval gate`` and ``accept``: is it as good as what was accepted, and what is accepted from now on."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.adapters.prompt_releases import in_use
from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from assistant.errors import BudongiError
from eval.cli.options import AT_LEAST_ONE, FILE, LIMIT, PROMPTS, measured_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from assistant.settings import Settings
    from eval.gate.baseline import Measured

BASELINE = click.option("--baseline", help="A name of eval/baselines, or a JSON file.")
RETRIEVAL = click.option("--retrieval", is_flag=True, help="The retrieval questions, against the baseline retrieval.")


@click.command(name="gate")
@RETRIEVAL
@BASELINE
@PROMPTS
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as one JSON object.")
@click.option("--out", type=FILE, help="Write the verdict as JSON here.")
def gate_run(retrieval: bool, baseline: str | None, prompts: Path | None, as_json: bool, out: Path | None) -> None:
    """Is it as good as what was accepted? Exit code 0 pass, 1 alert, 2 block, 3 nothing can be said.

    What is measured, and with which chat model, stands in the baseline.
    """
    from eval.checks.linting import untrue_examples
    from eval.gate import baseline as gate

    try:
        name = gate.RETRIEVAL if retrieval else baseline
        if name is None:
            raise gate.IncomparableRun("It is not said what to measure. Add --retrieval or --baseline NAME.")
        held = gate.load(gate.baseline_path(baseline or name))
        settings = measured_settings(prompts=prompts)
        judged = in_use(settings)
        verdicts = gate.compare(held, _measure(settings, held.suite, held.produced))
    except BudongiError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(gate.IncomparableRun.exit_code)
    # A model may answer well in spite of examples that teach it to invent; they block whatever the figures say.
    faults = [str(fault) for fault in untrue_examples(judged.folder)]
    level = "block" if faults else gate.worst(verdicts)
    # With the prompts judged: `budongi prompts release` keeps no others.
    told = {"verdict": level, "faults": faults, "prompts": judged.hash}
    found = json.dumps(gate.verdicts_json(verdicts) | told, ensure_ascii=False)
    if out is not None:
        out.write_text(found + "\n", encoding="utf-8")
    click.echo(found if as_json else "\n".join([gate.table(verdicts, held), *faults, *(["block"] if faults else [])]))
    sys.exit(gate.EXIT_CODES[level])


@click.command()
@RETRIEVAL
@BASELINE
@click.option("--suite", help="The suite to measure; default: what the baseline was measured with, as for the others.")
@click.option("--model", help="The chat model: local, none, openai:NAME …")
@click.option("--repeat", type=AT_LEAST_ONE, help="Ask every question so many times.")
@LIMIT
@click.option("--reason", required=True, help="Why the new figures are right: it is kept in the file.")
@guarded
def accept(
    retrieval: bool,
    baseline: str | None,
    suite: str | None,
    model: str | None,
    repeat: int | None,
    limit: int | None,
    reason: str,
) -> None:
    """Measure anew, and make that the baseline of `eval gate`."""
    from eval.gate import baseline as gate

    name = baseline or (gate.RETRIEVAL if retrieval else None)
    if name is None or not reason.strip():
        raise click.UsageError("Say which baseline, --retrieval or --baseline NAME, and why it is right, --reason.")
    path = gate.baseline_path(name)
    before = gate.load(path) if path.exists() else None
    said = {"chat_model": model, "repeat": repeat, "limit": limit}
    made_with = dict(before.produced if before else {}) | {key: str(value) for key, value in said.items() if value}
    measured = gate.RETRIEVAL if retrieval else suite or (before.suite if before else "smoke")
    run = _measure(settings_from_environment(), measured, made_with, reason)
    gate.save(run, path)
    click.echo(f"{path}: {len(next(iter(run.scores.values())))} cases of {run.suite}, model {run.model}")


def _measure(settings: Settings, suite: str, made_with: Mapping[str, str], reason: str = "") -> Measured:
    """Measure a suite with the chat model, repeats and limit that ``made_with`` names."""
    from eval.gate import baseline as gate
    from eval.gate import runs
    from eval.running import suite_run
    from eval.search.store import retrieval_run

    if suite == gate.RETRIEVAL:
        return runs.of_searches(*retrieval_run(settings), reason)
    model = made_with.get("chat_model") or settings.chat_model
    repeat, limit = int(made_with.get("repeat", 1)), made_with.get("limit")
    settings = replace(settings, chat_model=model)
    run = suite_run.measure(settings, suite, epochs=repeat, limit=int(limit) if limit else None)
    kept = {"chat_model": model, "repeat": str(repeat)} | ({"limit": limit} if limit else {})
    command = " ".join(
        ["budongi eval run", f"--suite {suite}", f"--model {model}"]
        + [f"--{name} {kept[name]}" for name in ("repeat", "limit") if name in kept]
    )
    return runs.of_answers(run, {"command": command, **kept}, reason)
