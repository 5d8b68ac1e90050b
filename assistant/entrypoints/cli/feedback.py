"""``budongi feedback``: what people said of answers, for whoever mends them."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assistant.entrypoints.cli.ask import guarded, settings_from_environment


@click.command()
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file to write, instead of the screen.")
@guarded
def feedback(out: Path | None) -> None:
    """Every rated answer as a line of JSON, oldest first: what `budongi eval from-feedback` reads."""
    from assistant.adapters.postgres.feedback import Feedback
    from assistant.adapters.postgres.pool import open_pool

    with open_pool(settings_from_environment()) as pool:
        lines = [json.dumps(row, ensure_ascii=False) for row in Feedback(pool).all()]
    text = "".join(f"{line}\n" for line in lines)
    if out is None:
        click.echo(text, nl=False)
    else:
        out.write_text(text, encoding="utf-8")
        click.echo(f"{len(lines)} rated answers in {out}")
