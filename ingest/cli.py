"""``budongi ingest``."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.adapters.prompt_releases import in_use
from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from assistant.settings import Settings
from ingest.inspection import glossary, overrides, render
from ingest.telling import tell_errors, tell_what_was_read, tell_what_was_stored
from prompts.loader import Prompts

# Heavy modules (morphology, model, database) are imported where they are used: --help must not wait for them.
if TYPE_CHECKING:
    from assistant.domain import Document
    from ingest.pipeline import Report
    from ingest.sources import Sources

DOMAINS = ("housing", "faq", "listing", "document")
FINDINGS_SHOWN = 1_000


class _FilesByDefault(click.Group):
    """What is not the name of a command is a path: ``budongi ingest data/`` is ``budongi ingest files data/``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in self.commands and args[0] not in ("--help", "-h"):
            args = ["files", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_FilesByDefault, subcommand_metavar="PATH... | COMMAND")
def ingest() -> None:
    """Load files and folders into the store: `budongi ingest PATH... [--domain D] [--dry-run] [--samples]`.

    What a file is, its content decides: public housing CSVs, FAQ and listings as CSV or JSON, Markdown, text, HTML,
    PDF. Give notices together with their prices, places and glossary. A file with anything wrong in it is left out
    whole and named (exit code 1), and the good ones are stored. What has not changed since last time is left alone.
    """


@ingest.command()
@click.argument("paths", metavar="PATH...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--domain", type=click.Choice(DOMAINS), help="Refuse files of another domain.")
@click.option("--dry-run", is_flag=True, help="Read and check everything, store nothing.")
@click.option("--samples", is_flag=True, help="Load the sample corpus that comes with budongi.")
@click.option("--allow-removals", is_flag=True, help="Go on where more than half of what was stored is gone.")
@click.option(
    "--queue", is_flag=True, help="Leave the embedding to `budongi ingest worker`, here or on other machines."
)
@guarded
def files(
    paths: tuple[Path, ...], domain: str | None, dry_run: bool, samples: bool, allow_removals: bool, queue: bool
) -> None:
    """Load files and folders (the default).

    What a file or folder held at its last ingest and holds no longer is removed.
    """
    if not paths and not samples:
        raise click.UsageError("Give one or more files or folders, or --samples.")
    from assistant.adapters.postgres.pool import open_pool
    from ingest.pipeline import Report
    from ingest.reading import SAMPLES
    from ingest.run import Run

    settings = settings_from_environment()
    given = [*paths, *([SAMPLES] if samples else []), *overrides(settings.home)]
    if dry_run:
        documents, sources = _read(in_use(settings), given, domain)
        tell_what_was_read(documents, sources)
        click.echo("Nothing was stored (--dry-run).")
        sys.exit(1 if sources.errors else 0)
    start = time.monotonic()
    run = Run.over(given, domain, settings)
    if (unchanged := run.unchanged_since()) is not None:
        click.echo(f"Nothing to read: files, code and store are as they were at {unchanged.since.astimezone():%F %T}.")
        tell_what_was_stored(Report(unchanged=unchanged.documents), time.monotonic() - start)
        return
    report = None
    while report is None:
        documents, sources = _read(in_use(settings), given, domain, run.cache)
        tell_what_was_read(documents, sources)
        tell = partial(click.echo, err=True)
        with open_pool(settings) as pool:
            report = run.store_in(pool, documents, sources, allow_removals=allow_removals, queued=queue, tell=tell)
        if report is None:
            click.echo("The files have changed meanwhile: reading them again.", err=True)
            run = Run.over(given, domain, settings)
    if samples and not queue:
        load_past_inquiries(settings)
    tell_what_was_stored(report, time.monotonic() - start)
    if sources.errors:
        sys.exit(1)


@ingest.command()
@click.argument("paths", metavar="[PATH...]", nargs=-1, type=click.Path(path_type=Path))
@click.option("--repair", is_flag=True, help="Write anew what is wrong, remove what should not be there.")
@guarded
def verify(paths: tuple[Path, ...], repair: bool) -> None:
    """Compare every source record with the store, row by row; exit code 1 when something is wrong.

    Without PATH, everything that was ever ingested is compared with where it came from.
    """
    from assistant.adapters.lexical.terms import open_tokenizer
    from assistant.adapters.postgres.pool import open_pool
    from ingest.run import Run
    from ingest.verify import verify as compare

    settings = settings_from_environment()
    start = time.monotonic()
    with open_pool(settings) as pool:
        found = compare(
            in_use(settings),
            pool,
            lambda given: Run.over(given, None, settings),
            open_tokenizer(),
            [*paths, *(overrides(settings.home) if paths else [])],
            repair=repair,
            cache=settings.home / "cache" / "pdf",
            tell=partial(click.echo, err=True),
        )
    tell_errors(found.errors)
    for finding in found.findings[:FINDINGS_SHOWN]:
        click.echo(str(finding))
    if len(found.findings) > FINDINGS_SHOWN:
        click.echo(f"… and {len(found.findings) - FINDINGS_SHOWN:,} more")
    verdict = "repaired" if found.repaired else "wrong"
    click.echo(
        f"Verified: {found.documents:,} documents, {found.rows:,} rows, {len(found.findings):,} {verdict} "
        f"({time.monotonic() - start:.0f} s)."
    )
    if found.errors or (found.findings and not found.repaired):
        sys.exit(1)


@ingest.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@guarded
def inquiries(file: Path | None) -> None:
    """Load past inquiries with their accepted answers from FILE (JSON Lines), or the samples, for the agent desk."""
    given, new = load_past_inquiries(settings_from_environment(), file)
    click.echo(f"{given:,} inquiries, {new:,} of them new.")


@ingest.command()
@guarded
def status() -> None:
    """What the store holds, per domain, and how fresh it is: exit code 1 where it has not been checked for 24 hours."""
    from datetime import UTC, datetime

    from assistant.adapters.postgres.audit import Audit
    from assistant.adapters.postgres.documents import Documents
    from assistant.adapters.postgres.pool import open_pool
    from ingest.freshness import describe, freshness, interval

    with open_pool(settings_from_environment()) as pool:
        store, audit = Documents(pool), Audit(pool)
        counts, model, (untyped, of) = store.counts(), store.embedding_model(), store.untyped()
        (first, last), history = audit.ingests(), audit.history()
    if not counts.documents:
        click.echo("The store is empty. Load something with `budongi ingest PATH` or `budongi ingest --samples`.")
        return
    for domain, number in counts.documents.items():
        click.echo(
            f"{domain}: {number:,} documents, {counts.chunks[domain]:,} chunks, "
            f"{counts.searchable[domain]:,} of them searchable by meaning"
        )
    click.echo(f"embedding model: {model}")
    if untyped:
        click.echo(
            f"{untyped:,} of {of:,} statements have no typed values yet, since an earlier version wrote them; "
            "`budongi ingest` on their files adds them, and embeds nothing for that"
        )
    fresh = freshness(datetime.now(UTC), last, history)
    for line in describe(fresh, interval(first, history)):
        click.echo(line)
    if fresh.verdict == "fail":
        sys.exit(1)


@ingest.command()
@click.option("--processes", type=click.IntRange(1), help="Embed in so many processes; by default one per core.")
@click.option("--until-idle", is_flag=True, help="End when nothing is queued, instead of waiting for more.")
@guarded
def worker(processes: int | None, until_idle: bool) -> None:
    """Embed what `budongi ingest PATH --queue` has queued, here or on other machines, until Ctrl-C.

    All of them need the same BUDONGI_DATABASE_URL (on one machine the same BUDONGI_HOME will do) and embedding model.
    """
    from assistant.adapters.postgres.embedding_queue import EmbeddingQueue
    from assistant.adapters.postgres.pool import open_pool
    from assistant.adapters.postgres.search_models import model_to_write
    from ingest.queue import run_worker

    settings = settings_from_environment()
    with open_pool(settings) as pool:
        open_model = model_to_write(pool, settings)
        model = open_model()
        queue = EmbeddingQueue(pool, model.name)
        click.echo(f"Embedding with {model.name}; Ctrl-C ends it after the batch at hand.", err=True)
        run_worker(queue, open_model, processes=processes, until_idle=until_idle)


@ingest.command()
@click.option("--model", help="The other embedding model: local or openai:NAME.")
@click.option("--no-swap", is_flag=True, help="Build and compare, and go on searching the old index.")
@click.option("--drop-old", is_flag=True, help="Drop the index that was replaced, which is kept otherwise.")
@guarded
def reindex(model: str | None, no_swap: bool, drop_old: bool) -> None:
    """Embed everything anew with another model, while the old index is searched, and then change over at once.

    Servers that run change over by themselves; those that cannot use the new model go on with the old index until
    --drop-old. Until then going back to the model before needs no embedding. Killed half way, it goes on where it
    stopped.
    """
    if not model and not drop_old:
        raise click.UsageError("Give --model, or --drop-old, or both.")
    from assistant.adapters.postgres.next_index import drop_previous
    from assistant.adapters.postgres.pool import open_pool
    from ingest.reindex import change_over

    settings = settings_from_environment()
    with open_pool(settings) as pool:
        if model:
            change_over(pool, settings, model, swap=not no_swap, tell=click.echo)
        if drop_old:
            dropped = drop_previous(pool)
            click.echo(f"Dropped the index of {dropped}." if dropped else "There is no replaced index to drop.")


ingest.add_command(render)
ingest.add_command(glossary)


def load_samples(settings: Settings, *, only_if_empty: bool = False) -> Report | None:
    """Load the sample corpus; None where ``only_if_empty`` found other documents, or the samples, already there.

    A load that was killed half way counts as empty: it goes on where it stopped.

    Raises:
        BudongiError: the store or the embedding model cannot be used.
    """
    from assistant.adapters.postgres.documents import Documents
    from assistant.adapters.postgres.pool import open_pool
    from ingest.reading import SAMPLES, read_documents
    from ingest.run import Run

    with open_pool(settings) as pool:
        store = Documents(pool)
        stored = store.hashes()
        # Vectors that nobody centred are the mark of an ingest that did not come to its end.
        if only_if_empty and stored and not store.needs_recentring():
            return None
        documents, sources = read_documents(in_use(settings), [SAMPLES])
        if only_if_empty and not stored.keys() <= {document.id for document in documents}:
            store.recentre()
            return None
        click.echo(f"Loading the sample corpus ({len(documents):,} documents), once.", err=True)
        report = Run.over([SAMPLES], None, settings).store_in(pool, documents, sources)
    load_past_inquiries(settings)
    return report


def load_past_inquiries(settings: Settings, file: Path | None = None) -> tuple[int, int]:
    """Make the inquiries of ``file`` findable: how many it has, and how many were new.

    The vectors of the samples, which are loaded where there is no ``file``, are packaged: this takes about a second.
    """
    from assistant.bootstrap import open_desk
    from ingest.inquiries import SAMPLES, load_inquiries

    with open_desk(settings, chat=False) as desk:
        return load_inquiries(file or SAMPLES, desk)


def _read(
    prompts: Prompts, paths: Sequence[Path], domain: str | None, cache: Path | None = None
) -> tuple[list[Document], Sources]:
    from ingest.reading import read_documents
    from ingest.sources import SourceErrors

    click.echo("Reading and checking the files.", err=True)
    try:
        documents, sources = read_documents(prompts, paths, domain, cache=cache)
    except SourceErrors as errors:
        tell_errors(errors.errors)
        click.echo("Nothing was stored.", err=True)
        sys.exit(1)
    tell_errors(sources.errors)
    if sources.errors:
        click.echo(f"Left out: {len(sources.bad):,} files, of which nothing is stored anew.", err=True)
    if sources.housing_left_out:
        click.echo(
            "Left out: all housing notices, for one of the bad files belongs to them or may do so. Those in the store "
            "stay as they are.",
            err=True,
        )
    return documents, sources
