"""Servers that take other parameters than we send, and models that think: asked as a person asks, by the command."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from command_line import CommandLine, Outcome, small_store
from manners import manners

from assistant.adapters.chat.registry import open_chat_model
from assistant.errors import ModelError, ModelUnavailable
from assistant.ports import Prompt
from assistant.settings import Settings
from eval.perf.fake_server import FakeServer, failure, reply

QUESTION = "금천구 한신더휴 하이엔에듀포레 입주 언제야?"
PROMPT = Prompt(system="You answer.", examples=(), user="[1] Seoul is the capital.\n\nQuestion: Which?", version="test")


@pytest.fixture
def fake() -> Iterator[FakeServer]:
    server = FakeServer()
    yield server
    server.close()


@pytest.fixture(scope="module")
def budongi(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    return small_store(tmp_path_factory.getbasetemp() / "small-store")


def run(budongi: CommandLine, fake: FakeServer, model: str, *arguments: str) -> Outcome:
    if model.startswith("azure:"):
        address = {"AZURE_OPENAI_ENDPOINT": fake.address, "AZURE_OPENAI_API_KEY": "key"}
    else:
        address = {"OPENAI_BASE_URL": f"{fake.address}/v1"}
    return budongi(*arguments, BUDONGI_CHAT_MODEL=model, **address)


def settings(fake: FakeServer, model: str = "openai:small") -> Settings:
    return Settings(chat_model=model, openai_base_url=f"{fake.address}/v1", turn_timeout=10)


def bodies(fake: FakeServer) -> list[dict[str, Any]]:
    return [body for _, _, body in fake.requests if body]


@pytest.mark.parametrize("model", ["openai:gpt-5", "openai:any-name", "azure:o3-mini", "azure:my-deployment"])
def test_a_reasoning_model_answers(budongi: CommandLine, fake: FakeServer, model: str) -> None:
    fake.responses = [manners(fake, refuses=("max_tokens", "temperature"), thinks=700)]
    (answer,) = run(budongi, fake, model, "ask", QUESTION, "--json").rows()
    assert not answer["degraded"], answer
    assert "2027년 7월" in answer["answer"]
    assert answer["usage"]["output_tokens"] >= 707  # what was thought away is told too, for it is paid for
    assert "temperature" not in bodies(fake)[-1]


def test_doctor_asks_and_tells_what_it_found(budongi: CommandLine, fake: FakeServer) -> None:
    fake.responses = [manners(fake, refuses=("max_tokens", "temperature"))]
    told = run(budongi, fake, "openai:small", "doctor").printed
    assert "openai:small at" in told
    assert "it does not take temperature, which is left out; it takes max_completion_tokens for max_tokens" in told
    fake.responses = [manners(fake, thinks=100_000)]
    silent = run(budongi, fake, "openai:small", "doctor")
    assert silent.code == 1
    assert "FAIL  chat model: The chat model openai:small at" in silent.printed
    assert "used up its tokens before it said a word" in silent.printed


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("status", [400, 422])
def test_what_is_refused_is_left_out_at_once_and_from_then_on(fake: FakeServer, named: bool, status: int) -> None:
    refused = ("max_tokens", "temperature", "stream_options", "reasoning_effort")
    fake.responses = [manners(fake, refuses=refused, named=named, status=status, thinks=400)]
    model = open_chat_model(settings(fake))
    assert model is not None
    for _ in range(2):
        assert "Seoul" in "".join(delta.text for delta in model.stream(PROMPT, max_tokens=300))
    sent = bodies(fake)
    # One request for each that was refused, one of which all tokens were thought away, and each turn's own.
    assert len(sent) == len(refused) + 1 + 2
    assert not set(refused) & set(sent[-1])
    assert sent[-1]["max_completion_tokens"] > 700


def test_a_server_that_does_not_stream_answers_at_once(fake: FakeServer) -> None:
    fake.responses = [manners(fake, refuses=("stream",))]
    model = open_chat_model(settings(fake))
    assert model is not None
    first, last = model.stream(PROMPT, max_tokens=300)
    assert first.text == "Seoul is the capital. [1]"
    assert last.usage is not None
    assert last.usage.output_tokens == 7


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        ({"message": "System role not supported", "param": "messages"}, ModelError, "HTTP 400: System role not supp"),
        ({"message": "filtered", "param": "prompt", "code": "content_filter"}, ModelUnavailable, "content filter of"),
        ({"message": "maximum context length is 9 tokens, max_tokens 320"}, ModelUnavailable, "prompt is longer than"),
        ({"message": "no such", "param": "model", "code": "model_not_found"}, ModelError, "has no chat model called"),
        ({"message": "enabled only for api versions 2024-12-01 and later"}, ModelError, "Set OPENAI_API_VERSION"),
    ],
)
def test_other_refusals_are_told_and_not_tried_again(
    fake: FakeServer, error: dict[str, str], kind: type[ModelError], words: str
) -> None:
    fake.responses = [reply(400, {"error": error})]
    model = open_chat_model(settings(fake))
    assert model is not None
    with pytest.raises(kind, match=words):
        list(model.stream(PROMPT, max_tokens=300))
    assert len(fake.requests) == 1


def test_a_parameter_that_was_not_sent_is_not_left_out(fake: FakeServer) -> None:
    fake.responses = [failure(400, "Unsupported parameter: 'stop', 'seed'")]
    model = open_chat_model(settings(fake))
    assert model is not None
    with pytest.raises(ModelError, match="'stop'"):
        list(model.stream(PROMPT, max_tokens=300))
    assert len(fake.requests) == 1


def test_a_thought_without_an_answer_is_asked_once_more_and_then_told(fake: FakeServer) -> None:
    fake.responses = [manners(fake, thinks=100_000)]
    model = open_chat_model(settings(fake, "openai:o4-mini"))
    assert model is not None
    deltas = model.stream(PROMPT, max_tokens=300)
    spent = next(deltas).usage
    with pytest.raises(ModelUnavailable, match="used up its tokens before it said a word"):
        next(deltas)
    first, second = bodies(fake)
    assert spent is not None
    assert spent.output_tokens == first["max_completion_tokens"] + second["max_completion_tokens"]
    assert first["reasoning_effort"] == "low"
