"""Documents into the store: what changed is embedded and written, whole documents at a time."""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from typing import NoReturn, cast

import numpy as np
from tqdm import tqdm

from assistant.adapters.embeddings.models import calibration_questions
from assistant.adapters.postgres.documents import Documents, plain
from assistant.adapters.postgres.ledger import Covered, Ledger
from assistant.domain import Document, Language
from assistant.errors import SourceError
from assistant.ports import EmbeddingModel, Tokenizer, Vectors
from ingest.packaged_vectors import packaged_vectors
from ingest.workers import Embed, ModelFactory, embed_batches

# Raise it when the same document would be indexed differently (terms, weights, text that is embedded): all are redone.
INDEX_VERSION = 3
BATCH = 8  # passages, at least, of whole documents; about a second of one core
REMOVED_UNASKED = 20  # documents, and half of what the files held: a run that would remove more has to be told to


@dataclass(frozen=True, slots=True)
class Report:
    """What an ingest did: documents by what became of them, and how many passages were embedded."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    passages: int = 0
    removed: int = 0


def ingest(
    documents: Iterable[Document],
    *,
    store: Documents,
    open_model: ModelFactory,
    tokenizer: Tokenizer,
    workers: int | None = None,
    progress: bool = True,
    ledger: Ledger | None = None,
    covered: Covered | None = None,
    allow_removals: bool = False,
    embed: Embed | None = None,
) -> Report:
    """Bring the store up to date with these documents; those it holds already in the same form are left alone.

    All are checked before the first is written. Killed half way, it leaves whole documents and goes on from there.
    Documents that the covered files held and hold no longer are removed, at the end and at once; without ``covered``
    nothing is removed. Hold :meth:`Ledger.alone` meanwhile.

    Args:
        documents: all that the files hold.
        store: where to.
        open_model: the embedding model; picklable.
        tokenizer: for lexical terms.
        workers: embedding processes; by default one per core.
        progress: show a bar.
        ledger: of the same store, where ``covered`` is given.
        covered: which files these documents are of.
        allow_removals: remove, however many are gone.
        embed: how passages are embedded; by default here, in worker processes.

    Raises:
        SourceError: a document has no text, holds a NUL, or shares its id with another; too many are gone.
        StoreError: Postgres went away, or the store was filled with another embedding model.
        ModelError: the embedding model cannot be used.
    """
    hashed = _checked(documents)
    started = datetime.now(UTC)
    removed = _removals(ledger, covered, list(hashed), allow_removals) if ledger and covered else []
    stored = store.hashes()
    pending = [(document, digest) for document, digest in hashed.values() if stored.get(document.id) != digest]
    changed = sum(document.id in stored for document, _ in pending)
    model = open_model()
    _set_query_means(store, model)
    passages = 0
    if pending:
        batches = list(_batches(pending))
        texts = [[chunk.text for document, _ in batch for chunk in document.chunks] for batch in batches]
        known = store.vectors_of(document.id for document, _ in pending if document.id in stored)
        known |= packaged_vectors(model.name, (text for batch in texts for text in batch if text not in known))
        with progress_bar(sum(map(len, texts)), progress) as bar:
            for index, new in _embedded(
                embed or partial(embed_batches, model, open_model, workers=workers), texts, known
            ):
                passages += len(new)
                vectors = np.stack([new[text] if text in new else known[text] for text in texts[index]])
                terms = [Counter(tokenizer.terms(text)) for text in texts[index]]
                store.replace(
                    [document for document, _ in batches[index]],
                    vectors,
                    terms,
                    [digest for _, digest in batches[index]],
                    covered.held if covered else None,
                )
                bar.update(len(terms))
    if ledger and covered:
        digests = {key: digest for key, (_, digest) in hashed.items()}
        origins = {key: document.origin for key, (document, _) in hashed.items()}
        ledger.settle(covered, digests, origins, removed, index_version=INDEX_VERSION, started=started)
    elif pending or store.needs_recentring():
        store.recentre()
    return Report(len(pending) - changed, changed, len(hashed) - len(pending), passages, len(removed))


def _removals(ledger: Ledger, covered: Covered, present: Sequence[str], allowed: bool) -> list[str]:
    ids, held = ledger.removals(covered, present)
    if len(ids) > max(REMOVED_UNASKED, held / 2) and not allowed:
        raise SourceError(
            ", ".join(sorted({file.root for file in covered.files})) or "the sources",
            f"{len(ids):,} of the {held:,} documents that were stored from these files are in them no longer "
            f"({', '.join(ids[:3])} …).",
            "If they are to be removed, run it again with --allow-removals; nothing was stored or removed.",
        )
    return ids


def content_hash(document: Document) -> bytes:
    """SHA-256 over the document as canonical JSON. Where it came from does not count: a moved file is no change.

    Raises:
        SourceError: its text cannot be stored.
    """
    content = plain(document)
    del content["origin"]
    canonical = json.dumps([INDEX_VERSION, content], ensure_ascii=False, sort_keys=True, default=plain)
    where = document.origin or document.id
    # A backslash before it would make it the text "\u0000", which JSON writes as two backslashes.
    if "\\u0000" in canonical and "\0" in "".join(_strings(asdict(document))):
        raise SourceError(
            where, f"{document.id} holds a NUL character, which no text has.", "Remove it, or leave the file out."
        )
    try:
        return hashlib.sha256(canonical.encode()).digest()
    except UnicodeEncodeError:
        raise SourceError(
            where, f"{document.id} holds half of a surrogate pair, which no text has.", "Correct its encoding to UTF-8."
        ) from None


def _checked(documents: Iterable[Document]) -> dict[str, tuple[Document, bytes]]:
    """By id, each with its hash; the same document given twice counts once."""
    hashed: dict[str, tuple[Document, bytes]] = {}
    for document in documents:
        if not document.chunks:
            raise SourceError(document.origin or document.id, f"{document.id} has no text.", "Leave it out.")
        digest = content_hash(document)
        earlier = hashed.setdefault(document.id, (document, digest))
        if earlier[1] != digest:
            raise SourceError(
                document.origin or document.id,
                f"{document.id} is here with other content than in {earlier[0].origin or 'an earlier record'}.",
                "Keep one of the two.",
            )
    return hashed


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _strings(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)


def _batches(pending: Sequence[tuple[Document, bytes]]) -> Iterator[list[tuple[Document, bytes]]]:
    batch: list[tuple[Document, bytes]] = []
    for item in pending:
        batch.append(item)
        if sum(len(document.chunks) for document, _ in batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _embedded(
    embed: Embed, texts: Sequence[Sequence[str]], known: Mapping[str, Vectors]
) -> Iterator[tuple[int, dict[str, Vectors]]]:
    """``(index of the batch, vectors of its texts that are not known)``: batches that need no model first."""
    missing = [[text for text in dict.fromkeys(batch) if text not in known] for batch in texts]
    yield from ((index, {}) for index, batch in enumerate(missing) if not batch)
    waiting = [index for index, batch in enumerate(missing) if batch]
    for position, vectors in embed([missing[index] for index in waiting]):
        yield waiting[position], dict(zip(missing[waiting[position]], vectors, strict=True))


def _set_query_means(store: Documents, model: EmbeddingModel) -> None:
    """Once per model. Before any vector: the first mean also records which model the vectors are of."""
    for language, mean in query_means(model, store.adopt_model(model.name)):
        store.set_query_mean(model.name, language, mean)


def query_means(model: EmbeddingModel, known: Container[str]) -> Iterator[tuple[Language, Vectors]]:
    """The mean vector of general questions of each language that is not known."""
    for language, questions in calibration_questions().items():
        if language not in known:
            yield cast(Language, language), np.mean([model.embed_query(question) for question in questions], axis=0)


def progress_bar(total: int, shown: bool, unit: str = "passages") -> tqdm[NoReturn]:
    # In a log file, a line every ten seconds.
    interval = 0.1 if sys.stderr.isatty() else 10.0
    bar: tqdm[NoReturn] = tqdm(total=total, desc="Indexing", unit=f" {unit}", disable=not shown, mininterval=interval)
    return bar
