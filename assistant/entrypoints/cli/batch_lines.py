"""Lines of a ``--batch`` file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click


def batch_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines that are not blank, with their numbers from 1.

    Raises:
        click.UsageError: the file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{path} cannot be read ({error}). Give a UTF-8 file of JSON Lines.") from error
    yield from ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
