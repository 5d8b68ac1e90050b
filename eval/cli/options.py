"""Options and prints that several commands of ``budongi eval`` share."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from assistant.adapters.prompt_releases import in_use
from assistant.entrypoints.cli.ask import settings_from_environment
from assistant.settings import Settings

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)
EXISTING_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
AT_LEAST_ONE = click.IntRange(1)

SUITE = click.option(
    "--suite", default="smoke", show_default=True, help="A suite of eval/datasets, full for all of them, or a file."
)
MODEL = click.option("--model", help="The chat model to measure, instead of BUDONGI_CHAT_MODEL.")
REPEAT = click.option(
    "--repeat", type=AT_LEAST_ONE, default=1, show_default=True, help="Ask every question so many times."
)
LIMIT = click.option("--limit", type=AT_LEAST_ONE, help="Only so many cases, spread evenly over the suite.")
PROMPTS = click.option("--prompts", type=FOLDER, help="A folder of prompts to measure, instead of those in use.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print the summary as one JSON object.")
OUT = click.option("--out", type=FILE, help="Write every outcome here, one a line.")


def measured_settings(model: str | None = None, prompts: Path | None = None) -> Settings:
    """The settings of the environment, with that chat model and that folder of prompts where one is given.

    Raises:
        SettingsError, PromptError: they cannot be used.
    """
    settings = settings_from_environment()
    settings = replace(settings, chat_model=model) if model else settings
    if prompts is not None:
        settings = replace(settings, prompts=prompts.resolve())
        in_use(settings)
    return settings


def print_json(found: object) -> None:
    click.echo(json.dumps(found, ensure_ascii=False))


def print_summary(summed: dict[str, Any], failures: str, table: Callable[[dict[str, Any]], str], as_json: bool) -> None:
    """The summary as JSON, or what is wrong and then the summary as a table."""
    if as_json:
        print_json(summed)
    else:
        click.echo((failures + "\n\n" if failures else "") + table(summed))


def write_lines(out: Path | None, rows: Iterable[dict[str, Any]]) -> None:
    """A row a line, where a file is given."""
    if out is not None:
        out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
