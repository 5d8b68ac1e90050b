"""The sample posts in a real Postgres: what is offered, in what order, and what is said where nothing is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from psycopg_pool import ConnectionPool
from shipped import PROMPTS

from assistant.adapters.embeddings.models import LocalEmbedding
from assistant.adapters.lexical.terms import open_tokenizer
from assistant.adapters.postgres.migrations import migrate
from assistant.adapters.postgres.pool import connection_pool
from assistant.adapters.postgres.server import Postgres
from assistant.adapters.postgres.store import Store
from assistant.answering.turn import Assistant
from assistant.domain import Answer, Document, Question
from assistant.settings import Settings
from ingest.reading import SAMPLES, read_documents
from ingest.run import Run

FOLDERS = (SAMPLES / "listings", SAMPLES / "glossary")


@pytest.fixture(scope="module")
def pool(postgres: Postgres) -> Iterator[ConnectionPool]:
    migrate(postgres.url)
    with connection_pool(postgres.url, max_size=4) as pool:
        yield pool


@pytest.fixture(scope="module")
def documents() -> list[Document]:
    return read_documents(PROMPTS, FOLDERS, progress=False)[0]


@pytest.fixture(scope="module")
def assistant(pool: ConnectionPool) -> Assistant:
    tokenizer = open_tokenizer()
    begun = Run.over(FOLDERS, None, Settings())
    run = Run(begun.settings, begun.paths, begun.files, begun.key, LocalEmbedding, tokenizer)
    assert run.store_in(pool, *read_documents(PROMPTS, FOLDERS, progress=False)) is not None
    store = Store(pool)
    store.refresh()
    return Assistant(store, LocalEmbedding(), tokenizer, store.vocabulary(tokenizer, PROMPTS))


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(Question(question))


def cited(answer: Answer) -> list[str]:
    return [citation.source_id for citation in answer.citations]


def test_a_price_limit_and_a_place_are_kept(assistant: Assistant, documents: list[Document]) -> None:
    answer = ask(assistant, "금천구 자전거 10만원 이하 있어?")
    by_id = {document.source_id: document.listing for document in documents}
    assert cited(answer)
    for source_id in cited(answer):
        post = by_id[source_id]
        assert post is not None
        assert "bicycle" in post.kinds
        assert post.price is not None
        assert post.price <= 100_000
        assert post.sigungu == "금천구"
    assert not answer.abstained
    assert answer.model == "none"


def test_an_english_question_finds_korean_posts_and_reads_them_in_english(assistant: Assistant) -> None:
    answer = ask(assistant, "free sofa in Gwanak-gu?")
    assert set(cited(answer)) == {"L0057", "L0058"}
    assert "free, Sillim-dong, Gwanak-gu, Seoul, for sale" in answer.text


def test_what_is_sold_is_not_offered_and_what_is_reserved_comes_last(assistant: Assistant) -> None:
    answer = ask(assistant, "아이폰 있어?")
    assert "L0004" not in cited(answer)  # 거래완료
    answer = ask(assistant, "아이폰 13 얼마야")
    assert cited(answer)[-1] == "L0201"  # 예약중
    assert set(cited(answer)) == {"L0001", "L0002", "L0201"}
    assert cited(ask(assistant, "거래완료된 아이폰")) == ["L0004"]


def test_where_only_sold_posts_match_that_is_said(assistant: Assistant) -> None:
    answer = ask(assistant, "고데기 있어?")
    assert cited(answer) == ["L0178"]
    assert answer.text.startswith("지금 살 수 있는 글은 없습니다.")


def test_posts_are_ordered_by_price(assistant: Assistant, documents: list[Document]) -> None:
    prices = {document.source_id: document.listing.price for document in documents if document.listing}
    found = [prices[source_id] or 0 for source_id in cited(ask(assistant, "제일 싼 노트북"))]
    assert len(found) > 2
    assert found == sorted(found)


def test_where_nothing_meets_a_condition_it_is_named_and_let_go(assistant: Assistant) -> None:
    answer = ask(assistant, "강남구 피아노 있어?")
    assert answer.text.startswith("(조건(강남구)에 맞는 판매글은 없습니다.")
    assert cited(answer) == ["L0141"]


def test_what_nobody_offers_is_declined(assistant: Assistant) -> None:
    answer = ask(assistant, "중고 드론 있어?")
    assert answer.abstained
    assert "드론" in answer.text
    assert not answer.citations


def test_prohibited_goods_are_never_shown(assistant: Assistant) -> None:
    for question in ("담배 파는 사람 있어?", "8천원 이하 매물 있어?", "중고 안경 렌즈 있어?"):
        assert not {f"L{number:04d}" for number in range(181, 187)} & set(cited(ask(assistant, question))), question


def test_contact_details_are_nowhere_in_the_store(pool: ConnectionPool, assistant: Assistant) -> None:
    assert assistant.vocabulary is not None
    with pool.connection() as connection:
        texts = [row[0] for row in connection.execute("SELECT text || sentences::text FROM chunk").fetchall()]
    assert len(texts) > 200
    assert not [text for text in texts if "sample_desk77" in text or "２３４５" in text or "오육칠팔" in text]
