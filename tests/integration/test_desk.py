"""The agent's desk on the real store: what is accepted is found by the next message like it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from psycopg_pool import ConnectionPool
from shipped import PROMPTS
from starlette.testclient import TestClient

from assistant.adapters.embeddings.models import LocalEmbedding
from assistant.adapters.lexical.terms import open_tokenizer
from assistant.adapters.postgres.inquiries import StoredInquiries, desk_figures
from assistant.adapters.postgres.migrations import migrate
from assistant.adapters.postgres.pool import connection_pool
from assistant.adapters.postgres.server import Postgres
from assistant.adapters.postgres.store import Store
from assistant.answering.turn import Assistant
from assistant.desk import Decision, Desk
from assistant.entrypoints.http import create_api, read_keys
from assistant.entrypoints.json_forms.desk import assisted_json
from assistant.errors import InputError
from assistant.retrieval.entry_classifier import EntryPredictor
from assistant.settings import Settings
from ingest.inquiries import SAMPLES, load_inquiries
from ingest.reading import SAMPLES as DOCUMENTS
from ingest.reading import read_documents
from ingest.run import Run

HOME = {"id": "housing:none", "name_ko": "없는 단지", "name_en": "No Complex"}
FOLDERS = (DOCUMENTS / "faq", DOCUMENTS / "glossary")


@pytest.fixture(scope="module")
def pool(postgres: Postgres) -> Iterator[ConnectionPool]:
    migrate(postgres.url)
    with connection_pool(postgres.url, max_size=4) as pool:
        yield pool


@pytest.fixture(scope="module")
def desk(pool: ConnectionPool) -> Desk:
    tokenizer, embedding = open_tokenizer(), LocalEmbedding()
    documents, sources = read_documents(PROMPTS, FOLDERS, progress=False)
    Run.over(FOLDERS, None, Settings()).store_in(pool, documents, sources)
    store = Store(pool)
    store.refresh()
    inquiries = StoredInquiries(pool, store, embedding)
    predictor = EntryPredictor(store, inquiries)
    assistant = Assistant(store, embedding, tokenizer, store.vocabulary(tokenizer, PROMPTS), predictor=predictor)
    made = Desk(assistant, inquiries)
    assert load_inquiries(SAMPLES, made)[1] >= 150
    return made


def test_loading_again_adds_nothing(desk: Desk) -> None:
    assert load_inquiries(SAMPLES, desk)[1] == 0


def test_a_message_meets_its_help_entry_and_a_cited_draft(desk: Desk) -> None:
    found = desk.assist("판매자한테 입금했는데 채팅방을 나가버렸어요. 제 번호는 공일공-1234-5678")
    assert found.prediction.matches[0].faq_id == "market-scam"
    assert found.prediction.fits
    assert found.flags == ("phone",)
    assert "1234" not in found.message
    assert found.draft is not None
    assert {citation.source_id for citation in found.draft.citations} == {"market-scam"}
    assert "1234" not in found.draft.question.text


def test_where_no_entry_fits_none_is_predicted(desk: Desk) -> None:
    assert not desk.assist("자동차 보험 갱신은 어디서 하나요", draft=False).prediction.fits


def test_an_accepted_answer_is_found_by_a_paraphrase_at_once(desk: Desk, pool: ConnectionPool) -> None:
    answer = "주차권은 관리실에서 하루 두 장까지 드립니다. 연락처 010-9999-8888"
    draft = "주차권은 관리실에서 드립니다."
    kept = desk.accept(Decision("방문 차량 주차권은 몇 장 주나요", answer, draft, "parking", seconds=12.0))
    (best, *_) = desk.assist("손님 차 주차권 몇 장까지 받을 수 있어요?", draft=False).similar
    assert best.inquiry.id == kept.id
    assert "9999" not in best.inquiry.answer
    desk.reject(Decision("수수료요", "", "수수료는 30%입니다.", "market-fee"), "틀린 숫자")
    found = desk_figures(pool)
    rows = {row.faq_id: row for row in found.entries}
    assert (rows["parking"].accepted, rows["parking"].seconds) == (1, 12.0)
    assert rows["parking"].edit_distance
    assert (rows["market-fee"].decided, rows["market-fee"].accepted) == (1, 0)
    assert {row.faq_id for row in found.disputed} == {"parking", "market-fee"}
    assert (found.today.decided, found.today.accepted, found.today.rejected, found.today.own) == (2, 1, 1, 0)
    assert found.ever == found.today, "what was loaded was decided by nobody here"
    assert found.saved(rows["parking"]) is None, "nobody has answered without a draft"
    for seconds in (60.0, 70.0, 80.0, 90.0, 100.0):
        desk.accept(Decision("정문이 어디예요", "큰길 쪽입니다.", seconds=seconds))
    found = desk_figures(pool)
    assert (found.today.own, found.unaided_seconds) == (5, 80.0)
    assert found.saved({row.faq_id: row for row in found.entries}["parking"]) == 68.0


@pytest.mark.parametrize("message", ["", "  \n"])
def test_an_empty_message_is_refused(desk: Desk, message: str) -> None:
    with pytest.raises(InputError):
        desk.assist(message)


def test_other_programs_get_over_http_what_the_command_line_prints(desk: Desk) -> None:
    api = TestClient(
        create_api(lambda: desk, read_keys(""), 60, open_here=True), "http://localhost", client=("127.0.0.1", 1)
    )
    message = "판매자한테 입금했는데 채팅방을 나가버렸어요. 제 번호는 공일공-1234-5678"
    given = api.post("/assist", json={"message": message}).json()
    printed = json.loads(json.dumps(assisted_json("", desk.assist(message))))
    given["draft"].pop("timings_ms")
    printed["draft"].pop("timings_ms")
    assert given == printed
    (result,) = api.post("/search", json={"question": "국민평형이 뭐야?", "limit": 1}).json()["results"]
    assert result["text"]
    # Figures that no column holds, and a complex that is not there: a state is whatever a program sends.
    state = {"search": {"filters": {"max_price": 10**30, "min_area": -1e300}}, "focus": [HOME], "candidates": [HOME]}
    streamed = api.post("/ask", json={"question": "거기 몇 세대야?", "state": state, "stream": True}).text
    assert re.findall(r"^event: (\w+)", streamed, re.MULTILINE)[-1] == "finished"
