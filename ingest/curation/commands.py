"""``budongi curation``: on the command line what the pages of ``/curation`` show."""

from __future__ import annotations

import json

import click

from assistant.entrypoints.cli.ask import guarded, settings_from_environment


@click.group()
def curation() -> None:
    """What the people who own the documents look at; the pages at /curation of `budongi up` show more."""


@curation.command()
@click.option("--json", "as_json", is_flag=True, help="Print a line of JSON for each question.")
@guarded
def unanswered(as_json: bool) -> None:
    """Questions that no document answered, grouped by the word that the documents do not speak of."""
    from assistant.adapters.postgres.pool import open_pool
    from assistant.adapters.postgres.unanswered import Unanswered
    from ingest.curation.topics import group

    settings = settings_from_environment()
    with open_pool(settings) as pool:
        rows = Unanswered(pool, settings.unanswered_days).all()
    if as_json:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False, default=str))
        return
    if not rows:
        click.echo("No question without an answer is kept.")
    for topic in group(rows):
        click.echo(f"{topic.word or '(nothing in particular)'}: asked {topic.asked:,} times")
        for question in topic.questions:
            click.echo(f"{question['asked']:>6}  {question['question']}")
