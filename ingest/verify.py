"""Sources against the store: every record is read and written again, and every row compared with what that gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.audit import Audit, Expected, Finding
from assistant.adapters.postgres.documents import Documents
from assistant.adapters.postgres.ledger import WRITTEN, Ledger
from assistant.domain import Document
from assistant.errors import SourceError
from assistant.ports import Tokenizer
from ingest import coverage
from ingest.pipeline import content_hash
from ingest.reading import read_documents
from ingest.run import Run
from ingest.sources import SourceErrors, Sources
from prompts.loader import Prompts


@dataclass(frozen=True, slots=True)
class Verified:
    """What a comparison found: the rows that are wrong, and the files that could not be read and so not be compared."""

    documents: int
    rows: int
    findings: tuple[Finding, ...]
    errors: tuple[SourceError, ...] = ()
    repaired: bool = False


@dataclass(slots=True)
class _Read:
    """What the verified files say: documents by id, proper nouns by origin, and the paths they were read from or are
    gone from. ``everything``: all files that the ledger knows."""

    prompts: Prompts
    ledger: Ledger
    everything: frozenset[str]
    cache: Path | None
    documents: dict[str, Document] = field(default_factory=dict)
    covered: set[str] = field(default_factory=set)
    terms: dict[str, set[tuple[str, str, str, str]]] = field(default_factory=dict)
    errors: list[SourceError] = field(default_factory=list)

    def add(self, paths: Sequence[Path], files: frozenset[str] | None) -> None:
        """The documents of one earlier run: of files that no later run read, and of files that are new."""
        gone = coverage.gone(paths) if files is not None else []
        paths = [path for path in paths if path not in gone]
        self.covered |= set(map(coverage.name, gone))
        self.terms |= {coverage.name(path): set() for path in gone}
        if not paths:
            return
        try:
            documents, sources = read_documents(self.prompts, paths, progress=False, cache=self.cache)
        except SourceErrors as errors:
            self.errors += errors.errors
            return
        except SourceError as error:
            # Readable, and nothing in it: then everything of it is gone.
            documents, sources = [], Sources(errors=(error,), bad=frozenset(paths))
        self.errors += sources.errors
        known = self.ledger.known_files(coverage.folders(paths))
        covered = coverage.covered(paths, sources, dict.fromkeys(sources.files, (b"", 0)), known, b"")
        self.covered |= set(covered.paths)
        others = frozenset() if files is None else self.everything - files
        for document in documents:
            if not covered.held.get(document.id, frozenset()) <= others:
                self.documents[document.id] = document
        for path in {*covered.paths, *([WRITTEN] if sources.notices else [])} - others:
            self.terms[path] = {term for term in covered.terms if term[3] == path}


def verify(
    prompts: Prompts,
    pool: ConnectionPool,
    begin: Callable[[Sequence[Path]], Run],
    tokenizer: Tokenizer,
    paths: Sequence[Path] = (),
    *,
    repair: bool = False,
    cache: Path | None = None,
    tell: Callable[[str], object] | None = None,
) -> Verified:
    """Compare these files and folders, or all that was ever ingested, with the store; and record what was found.

    Args:
        pool: the store.
        begin: makes the run over some paths that a repair ingests.
        tokenizer: for lexical terms.
        paths: what to verify; none for everything that the ledger knows.
        repair: write anew what is wrong, remove what should not be there, and compare once more.
        cache: folder where what was read of PDFs is kept.
        tell: what is going on, for people.

    Raises:
        StoreError, ModelError: store or model cannot be used.
    """
    audit, ledger = Audit(pool), Ledger(pool)
    groups = _groups(audit, paths)
    started = datetime.now(UTC)
    with ledger.alone(lambda: tell and tell("An ingest is running: waiting for it to end.")):
        verified = _compare(prompts, pool, groups, tokenizer, cache)
    if repair and verified.findings:
        if tell:
            tell(f"Repairing {len(verified.findings):,} rows.")
        _repair(prompts, pool, groups, begin, verified.findings)
        with ledger.alone():
            left = _compare(prompts, pool, _groups(audit, paths), tokenizer, cache)
        verified = replace(verified, repaired=not left.findings, errors=left.errors)
    audit.record(started, verified.rows, len(verified.findings), verified.repaired)
    return verified


def _groups(audit: Audit, paths: Sequence[Path]) -> list[tuple[list[Path], frozenset[str] | None]]:
    """What is read together, and which files it speaks for; None for whatever is read."""
    if paths:
        return [(list(paths), None)]
    return [([coverage.location(root) for root in roots], files) for roots, files in audit.runs()]


def _compare(
    prompts: Prompts,
    pool: ConnectionPool,
    groups: Iterable[tuple[list[Path], frozenset[str] | None]],
    tokenizer: Tokenizer,
    cache: Path | None,
) -> Verified:
    audit = Audit(pool)
    read = _Read(prompts, Ledger(pool), audit.files(), cache)
    for paths, files in groups:
        read.add(paths, files)
    findings = audit.findings(_expected(read.documents, tokenizer), sorted(read.covered))
    findings += _terms(read.terms, audit.terms())
    return Verified(len(read.documents), audit.rows(), tuple(findings), tuple(read.errors))


def _terms(
    wanted: Mapping[str, set[tuple[str, str, str, str]]], stored: set[tuple[str, str, str, str]]
) -> Iterator[Finding]:
    held = {term for term in stored if term[3] in wanted}
    expected = {term for terms in wanted.values() for term in terms}
    for kind, differing in (("missing", expected - held), ("extra", held - expected)):
        yield from (Finding(kind, "term", "", " ".join(term)) for term in sorted(differing))


def _expected(documents: Mapping[str, Document], tokenizer: Tokenizer) -> Iterator[Expected]:
    for document in documents.values():
        terms = [Counter(tokenizer.terms(chunk.text)) for chunk in document.chunks]
        yield Expected(document, terms, content_hash(document))


def _repair(
    prompts: Prompts,
    pool: ConnectionPool,
    groups: Iterable[tuple[list[Path], frozenset[str] | None]],
    begin: Callable[[Sequence[Path]], Run],
    findings: Sequence[Finding],
) -> None:
    audit = Audit(pool)
    audit.distrust({finding.document_id for finding in findings})
    for paths, _ in groups:
        gone = coverage.gone(paths)
        run = begin([path for path in paths if path not in gone])
        run = replace(run, gone=tuple(map(coverage.name, gone)))
        try:
            documents, sources = (
                read_documents(prompts, run.paths, progress=False, cache=run.cache) if run.paths else ([], Sources())
            )
        except (SourceError, SourceErrors):
            continue
        run.store_in(pool, documents, sources, allow_removals=True)
    orphans = {finding.document_id for finding in findings if finding.kind == "orphan" and finding.table == "document"}
    Documents(pool).delete(orphans)
    Documents(pool).recentre()
