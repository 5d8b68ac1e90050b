"""Another embedding model for a full store: built beside the old one, compared, changed over to at once."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from embedding_server import DIMENSIONS, Handler, embedding_server
from psycopg.conninfo import make_conninfo
from psycopg_pool import ConnectionPool
from test_pipeline import complex_, rows

from assistant.adapters.embeddings.models import open_embedding
from assistant.adapters.postgres import documents as documents_module
from assistant.adapters.postgres import next_index as next_index_module
from assistant.adapters.postgres.documents import Documents
from assistant.adapters.postgres.inquiries import StoredInquiries
from assistant.adapters.postgres.next_index import NextIndex, drop_previous
from assistant.adapters.postgres.pool import connection_pool
from assistant.adapters.postgres.search_models import SearchModels, model_to_write
from assistant.adapters.postgres.store import Store
from assistant.domain import Filters
from assistant.domain.inquiries import Inquiry
from assistant.errors import EmptyStoreError, ModelError, StoreError
from assistant.ports import SearchRequest
from assistant.settings import Settings
from eval.perf.stand_ins import WordTokenizer
from ingest.pipeline import ingest
from ingest.reindex import build, change_over, put_in_place


@pytest.fixture
def server() -> Iterator[type[Handler]]:
    """Serves every model of DIMENSIONS; records what it was asked."""
    with embedding_server(*DIMENSIONS) as handler:
        yield handler


@pytest.fixture
def settings(server: Any, tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, embedding_model="openai:first", openai_base_url=server.url)


def passages(server: Any) -> list[str]:
    """What was embedded, but for the questions that models are calibrated by."""
    return [text for _, text in server.embedded if re.match(r"단지\d", text)]


def fill(pool: ConnectionPool, settings: Settings, numbers: range = range(5)) -> None:
    ingest(
        [complex_(number) for number in numbers],
        store=Documents(pool),
        open_model=partial(open_embedding, settings),
        tokenizer=WordTokenizer(),
        progress=False,
    )


def named(settings: Settings, model: str) -> Settings:
    return Settings(home=settings.home, embedding_model=f"openai:{model}", openai_base_url=settings.openai_base_url)


def found(store: Store, settings: Settings, text: str) -> list[str]:
    request = SearchRequest(open_embedding(settings).embed_query(text), (), "ko", Filters(), limit=3)
    return [result.chunk_id for result in store.search(request)]


def opened(pool: ConnectionPool, model: str | None = None) -> Store:
    store = Store(pool)
    store.refresh(model)
    return store


def desk(pool: ConnectionPool, settings: Settings) -> StoredInquiries:
    model = open_embedding(settings)
    return StoredInquiries(pool, opened(pool, model.name), model)


def accept(pool: ConnectionPool, settings: Settings, *ids: str) -> None:
    for id_ in ids:
        inquiry = Inquiry(id_, f"문의 {id_}", "ko", "네.")
        desk(pool, settings).put(inquiry, open_embedding(settings).embed_query(inquiry.message), ())


def similar(pool: ConnectionPool, settings: Settings, id_: str) -> list[str]:
    nearest = desk(pool, settings).nearest(open_embedding(settings).embed_query(f"문의 {id_}"), "ko", 10)
    return [one.inquiry.id for one in nearest]


VECTORS = "SELECT model, inquiry_id FROM inquiry_vector ORDER BY 1, 2"
TEXT = "단지3 입주는 2027년 3월입니다."


def test_the_old_index_is_searched_until_the_new_one_takes_over(
    pool: ConnectionPool, settings: Settings, server: Any
) -> None:
    fill(pool, settings)
    running = opened(pool)
    before = found(running, settings, TEXT)
    assert before[0] == "housing:3#schedule"

    said: list[str] = []
    change_over(pool, settings, "openai:second", swap=False, tell=said.append)
    assert "Built, and not searched" in said[-1]
    assert "%" in said[0]
    assert found(running, settings, TEXT) == before
    assert Documents(pool).embedding_model() == "openai/first"

    server.embedded.clear()
    change_over(pool, settings, "openai:second", swap=True, tell=said.append)
    assert passages(server) == []  # what was built is not embedded again
    assert Documents(pool).embedding_model() == "openai/second"
    second = named(settings, "second")
    assert found(opened(pool), second, TEXT)[0] == "housing:3#schedule"
    # Whoever still runs with the old model goes on with its index, also when it starts anew.
    assert found(running, settings, TEXT) == before
    assert found(opened(pool, "openai/first"), settings, TEXT) == before
    assert rows(pool, "SELECT DISTINCT vector_dims(raw), vector_dims(centred) FROM embedding") == [(12, 12)]
    assert rows(pool, "SELECT DISTINCT model FROM embedding_mean") == [("openai/second",)]

    assert drop_previous(pool) == "openai/first"
    assert drop_previous(pool) is None
    # And then is told, and gets no chance match.
    for store in (running, Store(pool)):
        with pytest.raises(StoreError, match=r"index of openai/first.*was dropped"):
            store.refresh("openai/first")
    with pytest.raises(StoreError, match=r"index of openai/first.*was dropped"):
        found(running, settings, TEXT)
    assert rows(pool, "SELECT nspname FROM pg_namespace WHERE nspname LIKE '%%index'") == []
    fill(pool, second, range(7))
    assert Documents(pool).counts().searchable == {"housing": 21}


def test_a_model_of_the_same_length_is_not_mixed_either(pool: ConnectionPool, settings: Settings) -> None:
    fill(pool, settings)
    running = opened(pool)
    before = found(running, settings, TEXT)
    change_over(pool, settings, "openai:alike", swap=True, tell=lambda _: None)
    assert found(running, settings, TEXT) == before
    drop_previous(pool)
    with pytest.raises(StoreError, match="another model"):
        found(running, settings, TEXT)


def test_while_it_is_gone_back_to_an_index_is_searched_by_those_who_have_only_that(
    pool: ConnectionPool, settings: Settings
) -> None:
    fill(pool, settings)
    running = opened(pool)
    before = found(running, settings, TEXT)
    change_over(pool, settings, "openai:second", swap=True, tell=lambda _: None)
    assert found(running, settings, TEXT) == before
    following = build(pool, partial(open_embedding, settings), progress=False)
    assert found(running, settings, TEXT) == before
    following.swap()
    assert found(running, settings, TEXT) == before


def test_the_stores_model_is_used_where_it_can_be_and_else_the_one_it_replaced(
    pool: ConnectionPool, settings: Settings, server: Any
) -> None:
    fill(pool, settings)
    running = SearchModels(pool, settings)
    assert running.usable().name == "openai/first"
    before = running.version()
    assert running.version() == before
    change_over(pool, settings, "openai:second", swap=True, tell=lambda _: None)
    server.models = frozenset({"first"})
    assert running.version()[1] == "openai/first"
    assert SearchModels(pool, settings).usable().name == "openai/first"
    # It is not asked for again at once, and used as soon as it answers.
    server.models = frozenset(DIMENSIONS)
    assert running.version()[1] == "openai/first"
    running._again = time.monotonic()
    assert running.version()[1] == "openai/second"
    # What the setting names is for a new store.
    assert SearchModels(pool, settings).usable().name == "openai/second"
    assert model_to_write(pool, settings)().name == "openai/second"
    server.models = frozenset()
    with pytest.raises(ModelError, match=r"openai/second.*openai/first"):
        SearchModels(pool, settings).usable()


def test_the_new_index_equals_an_ingest_with_that_model(pool: ConnectionPool, settings: Settings) -> None:
    fill(pool, settings)
    change_over(pool, settings, "openai:second", swap=True, tell=lambda _: None)
    everything = "SELECT chunk_id, language, raw::text, centred::text, text_hash, checksum FROM embedding ORDER BY 1"
    swapped = rows(pool, everything)
    means = rows(pool, "SELECT side, language, mean::text FROM embedding_mean ORDER BY 1, 2")
    Documents(pool).delete([f"housing:{number}" for number in range(5)])
    with pool.connection() as connection:
        connection.execute(b"DELETE FROM embedding_mean")
        connection.execute(b"ALTER TABLE embedding ALTER COLUMN centred TYPE halfvec")
    fill(pool, named(settings, "second"))
    assert rows(pool, everything) == swapped
    assert rows(pool, "SELECT side, language, mean::text FROM embedding_mean ORDER BY 1, 2") == means


def test_what_is_ingested_meanwhile_is_in_the_new_index(pool: ConnectionPool, settings: Settings) -> None:
    fill(pool, settings)
    open_model = partial(open_embedding, named(settings, "second"))
    following = build(pool, open_model, progress=False)
    fill(pool, settings, range(8))
    Documents(pool).delete(["housing:0"])
    with pytest.raises(StoreError, match=r"9 passages have no vector of openai/second"):
        following.swap()
    put_in_place(pool, following, open_model, lambda: None)
    assert Documents(pool).counts().searchable == {"housing": 21}


def test_a_passage_that_changes_while_it_is_embedded_stays_missing(pool: ConnectionPool, settings: Settings) -> None:
    fill(pool, settings)
    following = NextIndex(pool, "openai/second")
    following.begin()
    passages = following.missing()
    ingest(
        [complex_(1, "입주는 2030년 1월입니다.")],
        store=Documents(pool),
        open_model=partial(open_embedding, settings),
        tokenizer=WordTokenizer(),
        progress=False,
    )
    following.put(passages, {passage.text: np.ones(12, np.float32) for passage in passages})
    assert [passage.chunk_id for passage in following.missing()] == ["housing:1#schedule"]


def test_it_goes_on_where_it_stopped(pool: ConnectionPool, settings: Settings, server: Any) -> None:
    fill(pool, settings, range(7))
    server.refused = "단지5"
    with pytest.raises(ModelError):
        change_over(pool, settings, "openai:second", swap=True, tell=lambda _: None)
    assert Documents(pool).embedding_model() == "openai/first"
    done = rows(pool, "SELECT count(*) FROM next_index.embedding")[0][0]
    assert done > 0
    server.refused = ""
    server.embedded.clear()
    change_over(pool, settings, "openai:second", swap=True, tell=lambda _: None)
    assert len(passages(server)) == 21 - done


def test_going_back_embeds_only_what_is_new(pool: ConnectionPool, settings: Settings, server: Any) -> None:
    fill(pool, settings)
    change_over(pool, settings, "openai:second", swap=True, tell=lambda _: None)
    second = named(settings, "second")
    fill(pool, second, range(6))
    server.embedded.clear()
    change_over(pool, second, "openai:first", swap=True, tell=lambda _: None)
    assert sorted(passages(server)) == [
        "단지5 입주는 2027년 3월입니다.",
        "단지5의 분양가",
        "단지5의 타입별 분양가",
    ]
    assert found(opened(pool), settings, TEXT)[0] == "housing:3#schedule"


def test_the_vector_index_goes_with_its_vectors(
    pool: ConnectionPool, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents_module, "INDEX_FROM", 5)
    monkeypatch.setattr(next_index_module, "INDEX_FROM", 5)
    fill(pool, settings)
    change_over(pool, settings, "openai:second", swap=True, tell=lambda _: None)
    assert rows(pool, "SELECT schemaname, indexname FROM pg_indexes WHERE indexname LIKE '%%hnsw' ORDER BY 1") == [
        ("previous_index", "embedding_hnsw"),
        ("public", "embedding_hnsw"),
    ]
    assert found(opened(pool), named(settings, "second"), TEXT)[0] == "housing:3#schedule"


def test_past_inquiries_have_a_vector_of_each_model_while_its_index_is_kept(
    pool: ConnectionPool, settings: Settings, server: Any
) -> None:
    fill(pool, settings)
    second = named(settings, "second")
    accept(pool, settings, "a", "b")
    change_over(pool, settings, "openai:alike", swap=False, tell=lambda _: None)
    first = [("openai/first", "a"), ("openai/first", "b")]
    assert rows(pool, VECTORS) == [("openai/alike", "a"), ("openai/alike", "b"), *first]
    # An index that was begun gives way to that of another model.
    change_over(pool, settings, "openai:second", swap=True, tell=lambda _: None)
    assert rows(pool, VECTORS) == [*first, ("openai/second", "a"), ("openai/second", "b")]
    server.embedded.clear()
    assert [similar(pool, where, "b")[0] for where in (settings, second)] == ["b", "b"]
    accept(pool, settings, "c")
    accept(pool, second, "d")
    assert [similar(pool, where, id_)[0] for where in (settings, second) for id_ in "cd"] == ["c", "d", "c", "d"]
    assert ("second", "문의 a") not in server.embedded, "it was embedded before the swap"
    drop_previous(pool)
    assert rows(pool, VECTORS) == [("openai/second", id_) for id_ in "abcd"]


def test_an_inquiry_that_cannot_be_embedded_keeps_no_other_from_being_found(
    pool: ConnectionPool, settings: Settings, server: Any
) -> None:
    fill(pool, settings)
    accept(pool, settings, "a")
    change_over(pool, settings, "openai:second", swap=True, tell=lambda _: None)
    accept(pool, settings, "c")
    server.refused = "문의 c"
    assert similar(pool, named(settings, "second"), "a") == ["a"]
    server.refused = ""
    standby = make_conninfo(pool.conninfo, options="-c default_transaction_read_only=on")
    with connection_pool(standby, max_size=1) as read_only:
        assert similar(read_only, named(settings, "second"), "a") == ["a"]
    assert similar(pool, named(settings, "second"), "c")[0] == "c"


def test_nothing_to_do_is_said(pool: ConnectionPool, settings: Settings) -> None:
    with pytest.raises(EmptyStoreError):
        change_over(pool, settings, "openai:second", swap=True, tell=lambda _: None)
    fill(pool, settings)
    said: list[str] = []
    change_over(pool, settings, "openai:first", swap=True, tell=said.append)
    assert said == ["The passages are embedded with openai/first already."]
