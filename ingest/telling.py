"""What an ingest tells of files and documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

# Heavy modules are needed for types alone: --help must not wait for them.
if TYPE_CHECKING:
    from assistant.domain import Document
    from assistant.errors import SourceError
    from ingest.pipeline import Report
    from ingest.sources import Sources

SKIPPED_SHOWN = 10  # reasons of a file
FLAGGED_SHOWN = 10


def tell_errors(errors: Sequence[SourceError]) -> None:
    """Each with its file, line and mend."""
    for error in errors:
        click.echo(f"error: {error}\n", err=True)


def tell_what_was_read(documents: Sequence[Document], sources: Sources) -> None:
    """Documents by domain, posts that people must look at, and what was skipped and why."""
    for domain, number in Counter(document.domain for document in documents).items():
        click.echo(f"{domain}: {number:,} documents")
    _tell_flags(documents)
    if sources.notices and not (sources.parks or sources.stations or sources.schools or sources.places):
        click.echo(
            "note: no parks, stations or schools are among the files, so no distances are known. Give the folder that "
            "has them together with the notices."
        )
    _tell_skipped(Counter(sources.skipped))


def _tell_skipped(reasons: Counter[tuple[Path, str]]) -> None:
    """Per file, so that a folder of many never hides what one of them lost."""
    shown: Counter[Path] = Counter()
    for (path, reason), number in reasons.most_common():
        shown[path] += 1
        if shown[path] <= SKIPPED_SHOWN:
            click.echo(f"skipped: {path}: {reason}" + (f" ({number:,} times)" if number > 1 else ""))
    for path, number in shown.items():
        if number > SKIPPED_SHOWN:
            click.echo(f"skipped: {path}: {number - SKIPPED_SHOWN:,} more for other reasons")


def _tell_flags(documents: Sequence[Document]) -> None:
    """Posts that offer what may not be traded, or hold contact details: by their ids, as people must look at them."""
    flagged: dict[str, list[str]] = {}
    for document in documents:
        for flag in document.listing.flags if document.listing else ():
            flagged.setdefault(flag, []).append(document.source_id)
    for flag, ids in sorted(flagged.items()):
        shown = ", ".join(ids[:FLAGGED_SHOWN]) + (", …" if len(ids) > FLAGGED_SHOWN else "")
        told = (
            "contact details in the text, masked"
            if flag == "contact"
            else f"prohibited goods ({flag.removeprefix('prohibited:')}), never shown"
        )
        click.echo(f"flagged: {len(ids):,} listings with {told}: {shown}")


def tell_what_was_stored(report: Report, seconds: float) -> None:
    """What changed in the store, and how long that took."""
    click.echo(
        f"Stored: {report.added:,} added, {report.changed:,} changed, {report.unchanged:,} unchanged"
        + (f", {report.removed:,} removed" if report.removed else "")
        + f" ({report.passages:,} passages embedded, {seconds:.0f} s)."
    )
