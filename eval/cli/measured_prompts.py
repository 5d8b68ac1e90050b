"""``--prompts DIR`` of the commands that measure: another folder of prompts than the one in use."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from assistant.entrypoints.cli.ask import settings_from_environment
from assistant.entrypoints.prompt_releases import activate
from assistant.settings import Settings

PROMPTS = click.option(
    "--prompts",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A folder of prompts to measure, instead of those in use.",
)


def settings_with(prompts: Path | None) -> Settings:
    """The settings of the environment, with the prompts of that folder where one is given.

    Raises:
        SettingsError, PromptError: they cannot be used.
    """
    settings = settings_from_environment()
    if prompts is not None:
        settings = replace(settings, prompts=prompts.resolve())
        activate(settings)
    return settings
