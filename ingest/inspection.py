"""``budongi ingest render`` and ``budongi ingest glossary``: looking at what is read, with nothing stored."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from ingest.telling import tell_errors
from prompts.loader import Prompts

WORDS_SHOWN = 40


def overrides(home: Path) -> list[Path]:
    """The file of people's own corrections to English names, where there is one."""
    path = home / "glossary" / "overrides.csv"
    return [path] if path.is_file() else []


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("rendered"), help="Folder.")
@click.option("--format", "form", type=click.Choice(["md", "pdf"]), default="md", help="Markdown or PDF.")
@click.option("--font", type=click.Path(path_type=Path), help="Font file with Korean letters, for PDF.")
@guarded
def render(paths: tuple[Path, ...], out: Path, form: str, font: Path | None) -> None:
    """Write documents as the assistant reads them into a folder (the samples, where no PATH is given)."""
    from ingest.fonts import korean_font
    from ingest.reading import read_documents
    from ingest.render import write

    chosen = korean_font(font) if form == "pdf" else None
    documents, sources = read_documents(Prompts.read(), _given(paths))
    tell_errors(sources.errors)
    written = write(documents, out, form, chosen)  # type: ignore[arg-type]
    click.echo(
        f"{len(documents):,} documents written: {written[-1]}"
        + (f" and {len(written) - 1:,} more files" if written[1:] else "")
        + "."
    )
    sys.exit(1 if sources.errors else 0)


@click.command()
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Every name with its source, and all words, as JSON.")
@guarded
def glossary(paths: tuple[Path, ...], as_json: bool) -> None:
    """Where the English of names comes from, and which words were only romanised, worst first."""
    from ingest.glossary import Glossary
    from ingest.glossary_report import names_used, report_json, report_lines, romanised_words
    from ingest.reading import read_documents

    _, sources = read_documents(Prompts.read(), _given(paths))
    tell_errors(sources.errors)
    known = Glossary(sources.terms)
    names = names_used(sources, known)
    words = romanised_words(names, known)
    if as_json:
        click.echo(json.dumps(report_json(names, words), ensure_ascii=False, indent=1))
    else:
        for line in report_lines(names, words, WORDS_SHOWN):
            click.echo(line)
    sys.exit(1 if sources.errors else 0)


def _given(paths: Sequence[Path]) -> list[Path]:
    from ingest.reading import SAMPLES

    return [*(paths or [SAMPLES]), *overrides(settings_from_environment().home)]
