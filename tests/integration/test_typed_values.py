"""Typed values are stored beside their sentences; what an earlier version stored gets them by the next ingest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner
from ingest_run import ingest_into, run_over
from psycopg_pool import ConnectionPool
from shipped import PROMPTS

from assistant.adapters.postgres.audit import Audit
from assistant.adapters.postgres.documents import Documents
from assistant.adapters.postgres.store import Store
from assistant.domain import Document, Sentence, Value
from eval.perf.stand_ins import WordTokenizer
from ingest.cli import ingest
from ingest.pipeline import Report
from ingest.reading import SAMPLES, read_documents
from ingest.verify import verify

NOTICES = SAMPLES / "housing"


def as_before(document: Document) -> Document:
    """As a version without typed values wrote it."""
    chunks = [
        replace(chunk, sentences=tuple(replace(one, values=None) for one in chunk.sentences))
        for chunk in document.chunks
    ]
    return replace(document, chunks=tuple(chunks))


def sentences(pool: ConnectionPool, ids: list[str]) -> list[Sentence]:
    return [sentence for result in Store(pool).chunks_of(ids) for sentence in result.sentences]


def status(database: str) -> str:
    """What `budongi ingest status` says."""
    return CliRunner().invoke(ingest, ["status"], env={"BUDONGI_DATABASE_URL": database}).output


def test_an_old_store_gets_its_values_and_nothing_is_embedded_for_it(
    database: str, pool: ConnectionPool, documents: Documents
) -> None:
    written, sources = read_documents(PROMPTS, [NOTICES], progress=False)
    ids = [document.id for document in written]
    run_over(NOTICES).store_in(pool, [as_before(document) for document in written], sources)
    untyped, of = documents.untyped()
    assert untyped == of > 1_000
    assert f"{of:,} of {of:,} statements have no typed values yet" in status(database)
    # They can be read, as texts.
    assert {sentence.values for sentence in sentences(pool, ids)} == {None}
    vectors = Audit(pool).digest()["embedding"]

    with pool.connection() as connection:  # the code that decides what a run is has changed since then
        connection.execute("UPDATE ingest_run SET key = ''")
    assert ingest_into(pool, NOTICES) == Report(changed=len(written))
    assert documents.untyped() == (0, of)
    assert "typed values" not in status(database)
    assert Audit(pool).digest()["embedding"] == vectors
    stored = sentences(pool, ids)
    assert stored == [sentence for document in written for chunk in document.chunks for sentence in chunk.sentences]
    assert any(Value("price", 415_000_000, "won", "21.54E") in (sentence.values or ()) for sentence in stored)
    found = verify(PROMPTS, pool, lambda given: run_over(*given), WordTokenizer(), [NOTICES])
    assert (found.findings, found.errors) == ((), ())


def test_other_peoples_words_have_no_values(pool: ConnectionPool, documents: Documents, tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text("# 안내\n주차는 한 달에 30,000원입니다.\n")
    ingest_into(pool, note)
    assert documents.untyped() == (0, 0)
    assert {sentence.values for sentence in sentences(pool, list(documents.hashes()))} == {None}
