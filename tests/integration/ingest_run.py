"""Ingests of a folder into a test's database with the real reading and writing, and a stand-in for the model."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from psycopg_pool import ConnectionPool
from shipped import PROMPTS

from assistant.adapters.postgres.ledger import Unchanged
from assistant.settings import Settings
from eval.perf.stand_ins import HashEmbedding, WordTokenizer, embed_here
from ingest.pipeline import Report
from ingest.reading import read_documents
from ingest.run import Run


def run_over(*paths: Path) -> Run:
    """A run as the command line begins it."""
    run = Run.over(paths, None, Settings())
    return replace(run, open_model=HashEmbedding, tokenizer=WordTokenizer(), embed=embed_here, progress=False)


def ingest_into(pool: ConnectionPool, *paths: Path, allow_removals: bool = False) -> Report | Unchanged:
    """What `budongi ingest PATHS` does."""
    run = run_over(*paths)
    if (unchanged := run.unchanged_in(pool)) is not None:
        return unchanged
    documents, sources = read_documents(PROMPTS, paths, progress=False)
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
