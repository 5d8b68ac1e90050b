"""``budongi search``, ``ask`` and ``doctor``."""

from __future__ import annotations

import functools
import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

from assistant.adapters.chat.registry import provider_of
from assistant.adapters.prompt_releases import in_use
from assistant.domain import (
    MOST_MESSAGE,
    MOST_QUESTION,
    MOST_TURNS,
    Answer,
    Finished,
    Message,
    Question,
    Released,
    Role,
    checked_length,
)
from assistant.entrypoints.cli.batch import check_out, read_lines, with_batch_options, write
from assistant.entrypoints.json_forms.conversation import state_from_json
from assistant.errors import BudongiError, SourceError
from assistant.language.wellformed import wellformed
from assistant.settings import Settings
from prompts.loader import Prompts

USAGE = 2  # exit code: a path or an option is wrong

P = ParamSpec("P")
T = TypeVar("T")


def guarded(command: Callable[P, T]) -> Callable[P, T]:
    """Errors meant for people become one paragraph and an exit code; anything else is a bug and shows its trace."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return command(*args, **kwargs)
        except BudongiError as error:
            click.echo(f"error: {error}", err=True)
            sys.exit(error.exit_code)
        except OSError as error:
            if error.filename is None:
                raise
            click.echo(f"error: {error.filename} cannot be used: {error.strerror}. Name another path.", err=True)
            sys.exit(USAGE)
        except KeyboardInterrupt:
            sys.exit(130)

    return run


def settings_from_environment() -> Settings:
    """Settings, with logging and prompts set up as they say.

    Raises:
        SettingsError, PromptError: they cannot be used.
    """
    settings = Settings.from_environment()
    provider_of(settings)
    logging.basicConfig(level=settings.log_level.upper(), format="%(levelname)s %(name)s: %(message)s")
    in_use(settings)
    return settings


def _question(row: dict[str, Any], role: str) -> Question:
    """One batch line as a question. NUL and half surrogate pairs, which no text has, are replaced.

    Raises:
        ValueError, KeyError, TypeError, AttributeError: it is not such a line.
    """
    asker = row.get("role") or role
    if asker not in ("user", "agent"):
        raise ValueError(f'"role" is {asker!r}, and can be "user" or "agent"')
    question = _named("question", wellformed(str(row["question"])), MOST_QUESTION)
    history = []
    for index, turn in enumerate(row.get("history") or ()):
        if index == MOST_TURNS:
            raise ValueError(f'"history" has more than {MOST_TURNS} messages. Send the latest')
        if turn["role"] not in ("user", "assistant"):
            raise ValueError(f'a turn\'s "role" is {turn["role"]!r}, and can be "user" or "assistant"')
        most = MOST_QUESTION if turn["role"] == "user" else MOST_MESSAGE
        said = _named(f"history.{index}.content", wellformed(str(turn["content"])), most)
        history.append(Message(turn["role"], said))
    who: Role = "agent" if asker == "agent" else "user"
    state = None if row.get("state") is None else state_from_json(row["state"])
    without = tuple(str(key) for key in row.get("without") or ())
    return Question(
        question,
        tuple(history),
        who,
        wellformed(str(row["id"])),
        state,
        without,
    )


def _named(field: str, text: str, most: int) -> str:
    try:
        return checked_length(text, most)
    except ValueError as error:
        raise ValueError(f'"{field}": {error}') from error


def _questions(question: str | None, batch: Path | None, role: str) -> list[Question]:
    if (question is None) == (batch is None):
        raise click.UsageError("Give either a QUESTION or --batch FILE.jsonl.")
    if batch is not None:
        form = (
            '{"id": "…", "question": "…"} with optional "history" [{"role", "content"}], "role", '
            '"state" (of an answer), "without" [keys]'
        )
        return list(read_lines(batch, "question", form, lambda row: _question(row, role)))
    assert question is not None
    try:
        return [_question({"id": "", "question": question}, role)]
    except ValueError as error:
        raise click.UsageError(str(error)) from error


@click.command()
@click.argument("question", required=False)
@with_batch_options
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 100), help="Results per question.")
@click.option("--like", metavar="ID", help="Documents like this one (a notice, post or help-centre answer) instead.")
@guarded
def search(
    question: str | None, as_json: bool, batch: Path | None, out: Path | None, limit: int, like: str | None
) -> None:
    """Retrieval alone: what would be looked at to answer QUESTION."""
    from assistant.bootstrap import open_assistant
    from assistant.entrypoints.json_forms.answer import search_json

    check_out(out, batch is not None or as_json)
    if like is not None:
        if question is not None or batch is not None:
            raise click.UsageError("--like takes the place of a QUESTION; give one of them.")
        _search_like(like, as_json, out, limit)
        return
    asked = _questions(question, batch, "user")
    with open_assistant(settings_from_environment(), chat=False) as assistant:

        def rows() -> Iterator[dict[str, Any]]:
            for item in asked:
                understanding, found = assistant.search(item, limit)
                yield search_json(item.id, item.text, understanding, found.results[:limit])

        if batch is not None or as_json:
            write(rows(), out, len(asked))
            return
        for row in rows():
            for result in row["results"]:
                click.echo(f"{result['rank']:>2}  {result['score']:.3f}  {result['name_ko']}  ({result['chunk_id']})")
                click.echo("    " + result["text"].replace("\n", "\n    "))
            if not row["results"]:
                click.echo("Nothing found.")


def _search_like(id_: str, as_json: bool, out: Path | None, limit: int) -> None:
    from assistant.bootstrap import open_assistant
    from assistant.entrypoints.json_forms.answer import similar_json

    with open_assistant(settings_from_environment(), chat=False) as assistant:
        found = assistant.store.similar(wellformed(id_), limit)
    if found is None:
        raise SourceError(
            id_, "no document has this id.", "Take a source_id or entity_id that `budongi search` printed."
        )
    if as_json:
        write(iter([similar_json(id_, found)]), out, 1)
        return
    for result in found:
        click.echo(f"{result.rank:>2}  {result.score:.3f}  {result.name_ko}  ({result.source_id})")
    if not found:
        click.echo("Nothing found.")


@click.command()
@click.argument("question", required=False)
@with_batch_options
@click.option("--role", default="user", type=click.Choice(["user", "agent"]), show_default=True, help="Who is asking.")
@guarded
def ask(question: str | None, as_json: bool, batch: Path | None, out: Path | None, role: str) -> None:
    """One cited answer to QUESTION."""
    from assistant.bootstrap import open_assistant
    from assistant.entrypoints.json_forms.answer import answer_json

    check_out(out, batch is not None or as_json)
    asked = _questions(question, batch, role)
    with open_assistant(settings_from_environment()) as assistant:
        problems: dict[str, bool] = {}

        def answered(answer: Answer) -> Answer:
            if answer.degraded:
                problems[answer.problem] = answer.misconfigured
            return answer

        if batch is not None or as_json:
            write((answer_json(answered(assistant.ask(item))) for item in asked), out, len(asked))
        else:
            for event in assistant.stream(asked[0]):
                if isinstance(event, Released):
                    click.echo(event.text, nl=False)
                elif isinstance(event, Finished):
                    _print_sources(assistant.prompts, answered(event.answer))
    # The answers stand all the same, from the documents' own sentences; whoever called learns why, and by exit code
    # when a setting is to blame.
    for problem in problems:
        click.echo(f"error: {problem}", err=True)
    if any(problems.values()):
        sys.exit(1)


def _print_sources(prompts: Prompts, answer: Answer) -> None:
    click.echo("\n")
    if answer.degraded:
        click.echo(prompts.say("degraded", answer.understanding.language) + "\n")
    for citation in answer.citations:
        click.echo(f"[{citation.n}] {citation.source_id}  {citation.quote}")


@click.command()
@guarded
def doctor() -> None:
    """What is configured, reachable and wrong, and how to mend it."""
    from assistant.entrypoints.cli.diagnosis import examine

    healthy = True
    for finding in examine():
        healthy &= finding.ok
        click.echo(f"{'ok  ' if finding.ok else 'FAIL'}  {finding.what}: {finding.state}")
        if finding.mend:
            click.echo(f"      → {finding.mend}")
    sys.exit(0 if healthy else 1)
