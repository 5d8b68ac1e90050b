"""Ingests of a folder into a test's database with the real reading and writing, and a stand-in for the model."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from psycopg_pool import ConnectionPool

from assistant.adapters.ledger import Unchanged
from assistant.ports import Vectors
from assistant.settings import Settings
from ingest.pipeline import Report
from ingest.reading import read_documents
from ingest.run import Run


class HashEmbedding:
    """A vector that depends on the text alone, around a mean that all share."""

    name = "hash/8"
    dimensions = 8

    def embed_query(self, text: str) -> Vectors:
        digest = np.frombuffer(hashlib.sha256(text.encode()).digest()[:8], dtype=np.uint8)
        vector = 5 + digest.astype(np.float32) / 255
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.embed_query(text) for text in texts])


class WordTokenizer:
    """Words as they are."""

    def terms(self, text: str) -> list[str]:
        return text.split()

    def tagged(self, text: str) -> list[tuple[str, str, int]]:
        raise NotImplementedError("ingestion needs terms alone")


def run_over(*paths: Path) -> Run:
    """A run as the command line begins it."""
    run = Run.over(paths, None, Settings())
    return Run(run.settings, run.paths, run.files, run.key, HashEmbedding, WordTokenizer())


def ingest_into(pool: ConnectionPool, *paths: Path, allow_removals: bool = False) -> Report | Unchanged:
    """What `budongi ingest PATHS` does."""
    run = run_over(*paths)
    if (unchanged := run.unchanged_in(pool)) is not None:
        return unchanged
    documents, sources = read_documents(paths, progress=False)
    report = run.store_in(pool, documents, sources, allow_removals=allow_removals)
    assert report is not None
    return report


def write_faqs(file: Path, answers: Mapping[str, str]) -> None:
    """An FAQ file: answers by id."""
    lines = [{"id": key, "question": f"질문 {key}?", "answer": answer} for key, answer in answers.items()]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))


def write_notices(file: Path, rows: Sequence[Mapping[str, str]], template: Path) -> None:
    """A notices file with the columns of ``template``, each row its first row with other values."""
    import csv

    with template.open(encoding="utf-8-sig") as source:
        reader = csv.DictReader(source)
        first = next(reader)
        columns = list(reader.fieldnames or ())
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", newline="") as target:
        writer = csv.DictWriter(target, columns)
        writer.writeheader()
        for row in rows:
            writer.writerow({**first, **row})
