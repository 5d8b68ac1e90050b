"""What is private in a person's words stays here: no model behind somebody's server is sent it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from command_line import CommandLine, small_store, write_lines
from manners import manners

from assistant.adapters.embeddings.models import OpenAIEmbedding
from assistant.settings import Settings
from eval.perf.fake_server import FakeServer, reply

PRIVATE = ("010-7391-4286", "mina.kang@post.example", "880412-2345678", "110-234-567890")
SAID = f"제 번호는 {PRIVATE[0]}, 메일은 {PRIVATE[1]}, 주민번호 {PRIVATE[2]}, 신한은행 계좌 {PRIVATE[3]}이에요."
MATTERS = (
    "금천구 한신더휴 하이엔에듀포레 전용 84㎡ 8억 5,000만원 이하로 2027년 7월 1일 입주 가능해? 주택관리번호 2024000546"
)


@pytest.fixture(scope="module")
def budongi(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    return small_store(tmp_path_factory.getbasetemp() / "small-store")


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


@pytest.mark.parametrize("rewrite", ["none", "model"])
def test_no_model_is_sent_what_is_private(budongi: CommandLine, tmp_path: Path, rewrite: str) -> None:
    fake = FakeServer()
    fake.responses = [manners(fake)]
    rows = [
        {"id": "1", "question": f"{SAID} {MATTERS}"},
        {"id": "2", "question": f"거기 쏼라쏼라는 몇 세대야? {SAID}", "history": [
            {"role": "user", "content": f"{'한' * 280} {SAID} 금천구 한신더휴 하이엔에듀포레 알려줘"},
            {"role": "assistant", "content": "한신더휴 하이엔에듀포레의 입주 예정월은 2027년 7월입니다."},
        ]},
    ]  # fmt: skip
    source = write_lines(tmp_path / "in.jsonl", rows)
    settings = {"BUDONGI_CHAT_MODEL": "openai:small", "OPENAI_BASE_URL": f"{fake.address}/v1"}
    done = budongi(
        "ask", "--batch", source, "--out", tmp_path / "out.jsonl", BUDONGI_QUESTION_REWRITE=rewrite,
        BUDONGI_LOG_LEVEL="debug", **settings,
    )  # fmt: skip
    fake.close()
    assert done.code == 0, done.printed
    sent = [json.dumps(body, ensure_ascii=False) for _, _, body in fake.requests if body]
    assert sent
    for text in (*sent, done.printed):
        assert not [one for one in PRIVATE if one in text or (digits(one) and digits(one) in digits(text))]
        assert "mina" not in text
    assert any(MATTERS in text for text in sent)  # figures that the question is about are sent as they are
    if rewrite == "model":
        assert any("쏼라쏼라" in text and "Question:" in text for text in sent)


def test_an_embedding_server_is_not_sent_what_is_private() -> None:
    fake = FakeServer()
    fake.responses = [reply(200, {"object": "list", "model": "m", "data": [{"index": 0, "embedding": [1.0, 0.0]}]})] * 2
    model = OpenAIEmbedding(Settings(openai_base_url=f"{fake.address}/v1"), "small")
    model.embed_query(f"{MATTERS} {SAID}")
    model.embed_queries([f"{MATTERS} {SAID}"])
    fake.close()
    sent = [text for _, _, body in fake.requests for text in body["input"]]  # type: ignore[index]
    assert len(sent) == 2
    for text in sent:
        assert MATTERS in text
        assert not [one for one in PRIVATE if one in text]
