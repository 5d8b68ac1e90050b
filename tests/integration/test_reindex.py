"""Another embedding model for a full store: built beside the old one, compared, changed over to at once."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from psycopg_pool import ConnectionPool
from test_pipeline import complex_, rows

from assistant.adapters import documents as documents_module
from assistant.adapters import next_index as next_index_module
from assistant.adapters.documents import Documents
from assistant.adapters.embeddings import open_embedding
from assistant.adapters.next_index import NextIndex, drop_previous
from assistant.adapters.store import Store
from assistant.domain import Filters
from assistant.errors import EmptyStoreError, ModelError, StoreError
from assistant.ports import SearchRequest
from assistant.settings import Settings
from eval.perf.stand_ins import WordTokenizer
from ingest.pipeline import ingest
from ingest.reindex import build, change_over, put_in_place

DIMENSIONS = {"first": 8, "second": 12, "alike": 8}


class Handler(BaseHTTPRequestHandler):
    """Vectors that depend on the model and the text alone."""

    embedded: list[tuple[str, str]]
    refused = ""  # a text for which it answers 400

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        model, texts = asked["model"], asked["input"]
        type(self).embedded += [(model, text) for text in texts]
        if self.refused and any(self.refused in text for text in texts):
            self._answer(400, {"error": {"message": "refused"}})
            return
        data = [{"index": i, "embedding": vector(model, text), "object": "embedding"} for i, text in enumerate(texts)]
        self._answer(
            200, {"object": "list", "model": model, "data": data, "usage": {"prompt_tokens": 0, "total_tokens": 0}}
        )

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        payload = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, format: str, *args: object) -> None:
        """Not on the console."""


def vector(model: str, text: str) -> list[float]:
    seed = int.from_bytes(hashlib.sha256(f"{model} {text}".encode()).digest()[:8], "big")
    return [float(value) for value in 1 + np.random.default_rng(seed).standard_normal(DIMENSIONS[model])]


@pytest.fixture
def server() -> Iterator[type[Handler]]:
    """Serves every model of DIMENSIONS; records what it was asked."""
    handler = type("Recording", (Handler,), {"embedded": []})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        handler.url = f"http://127.0.0.1:{http.server_port}/v1"  # type: ignore[attr-defined]
        yield handler
        http.shutdown()


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


def opened(pool: ConnectionPool) -> Store:
    store = Store(pool)
    store.refresh()
    return store


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
    # Whoever still runs with the old model is told, and gets no chance match.
    with pytest.raises(StoreError, match="BUDONGI_EMBEDDING_MODEL"):
        found(running, settings, TEXT)
    assert rows(pool, "SELECT DISTINCT vector_dims(raw), vector_dims(centred) FROM embedding") == [(12, 12)]
    assert rows(pool, "SELECT DISTINCT model FROM embedding_mean") == [("openai/second",)]

    assert drop_previous(pool) == "openai/first"
    assert drop_previous(pool) is None
    assert rows(pool, "SELECT nspname FROM pg_namespace WHERE nspname LIKE '%%index'") == []
    fill(pool, second, range(7))
    assert Documents(pool).counts().searchable == {"housing": 21}


def test_a_model_of_the_same_length_is_not_mixed_either(pool: ConnectionPool, settings: Settings) -> None:
    fill(pool, settings)
    running = opened(pool)
    change_over(pool, settings, "openai:alike", swap=True, tell=lambda _: None)
    with pytest.raises(StoreError, match="another model"):
        found(running, settings, TEXT)


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


def test_nothing_to_do_is_said(pool: ConnectionPool, settings: Settings) -> None:
    with pytest.raises(EmptyStoreError):
        change_over(pool, settings, "openai:second", swap=True, tell=lambda _: None)
    fill(pool, settings)
    said: list[str] = []
    change_over(pool, settings, "openai:first", swap=True, tell=said.append)
    assert said == ["The passages are embedded with openai/first already."]
