"""``budongi prompts release`` and ``rollback``."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from assistant.adapters import prompt_releases
from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from assistant.settings import Settings
from prompts.loader import SHIPPED, Prompts


@click.command()
@click.option("--gate", "verdict", required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False),
              help="What `budongi eval gate --out FILE` wrote of these prompts.")  # fmt: skip
@click.option("--reason", required=True, help="What they make better: it is kept with them.")
@guarded
def release(verdict: Path, reason: str) -> None:
    """Keep the prompts of BUDONGI_PROMPTS, or those that ship, and use them from the next start on."""
    settings = settings_from_environment()
    if not reason.strip():
        raise click.UsageError("Say what these prompts make better: --reason.")
    today = datetime.now(UTC).date().isoformat()
    source = Prompts.read(settings.prompts or SHIPPED)
    made = prompt_releases.release(settings.home, source, verdict, date=today, reason=reason.strip())
    click.echo(f"released {made.prompts[:12]}; in use from the next start on")


@click.command()
@guarded
def rollback() -> None:
    """Return to the prompts that were in use before the latest release."""
    # Not settings_from_environment: a release that cannot be read must not keep one from leaving it.
    before = prompt_releases.roll_back(Settings.from_environment().home)
    told = f"release {before.prompts[:12]} of {before.date} ({before.reason})" if before else "the prompts that ship"
    click.echo(f"back to {told}, from the next start on")
