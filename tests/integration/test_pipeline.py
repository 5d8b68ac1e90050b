"""Documents into a real Postgres: only what changed is embedded, and what is stored is whole, whatever happens."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import psycopg
import pytest
from psycopg_pool import ConnectionPool
from shipped import PROMPTS

import ingest as ingest_package
from assistant.adapters.postgres.documents import Documents, bm25_weights
from assistant.adapters.postgres.store import Store
from assistant.domain import Chunk, Document, HousingAttributes, Nearby, Sentence, UnitType
from assistant.errors import ModelError, SourceError, StoreError
from assistant.ports import Vectors
from eval.perf.stand_ins import HashEmbedding, WordTokenizer
from ingest.pipeline import Report, ingest


class WatchedModel(HashEmbedding):
    """Remembers what it embedded, and dies of some texts."""

    def __init__(self) -> None:
        self.embedded: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        self.embedded += texts
        if any("die!" in text for text in texts):
            os.kill(os.getpid(), signal.SIGKILL)
        return super().embed_passages(texts)


class OtherEmbedding(WatchedModel):
    name = "other/8"


def complex_(number: int, text: str = "입주는 2027년 3월입니다.") -> Document:
    """A small notice."""
    return Document(
        "housing",
        f"{number}",
        f"독산동 단지{number}",
        f"Doksan-dong Complex {number}",
        (
            Chunk("schedule", f"단지{number} {text}", (Sentence(text, "It is.", "move_in", ("area:84",)),)),
            Chunk("price", f"단지{number}의 분양가", ()),
            Chunk("price", f"단지{number}의 타입별 분양가", ()),
        ),
        ("단지",),
        HousingAttributes(
            sido="서울특별시",
            sigungu="금천구",
            dong="독산동",
            households=432,
            move_in=date(2027, 3, 1),
            precise=True,
            unit_types=(UnitType("84.98A", 84.98, 112.5, 30, 95_000),),
            nearby=(Nearby("station", "독산역", "Doksan Station", 450, ("1호선",)),),
        ),
        "notices.csv",
    )


@pytest.fixture
def model() -> WatchedModel:
    return WatchedModel()


def same(model: WatchedModel) -> WatchedModel:
    return model


def run(store: Documents, documents: Sequence[Document], model: WatchedModel) -> Report:
    """Few documents are embedded by ``model`` itself, so that it can be seen; many by copies of it in processes."""
    open_model = partial(same, model)
    return ingest(documents, store=store, open_model=open_model, tokenizer=WordTokenizer(), workers=2, progress=False)


def rows(pool: ConnectionPool, query: str) -> list[Any]:
    with pool.connection() as connection:
        return connection.execute(query.encode()).fetchall()


def test_everything_of_a_document_is_stored(pool: ConnectionPool, documents: Documents, model: WatchedModel) -> None:
    assert run(documents, [complex_(1)], model) == Report(added=1, passages=3)
    assert rows(pool, "SELECT id, name_ko, aliases, origin FROM document") == [
        ("housing:1", "독산동 단지1", ["단지"], "notices.csv")
    ]
    assert rows(pool, "SELECT sigungu, households, move_in, competition FROM housing") == [
        ("금천구", 432, date(2027, 3, 1), None)
    ]
    assert rows(pool, "SELECT label, units, top_price FROM unit_type") == [("84.98A", 30, 95_000)]
    assert rows(pool, "SELECT name_ko, distance, lines, area FROM nearby") == [("독산역", 450, ["1호선"], None)]
    assert rows(pool, "SELECT id, ordinal FROM chunk ORDER BY ordinal") == [
        ("housing:1#schedule", 0),
        ("housing:1#price-1", 1),
        ("housing:1#price-2", 2),
    ]
    assert rows(pool, "SELECT sentences FROM chunk WHERE ordinal = 0") == [
        ([{"ko": "입주는 2027년 3월입니다.", "en": "It is.", "facet": "move_in", "tags": ["area:84"]}],)
    ]
    weights = bm25_weights({"단지1의": 1, "분양가": 1})
    stored = dict(rows(pool, "SELECT term, weight FROM posting WHERE chunk_id = 'housing:1#price-1'"))
    assert stored == pytest.approx(weights)


def test_what_has_not_changed_is_neither_embedded_nor_written(
    pool: ConnectionPool, documents: Documents, model: WatchedModel
) -> None:
    run(documents, [complex_(1), complex_(2)], model)
    written = dict(rows(pool, "SELECT id, xmin::text FROM document"))
    model.embedded.clear()
    moved = replace(complex_(1), origin="elsewhere.csv")
    assert run(documents, [moved, complex_(2, "입주는 2028년 1월입니다.")], model) == Report(
        changed=1, unchanged=1, passages=1
    )
    assert model.embedded[0] == "단지2 입주는 2028년 1월입니다."
    assert len(model.embedded) == 1
    now = dict(rows(pool, "SELECT id, xmin::text FROM document"))
    assert now["housing:1"] == written["housing:1"]
    assert now["housing:2"] != written["housing:2"]


def test_a_changed_document_leaves_nothing_of_its_old_self(
    pool: ConnectionPool, documents: Documents, model: WatchedModel
) -> None:
    run(documents, [complex_(1)], model)
    run(documents, [replace(complex_(1), chunks=(Chunk("schedule", "새 글", ()),), housing=None)], model)
    for table, count in {"chunk": 1, "embedding": 1, "posting": 2, "housing": 0, "unit_type": 0, "nearby": 0}.items():
        assert rows(pool, f"SELECT count(*) FROM {table}") == [(count,)], table


def test_only_what_changes_the_corpus_gives_it_another_revision(
    pool: ConnectionPool, documents: Documents, model: WatchedModel
) -> None:
    store = Store(pool)
    seen = [store.revision()]
    for change in ([complex_(1)], [complex_(1), complex_(2)], [complex_(2, "입주는 2030년 1월입니다.")]):
        run(documents, change, model)
        seen.append(store.revision())
    documents.delete(["housing:1"])
    seen.append(store.revision())
    assert len(set(seen)) == len(seen)
    run(documents, [complex_(2, "입주는 2030년 1월입니다.")], model)
    store.vocabulary(WordTokenizer(), PROMPTS)
    assert store.revision() == seen[-1]


def test_vectors_are_centred_per_language(pool: ConnectionPool, documents: Documents, model: WatchedModel) -> None:
    numbered = [complex_(number) for number in range(40)]
    english = [Document("faq", f"{n}", f"Q{n}", f"Q{n}", (Chunk("faq", f"Question {n}", (), "en"),)) for n in range(2)]
    run(documents, [*numbered, *english], model)
    # With the mean they share taken away, two passages are as likely to point apart as together.
    ((similarity,),) = rows(
        pool,
        "SELECT avg(1 - (a.centred::vector <=> b.centred::vector)) FROM embedding a JOIN embedding b "
        "ON a.chunk_id < b.chunk_id AND a.language = b.language WHERE a.language = 'ko'",
    )
    assert abs(similarity) < 0.1
    ((raw,),) = rows(
        pool,
        "SELECT avg(1 - (a.raw::vector <=> b.raw::vector)) FROM embedding a JOIN embedding b "
        "ON a.chunk_id < b.chunk_id",
    )
    assert raw > 0.9
    # Two passages are too few for a mean of their own: they must not become each other's opposites.
    ((between,),) = rows(
        pool,
        "SELECT 1 - (a.centred::vector <=> b.centred::vector) FROM embedding a JOIN embedding b "
        "ON a.chunk_id < b.chunk_id WHERE a.language = 'en' AND b.language = 'en'",
    )
    assert between > -0.9
    assert dict(rows(pool, "SELECT side || language, version FROM embedding_mean")) == {
        "passageko": 1,
        "passageen": 1,
        "queryko": 1,
        "queryen": 1,
    }


def test_another_embedding_model_is_refused_and_changes_nothing(documents: Documents, model: WatchedModel) -> None:
    run(documents, [complex_(1)], model)
    before = documents.hashes()
    with pytest.raises(StoreError, match=r"hash/8.*other/8"):
        run(documents, [complex_(2)], OtherEmbedding())
    assert documents.hashes() == before
    assert documents.embedding_model() == "hash/8"


def test_an_emptied_store_takes_another_model(documents: Documents, model: WatchedModel) -> None:
    run(documents, [complex_(1)], model)
    documents.delete(["housing:1"])
    run(documents, [complex_(1)], OtherEmbedding())
    assert documents.embedding_model() == "other/8"


def test_a_transaction_that_fails_stores_nothing_of_its_documents(documents: Documents, model: WatchedModel) -> None:
    run(documents, [complex_(1)], model)
    before = documents.hashes()
    # Postgres refuses the second document: there is no such tenure.
    wrong = replace(complex_(2), housing=replace(complex_(2).housing or HousingAttributes(), tenure="lease"))  # type: ignore[arg-type]
    changed = complex_(1, "다른 글.")
    vectors = model.embed_passages([chunk.text for document in (changed, wrong) for chunk in document.chunks])
    with pytest.raises(psycopg.errors.CheckViolation):
        documents.replace([changed, wrong], vectors, [{}] * 6, [b"1", b"2"])
    assert documents.hashes() == before


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (complex_(2, "글\0자"), "NUL"),
        (complex_(2, "\ud55c\ud800"), "surrogate"),
        (replace(complex_(2), chunks=()), "no text"),
        (complex_(1, "다른 글"), "other content"),
    ],
)
def test_bad_input_stores_nothing(wrong: Document, problem: str, documents: Documents, model: WatchedModel) -> None:
    with pytest.raises(SourceError, match=rf"notices\.csv.*{problem}"):
        run(documents, [complex_(1), wrong], model)
    assert documents.hashes() == {}
    assert model.embedded == []


def test_a_backslash_that_looks_like_a_nul_is_stored(documents: Documents, model: WatchedModel) -> None:
    assert run(documents, [complex_(1, "경로는 C:\\u0000입니다.")], model).added == 1


def test_worker_processes_give_the_same_vectors(pool: ConnectionPool, documents: Documents) -> None:
    many = [complex_(number) for number in range(20)]
    report = run(documents, many, WatchedModel())
    assert report == Report(added=20, passages=60)
    stored = dict(rows(pool, "SELECT chunk_id, raw::text FROM embedding"))
    for chunk_id, text in rows(pool, "SELECT id, text FROM chunk"):
        values = np.array([float(value) for value in str(stored[chunk_id]).strip("[]").split(",")])
        np.testing.assert_allclose(values, WatchedModel().embed_query(str(text)), atol=1e-3)


def test_a_worker_that_dies_leaves_whole_documents_and_the_next_run_goes_on(
    pool: ConnectionPool, documents: Documents
) -> None:
    many = [complex_(number) for number in range(60)]
    with pytest.raises(ModelError, match="died"):
        run(documents, [*many, complex_(60, "die!")], WatchedModel())
    stored = len(documents.hashes())
    assert rows(pool, "SELECT count(*) FROM embedding") == [(3 * stored,)]
    assert 0 < stored <= 60
    report = run(documents, many, WatchedModel())
    assert (report.added, report.unchanged) == (60 - stored, stored)
    assert not documents.needs_recentring()


PARENT = """
from test_pipeline import WatchedModel
from ingest.workers import embed_batches
if __name__ == "__main__":
    results = embed_batches(WatchedModel(), WatchedModel, [["a"] * 30] * 2, workers=1)
    next(results)
    print("ready", flush=True)
    input()
"""


def test_workers_end_with_a_killed_parent(tmp_path: Path) -> None:
    script = tmp_path / "parent.py"
    script.write_text(PARENT)
    folders = [Path(__file__).parent, Path(ingest_package.__file__ or "").parents[1]]
    parent = subprocess.Popen(
        [sys.executable, script],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))},
    )
    try:
        assert parent.stdout is not None
        assert parent.stdout.readline() == "ready\n"
        children = psutil.Process(parent.pid).children(recursive=True)
        assert children
    finally:
        parent.kill()
        parent.communicate()
    _, alive = psutil.wait_procs(children, timeout=5)
    assert [child for child in alive if child.status() != psutil.STATUS_ZOMBIE] == []


def test_two_ingests_at_once_store_each_document_once(documents: Documents) -> None:
    many = [complex_(number) for number in range(30)]
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda _: run(documents, many, WatchedModel()), range(2)))
    assert dict(documents.counts().searchable) == {"housing": 90}


def test_a_chunk_that_stays_as_it_was_is_not_embedded_again(documents: Documents, model: WatchedModel) -> None:
    run(documents, [complex_(1)], model)
    before = complex_(1)
    first, *others = before.chunks
    after = replace(before, chunks=(replace(first, text=first.text + " 다시"), *others))
    model.embedded.clear()
    assert run(documents, [after], model) == Report(changed=1, passages=1)
    assert model.embedded == [after.chunks[0].text]
