"""Curation on a real Postgres: what the store holds, what was declined, what became of feedback, and who may look."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import chainlit as cl
import pytest
from chainlit.auth import create_jwt
from click.testing import CliRunner
from ingest_run import ingest_into, write_faqs, write_notices
from psycopg_pool import ConnectionPool
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from assistant.adapters.postgres import unanswered as unanswered_adapter
from assistant.adapters.postgres.feedback import Feedback
from assistant.adapters.postgres.inbox import Inbox
from assistant.adapters.postgres.unanswered import Unanswered
from assistant.domain import Answer, Citation, Question, Rating, Understanding, Usage
from assistant.domain.understood import Unmatched
from assistant.entrypoints.accounts import Accounts, Person
from assistant.entrypoints.chat.gate import PageGate
from assistant.entrypoints.chat.login import Logins
from assistant.entrypoints.chat.security import OwnForms
from assistant.settings import Settings
from eval.cli.commands import evaluate
from ingest.curation import create_curation
from ingest.reading import SAMPLES


def answer(question: str, *missing: str, abstained: bool = True) -> Answer:
    understanding = Understanding(
        question, "ko", "housing", "detail", unmatched=tuple(Unmatched(word, word) for word in missing)
    )
    told = f"‘{', '.join(missing)}’ 관련 내용은 자료에서 확인할 수 없습니다."
    return Answer(
        Question(question), told, understanding, abstained=abstained, degraded=False, entities=(),
        citations=(Citation(1, "가", "faq:가#faq", "", "q"),), dropped=(), prompt_version="v7", model="m",
        timings_ms={}, usage=Usage(),
    )  # fmt: skip


@pytest.fixture
def pages(pool: ConnectionPool, tmp_path: Path) -> Iterator[TestClient]:
    write_faqs(tmp_path / "faq" / "help.jsonl", {"가": "3일 안에 돌려드립니다.", "나": "<b>7일</b>입니다."})
    row = {"주택명": "새벽마루 파크", "주택관리번호": "2030000001", "공고번호": "2030000001"}
    write_notices(tmp_path / "housing" / "notices.csv", [row], SAMPLES / "housing" / "notices.csv")
    ingest_into(pool, tmp_path / "faq", tmp_path / "housing")
    with TestClient(create_curation(pool, Settings(home=tmp_path)), headers={"Accept-Language": "en"}) as client:
        yield client


def test_a_document_is_found_and_shown_as_the_assistant_reads_it(pages: TestClient) -> None:
    found = pages.get("/", params={"q": "새벽마루", "domain": "housing"}).text
    assert "1 documents" in found
    assert "housing:2030000001" in found
    assert "0 documents" in pages.get("/", params={"q": "새벽마루", "domain": "faq"}).text
    shown = pages.get("/document", params={"id": "housing:2030000001"}).text
    for expected in (
        "새벽마루 파크",
        "notices.csv",
        "Vector present",
        "Search terms",
        "Names in it",
        "housing:2030000001#",
    ):
        assert expected in shown, expected
    escaped = pages.get("/document", params={"id": "faq:나"}).text
    assert "<b>7일" not in escaped
    assert "7일" in escaped
    assert pages.get("/document", params={"id": "faq:none"}).status_code == 404
    assert pages.get("/", params={"q": "%' \x00", "page": "9" * 40}).status_code == 200


def test_names_and_freshness(pages: TestClient, pool: ConnectionPool, tmp_path: Path) -> None:
    assert "새벽마루 파크" in pages.get("/glossary", params={"q": "새벽마루"}).text
    fresh = pages.get("/freshness").text
    assert "In step with its sources." in fresh
    assert fresh.count("Unchanged") == 2
    with pool.connection() as connection:
        connection.execute("DELETE FROM embedding WHERE chunk_id LIKE 'faq:가#%'")
    write_faqs(tmp_path / "faq" / "help.jsonl", {"가": "5일 안에 돌려드립니다."})
    changed = pages.get("/freshness").text
    assert "Changed since" in changed
    assert "state=unembedded" in changed
    assert "1 documents" in pages.get("/", params={"state": "unembedded"}).text


def test_declined_questions_are_kept_once_masked_and_grouped(pool: ConnectionPool, pages: TestClient) -> None:
    kept = Unanswered(pool, 90)
    kept.keep(answer("주차 대수는?", "주차"))
    kept.keep(answer("주차 대수는?", "주차"))
    kept.keep(answer("주차장 있나요? 010-1234-5678", "주차장"))
    page = pages.get("/unanswered").text
    assert "3× asked" in page
    assert "1234" not in page
    assert "자료에서 확인할 수 없습니다" in page
    read_at = datetime.now(UTC).isoformat()
    kept.keep(answer("주차 대수는?", "주차"))
    told = {"before": read_at, "question": [row["question"] for row in kept.all()]}
    assert pages.post("/unanswered/forget", data=told, follow_redirects=False).status_code == 303
    assert [row["question"] for row in kept.all()] == ["주차 대수는?"], "what was asked since is not forgotten"
    assert pages.post("/unanswered/forget", data={"question": "주차 대수는?"}).status_code == 400


def test_who_asks_nothing_is_not_listed(pool: ConnectionPool) -> None:
    kept = Unanswered(pool, 90)
    for said in ("😀😀", "??? …"):
        kept.keep(answer(said))
    assert kept.all() == []


def test_old_and_too_many_questions_are_let_go(pool: ConnectionPool, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Unanswered(pool, 30)
    monkeypatch.setattr(unanswered_adapter, "MAX_KEPT", 2)
    kept.keep(answer("1"))
    with pool.connection() as connection:
        connection.execute("UPDATE unanswered SET last_asked = now() - interval '31 days'")
    kept.keep(answer("2"))
    assert [row["question"] for row in kept.all()] == ["2"]
    kept.keep(answer("3"))
    kept.keep(answer("4"))
    assert [row["question"] for row in kept.all()] == ["4", "3"]


def _filled(pool: ConnectionPool) -> Inbox:
    feedback = Feedback(pool)
    feedback.keep(Rating(str(uuid4()), False, "wrong", "3일이 아니에요"), answer("환불 언제?", abstained=False))
    feedback.keep(Rating(str(uuid4()), True), answer("좋은 답", abstained=False))
    with pool.connection() as connection:
        connection.execute(
            "INSERT INTO inquiry (id, message, language, answer, draft, edit_distance, terms) VALUES "
            "('I1', '수수료 얼마?', 'ko', '수수료는 3,000원입니다.', '수수료는 2,000원입니다.', 1, '{}'), "
            "('I2', '그대로', 'ko', '네.', '네.', 0, '{}')"
        )
        connection.execute(
            "INSERT INTO rejected_draft (message, draft, faq_id, reason) VALUES ('배송?', '모릅니다.', '가', '짧음')"
        )
    return Inbox(pool)


def test_inbox_holds_what_people_found_wrong_until_it_is_decided(pool: ConnectionPool, pages: TestClient) -> None:
    inbox = _filled(pool)
    entries = {entry["question"]: entry for entry in inbox.entries("new")}
    assert entries.keys() == {"환불 언제?", "수수료 얼마?", "배송?"}
    page = pages.get("/inbox").text
    for expected in ("3일이 아니에요", "v7", "faq:가#faq", "수수료는 3,000원입니다.", "짧음", "Disputed help entries"):
        assert expected in page, expected
    rated = entries["환불 언제?"]
    chosen = {"kind": "rating", "id": rated["id"], "decision": "candidate", "state": "new"}
    assert pages.post("/inbox/decide", data=chosen, follow_redirects=False).headers["location"] == "/inbox?state=new"
    assert "환불 언제?" not in pages.get("/inbox").text
    assert "환불 언제?" in pages.get("/inbox?state=candidate").text
    pages.post("/inbox/decide", data=chosen | {"decision": "new", "state": "candidate"})
    assert len(inbox.entries("new")) == 3
    assert pages.post("/inbox/decide", data=chosen | {"decision": "delete"}).status_code == 400
    assert pages.post("/inbox/decide", content=b"\xff" * 10).status_code == 400


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("http://127.0.0.1:8000", {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}, 303),
        ("http://127.0.0.1:8000", {"Origin": "http://127.0.0.1:8000"}, 303),
        ("http://127.0.0.1:8000", {}, 403),
        ("http://127.0.0.1:8000", {"Origin": "null"}, 403),
        ("http://127.0.0.1:8000", {"Origin": "http://127.0.0.1:9000"}, 403),
        ("http://127.0.0.1:8000", {"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "cross-site"}, 403),
        ("http://outside.example", {"Origin": "http://outside.example"}, 400),
    ],
)
def test_changes_come_from_these_pages_alone(
    pool: ConnectionPool, address: str, headers: dict[str, str], status: int
) -> None:
    app = OwnForms(create_curation(pool, Settings()), any_host=False)
    client = TestClient(app, base_url=address, follow_redirects=False)
    form = {"before": datetime.now(UTC).isoformat(), "question": "x"}
    answer = client.post("/unanswered/forget", data=form, headers=headers)
    assert answer.status_code == status
    assert "script-src" not in answer.headers["content-security-policy"]


def _served(pool: ConnectionPool, accounts: Accounts) -> PageGate:
    """The pages as the server has them where people log in."""
    return PageGate(
        Starlette(routes=[Mount("/curation", create_curation(pool, Settings()))]), Logins(accounts, header=None)
    )


def test_nobody_without_an_admin_s_session_sees_the_pages(pool: ConnectionPool) -> None:
    app = _served(pool, Accounts({"kim": Person("admin", "*")}))
    client = TestClient(app, follow_redirects=False)
    for cookie in ("", "x", "a.b.c"):
        client.cookies.set("access_token", cookie)
        assert (client.get("/curation/").status_code, client.get("/curation/").headers["location"]) == (303, "/login")
        assert client.post("/curation/inbox/decide", data={}).status_code == 401


def test_who_is_an_admin_no_longer_is_none(pool: ConnectionPool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHAINLIT_AUTH_SECRET", "a secret of the test that is long enough")
    cookie = create_jwt(cl.User(identifier="kim", metadata={"role": "admin"}))
    for role, status in (("admin", 200), ("user", 303)):
        app = _served(pool, Accounts({"kim": Person(role, "*")}))
        client = TestClient(app, cookies={"access_token": cookie}, follow_redirects=False)
        assert client.get("/curation/inbox").status_code == status, role


def test_candidates_are_written_once(
    pool: ConnectionPool, database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox = _filled(pool)
    for kind, id_ in [(entry["kind"], entry["id"]) for entry in inbox.entries("new") if entry["kind"] != "rating"]:
        inbox.decide(kind, id_, "candidate", "kim")
    monkeypatch.setenv("BUDONGI_DATABASE_URL", database)
    monkeypatch.setenv("BUDONGI_HOME", str(tmp_path))

    def written(*options: str) -> list[dict[str, Any]]:
        out = tmp_path / "candidates.jsonl"
        done = CliRunner().invoke(evaluate, ["from-feedback", "--out", str(out), *options])
        assert done.exit_code == 0, done.output
        return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]

    rejected, edited = sorted(written(), key=lambda one: str(one["question"]))
    assert (edited["question"], rejected["question"]) == ("수수료 얼마?", "배송?")
    assert edited["expect"]["facts"] == [["won:3000"]]
    assert rejected["reason"] == "짧음"
    assert written() == []
    assert len(written("--all")) == 3
