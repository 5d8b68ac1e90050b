"""`kill -9` at random moments of an ingest, each followed by another run: is the store ever other than a clean one?

    python -m eval.perf.kills --count 200

Real Postgres, real reading and writing, processes of their own; only the embedding is a stand-in, for speed. Each round
changes the corpus at random, kills one or more ingests of it, looks for rows of half documents, lets an ingest end, and
compares a digest of every table with that of a clean ingest of the same folder into an empty database.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

import click
from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.audit import Audit
from assistant.adapters.postgres.migrations import migrate
from assistant.adapters.postgres.pool import connection_pool
from assistant.adapters.postgres.queries import query
from assistant.adapters.postgres.server import open_postgres
from assistant.settings import Settings
from eval.perf.corpus import Corpus
from eval.perf.machine import machine_line
from eval.perf.stand_ins import HashEmbedding, WordTokenizer, embed_here
from ingest.reading import read_documents
from ingest.run import Run
from prompts.loader import Prompts

LONGEST = 60.0  # seconds an ingest may take before something is wrong


@dataclass(slots=True)
class Outcome:
    """What the kills left. All but the first two must be 0."""

    kills: int = 0
    early: int = 0  # of them, ingests that had ended before they were to be killed
    partial: int = 0  # rows of half documents, right after a kill
    different: int = 0  # stores unlike a clean one, after another run


def ingest(pool: ConnectionPool, folder: Path) -> None:
    """Ingest a folder as the command line does, without what needs a real model."""
    run = replace(
        Run.over([folder], None, Settings()),
        open_model=HashEmbedding,
        tokenizer=WordTokenizer(),
        embed=embed_here,
        progress=False,
    )
    if run.unchanged_in(pool) is None:
        documents, sources = read_documents(Prompts.read(), [folder], progress=False)
        run.store_in(pool, documents, sources, allow_removals=True)


def rounds(url: str, clean_url: str, folder: Path, count: int, seed: int) -> Outcome:
    """Kill ``count`` ingests into the database at ``url``; ``clean_url`` is another for comparison, both migrated."""
    generator = random.Random(seed)
    corpus = Corpus(folder, generator)
    outcome = Outcome()
    # Children of a server that has everything imported already, and no thread or connection of ours.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(
        ["eval.perf.corpus", "ingest.pipeline", "ingest.run", "assistant.adapters.postgres.server"]
    )
    duration = 1.0
    with connection_pool(url) as pool, connection_pool(clean_url) as clean:
        while outcome.kills < count:
            for _ in range(generator.randint(1, 12) if outcome.kills else 40):
                corpus.change()
            corpus.write()
            child = context.Process(target=_ingest_at, args=(url, folder))
            child.start()
            time.sleep(generator.uniform(0, 1.2 * duration))
            _kill(child.pid)
            child.join(LONGEST)
            outcome.kills += 1
            outcome.early += child.exitcode == 0
            outcome.partial += len(Audit(pool).partial())
            if generator.random() < 0.3:
                continue  # and another change and kill on top of it
            start = time.monotonic()
            ingest(pool, folder)
            duration = time.monotonic() - start
            with clean.connection() as connection:
                connection.execute(query("measure/empty"))
            ingest(clean, folder)
            outcome.different += Audit(pool).digest() != Audit(clean).digest()
    return outcome


def _ingest_at(url: str, folder: Path) -> None:
    with connection_pool(url, max_size=4) as pool:
        ingest(pool, folder)


def _kill(pid: int | None) -> None:
    if pid is not None:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return


@click.command()
@click.option("--count", default=200, show_default=True, help="How many ingests to kill.")
@click.option("--seed", default=1, show_default=True, help="Of the changes and the moments.")
def main(count: int, seed: int) -> None:
    """Kill ingests at random moments and compare the store with a clean one."""
    click.echo(machine_line())
    with (
        tempfile.TemporaryDirectory() as folder,
        open_postgres(Settings(home=Path(folder) / "killed")) as killed,
        open_postgres(Settings(home=Path(folder) / "clean")) as clean,
    ):
        for postgres in (killed, clean):
            migrate(postgres.url)
        outcome = rounds(killed.url, clean.url, Path(folder) / "data", count, seed)
    click.echo(f"ingests killed with -9:             {outcome.kills} ({outcome.early} had ended before)")
    click.echo(f"rows of half documents after a kill: {outcome.partial}")
    click.echo(f"stores unlike a clean ingest:        {outcome.different}")
    if outcome.partial or outcome.different:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
