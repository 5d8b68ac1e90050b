"""Many questions or messages at once: what ``--batch`` reads, and what ``--out`` takes."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import click

P = ParamSpec("P")
T = TypeVar("T")


def read_lines(path: Path, what: str, form: str, made: Callable[[dict[str, Any]], T]) -> Iterator[T]:
    """What is ``made`` of each line of JSON that is not blank; ``form``: what a line of ``what`` looks like.

    Raises:
        click.UsageError: the file cannot be read, or a line is no such object; the message names file and line.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise click.UsageError(f"{path} cannot be read: {error.strerror}. Name a file of JSON Lines.") from error
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{path} is not UTF-8. Give a UTF-8 file of JSON Lines.") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield made(json.loads(line))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise click.UsageError(
                    f"{path}, line {number}: not a {what} ({_fault(error)}). A line is {form}."
                ) from error


def _fault(error: Exception) -> str:
    match error:
        case json.JSONDecodeError():
            return f"it is not JSON, from column {error.colno} on"
        case KeyError():
            return f'it has no "{error.args[0]}"'
        case ValueError():
            return str(error)
    return "a part of it is of another kind"  # a list for an object, a number for a text


def check_out(out: Path | None, written: bool) -> None:
    """Before anything is loaded or asked.

    Raises:
        click.UsageError: nothing would be written to ``out``, or nothing can be.
    """
    if out is not None and not written:
        raise click.UsageError("--out goes with --batch or --json.")
    if out is not None and not out.parent.is_dir():
        raise click.UsageError(f"{out} cannot be written: there is no folder {out.parent}. Create it first.")


def write(rows: Iterator[dict[str, Any]], out: Path | None, total: int) -> None:
    """One JSON object a line, each written as soon as it is known."""
    if out is None:
        for row in rows:
            click.echo(json.dumps(row, ensure_ascii=False))
        return
    from tqdm import tqdm

    with out.open("w", encoding="utf-8") as file:
        for row in tqdm(rows, total=total, unit="question", disable=not sys.stderr.isatty()):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            file.flush()


batch_options = [
    click.option("--json", "as_json", is_flag=True, help="Print one JSON object."),
    click.option("--batch", type=click.Path(path_type=Path), help="Questions, one JSON object a line."),
    click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Where --batch writes its lines."),
]


def with_batch_options(command: Callable[P, T]) -> Callable[P, T]:
    for option in reversed(batch_options):
        command = option(command)
    return command
