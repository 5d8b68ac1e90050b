"""``budongi assist`` and ``inquiries``: an agent's desk on the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from assistant.desk import Assisted, Decision
from assistant.domain import MOST_MESSAGE, checked_length
from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from assistant.entrypoints.cli.batch import check_out, read_lines, with_batch_options, write
from assistant.language.wellformed import wellformed


def _message(row: dict[str, Any]) -> tuple[str, str]:
    """Its id and text. Lines of ``ask --batch`` work too: there a message is a question."""
    said = str(row["message"] if "message" in row or "question" not in row else row["question"])
    return str(row["id"]), checked_length(wellformed(said), MOST_MESSAGE)


@click.command()
@click.argument("message", required=False)
@with_batch_options
@click.option("--no-draft", is_flag=True, help="Leave the drafted reply out.")
@guarded
def assist(message: str | None, as_json: bool, batch: Path | None, out: Path | None, no_draft: bool) -> None:
    """What an agent needs to answer a customer's MESSAGE: the help entry, similar inquiries, a cited draft."""
    from assistant.bootstrap import open_desk
    from assistant.entrypoints.json_forms.desk import assisted_json

    check_out(out, batch is not None or as_json)
    if (message is None) == (batch is None):
        raise click.UsageError("Give either a MESSAGE or --batch FILE.jsonl.")
    form = '{"id": "…", "message": "…"}'
    given = list(read_lines(batch, "message", form, _message)) if batch else [("", wellformed(message or ""))]
    for id_, text in given:
        if not text.strip():
            raise click.UsageError(f"The message {id_!r} is empty. Give the customer's message.")
        try:
            checked_length(text, MOST_MESSAGE)
        except ValueError as error:
            raise click.UsageError(f"The message: {error}") from error
    with open_desk(settings_from_environment(), chat=not no_draft) as desk:

        def rows() -> Iterator[dict[str, Any]]:
            for id_, text in given:
                yield assisted_json(id_, desk.assist(text, draft=not no_draft))

        if batch is not None or as_json:
            write(rows(), out, len(given))
        else:
            _print(desk.assist(given[0][1], draft=not no_draft))


def _print(assisted: Assisted) -> None:
    click.echo(f"Message: {assisted.message}")
    if assisted.flags:
        click.echo(f"Flags:   {', '.join(assisted.flags)}")
    click.echo("\nHelp entries:")
    for match in assisted.prediction.matches if assisted.prediction.fits else ():
        click.echo(f"  {match.probability:4.0%}  {match.faq_id}  {match.question}")
    click.echo(f"  {assisted.prediction.none:4.0%}  none fits")
    click.echo("\nSimilar inquiries:")
    for item in assisted.similar:
        click.echo(f"  {item.cosine:.2f}  {item.inquiry.id}  {item.inquiry.message}\n        {item.inquiry.answer}")
    if assisted.draft and assisted.reply:
        click.echo(f"\n{'Nothing answers; to send meanwhile' if assisted.reply.holding else 'Draft'}:")
        click.echo(f"{assisted.reply.text}\n")
        for note in assisted.reply.notes:
            click.echo(f"Note: {note}")
        for citation in assisted.draft.citations:
            click.echo(f"[{citation.n}] {citation.source_id}  {citation.quote}")


@click.group()
def inquiries() -> None:
    """Past inquiries: accept or reject a draft, and see how drafts fare."""


@inquiries.command()
@click.option("--message", required=True, help="What the customer wrote.")
@click.option("--answer", required=True, help="What the agent sent.")
@click.option("--draft", default="", help="What had been drafted: its edit distance to the answer is kept.")
@click.option("--faq", default="", metavar="ID", help="The help entry that the answer rests on.")
@guarded
def accept(message: str, answer: str, draft: str, faq: str) -> None:
    """Keep an accepted answer: the next message like this one finds it."""
    from assistant.bootstrap import open_desk

    with open_desk(settings_from_environment(), chat=False) as desk:
        kept = desk.accept(Decision(message, answer, draft, faq))
    click.echo(f"Kept as {kept.id}.")


@inquiries.command()
@click.option("--message", required=True, help="What the customer wrote.")
@click.option("--draft", required=True, help="What had been drafted.")
@click.option("--faq", default="", metavar="ID", help="The help entry that the draft rests on.")
@click.option("--reason", default="", help="What was wrong with it.")
@guarded
def reject(message: str, draft: str, faq: str, reason: str) -> None:
    """Note a draft that was turned down."""
    from assistant.bootstrap import open_desk

    with open_desk(settings_from_environment(), chat=False) as desk:
        desk.reject(Decision(message, "", draft, faq), reason)
    click.echo("Noted.")


@inquiries.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@guarded
def stats(as_json: bool) -> None:
    """What became of drafts, today and ever, and per help entry: accepted, edited, seconds taken and saved; disputes.

    Saved are the median seconds of answers written without a draft, of which there must be five, less those with one.
    """
    from assistant.adapters.postgres.inquiries import desk_figures
    from assistant.adapters.postgres.pool import open_pool
    from assistant.entrypoints.json_forms.desk import figures_json

    with open_pool(settings_from_environment()) as pool:
        found = desk_figures(pool)
    if as_json:
        click.echo(json.dumps(figures_json(found), ensure_ascii=False))
        return
    if not found.ever.decided:
        click.echo("No draft has been accepted or rejected yet.")
        sys.exit(0)
    for label, tally in (("today", found.today), ("in all", found.ever)):
        click.echo(
            f"{label + ':':<8}{tally.decided} decided, {tally.accepted} drafts accepted ({tally.unchanged} unchanged), "
            f"{tally.rejected} rejected, {tally.own} answered without a draft; edited {_number(tally.edit_distance)} "
            f"characters on average"
        )
    click.echo(
        f"\n{'help entry':<28}{'decided':>8}{'accepted':>9}{'unchanged':>10}{'edited':>8}{'seconds':>8}{'saved':>8}"
    )
    for row in found.entries:
        counts = f"{row.decided:>8}{row.accepted:>9}{row.unchanged:>10}"
        means = "".join(f"{_number(value):>8}" for value in (row.edit_distance, row.seconds, found.saved(row)))
        click.echo(f"{row.faq_id or '(none)':<28}{counts}{means}")
    for dispute in found.disputed:
        click.echo(f"disputed: {dispute.faq_id}  {dispute.rejected} rejected, {dispute.rewritten} rewritten")


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.0f}"
