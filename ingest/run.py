"""One ingest of some paths: whether there is anything to do, and doing it while no other ingest does."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Self

from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.documents import Documents
from assistant.adapters.postgres.ledger import Ledger, Unchanged
from assistant.adapters.postgres.pool import open_pool
from assistant.domain import Document
from assistant.errors import SourceError
from assistant.ports import Tokenizer
from assistant.settings import Settings
from ingest import coverage
from ingest.pipeline import Report
from ingest.sources import Sources
from ingest.workers import Embed, ModelFactory


@dataclass(frozen=True, slots=True)
class Run:
    """The paths of one ingest, and their content at the time it began: ``files`` as :func:`coverage.digests` has it.

    ``open_model`` and ``tokenizer`` stand in for those that the settings name, ``embed`` for embedding in processes.
    """

    settings: Settings
    paths: tuple[Path, ...]
    files: Mapping[Path, tuple[bytes, int]]
    key: bytes
    open_model: ModelFactory | None = None
    tokenizer: Tokenizer | None = None
    embed: Embed | None = None
    progress: bool = True
    gone: tuple[str, ...] = ()  # files given in earlier runs, as the ledger names them, that are no more

    @property
    def cache(self) -> Path:
        """Where what was read of PDFs is kept."""
        return self.settings.home / "cache" / "pdf"

    @classmethod
    def over(cls, paths: Sequence[Path], domain: str | None, settings: Settings) -> Self:
        """A run over these paths, whose files are hashed now."""
        problems: list[SourceError] = []
        files = coverage.digests(coverage.found(paths, problems.append))
        key = coverage.run_key(paths, files, domain, settings.embedding_model, *map(str, problems))
        return cls(settings, tuple(paths), files, key)

    def unchanged_since(self) -> Unchanged | None:
        """The last ingest of the same content by the same code; None where there is something to do.

        Raises:
            StoreError: Postgres cannot be used.
        """
        # A store that is not there yet holds nothing, and is not made before the files are known to be good.
        if not self.files or (self.settings.database_url is None and not (self.settings.home / "postgres").is_dir()):
            return None
        with open_pool(self.settings) as pool:
            return self.unchanged_in(pool)

    def unchanged_in(self, pool: ConnectionPool) -> Unchanged | None:
        """The same, in an open store."""
        return Ledger(pool).unchanged_since([coverage.name(path) for path in self.files], self.key)

    def store_in(
        self,
        pool: ConnectionPool,
        documents: Sequence[Document],
        sources: Sources,
        *,
        allow_removals: bool = False,
        queued: bool = False,
        tell: Callable[[str], object] | None = None,
    ) -> Report | None:
        """Store what was read; None, with nothing done, where the files have changed since the run began.

        ``queued`` leaves the embedding to workers (``budongi ingest worker``).

        Raises:
            BudongiError: as :func:`ingest.pipeline.ingest` does.
        """
        # Here, since morphology and model take a second to load, and often there is nothing to do.
        from assistant.adapters.lexical.terms import open_tokenizer
        from assistant.adapters.postgres.search_models import model_to_write
        from ingest.pipeline import ingest

        ledger = Ledger(pool)
        with ledger.alone(lambda: tell and tell("Another ingest is running: waiting for it to end.")):
            # Read before the lock was ours, or while an editor wrote: older content must not replace newer.
            if coverage.digests(coverage.found(self.paths)) != self.files:
                return None
            known = ledger.known_files(coverage.folders(self.paths)) | set(self.gone)
            return ingest(
                documents,
                store=Documents(pool),
                open_model=self.open_model or model_to_write(pool, self.settings),
                tokenizer=self.tokenizer or open_tokenizer(),
                ledger=ledger,
                covered=coverage.covered(self.paths, sources, self.files, known, self.key),
                progress=self.progress,
                allow_removals=allow_removals,
                embed=self._queue(pool) if queued else self.embed,
            )

    def _queue(self, pool: ConnectionPool) -> Embed:
        from assistant.adapters.postgres.embedding_queue import EmbeddingQueue
        from assistant.adapters.postgres.search_models import model_to_write
        from ingest.queue import embed_queued

        return partial(embed_queued, EmbeddingQueue(pool, model_to_write(pool, self.settings)().name))
