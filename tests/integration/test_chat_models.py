"""Hosted and compatible chat models: against the local llama.cpp endpoint, and against a server that misbehaves."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.adapters.chat.local_model import open_local_model
from assistant.adapters.chat.registry import check_chat_model, open_chat_model
from assistant.domain import Usage
from assistant.errors import BudongiError, ModelError, ModelRefused, ModelUnavailable, SettingsError
from assistant.ports import Prompt
from assistant.settings import Settings
from eval.perf.fake_server import FakeServer, Respond, breaks_off_after, failure, reply, silent_for, spoken, trickles

PROMPT = Prompt(
    system="You answer in one word.",
    examples=(("What is the capital of France?", "Paris"),),
    user="What is the capital of South Korea?",
    version="test",
)
KEY = "sk-secret-0123456789"


def answer(settings: Settings, prompt: Prompt = PROMPT) -> tuple[str, Usage | None]:
    model = open_chat_model(settings)
    assert model is not None
    deltas = list(model.stream(prompt, max_tokens=8))
    return "".join(delta.text for delta in deltas), deltas[-1].usage


def checked(settings: Settings) -> str:
    return check_chat_model(settings, PROMPT, 8)


# --- a compatible server, for real -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def llama(local_model_home: Path) -> Iterator[Settings]:
    """Settings that name the local llama.cpp endpoint as if it were anybody's compatible server."""
    model = open_local_model(Settings(home=local_model_home))
    endpoint = model.process.ready()
    yield Settings(
        chat_model="openai:whatever",
        openai_base_url=endpoint.base_url,
        openai_api_key=endpoint.api_key,
        turn_timeout=120,
    )
    model.close()


def changed(settings: Settings, **values: str | float | None) -> Settings:
    given = {name: getattr(settings, name) for name in settings.__slots__} | values
    return Settings(**given)


def test_a_compatible_server_answers_with_usage(llama: Settings) -> None:
    text, usage = answer(llama)
    assert "Seoul" in text or "서울" in text
    assert usage is not None
    assert usage.input_tokens > 30
    assert 0 < usage.output_tokens <= 8


def test_a_wrong_key_is_told_without_repeating_it(llama: Settings) -> None:
    wrong = changed(llama, openai_api_key=KEY)
    for use in (answer, checked):
        with pytest.raises(ModelError, match=r"refused the API key.*OPENAI_API_KEY") as caught:
            use(wrong)
        assert KEY not in str(caught.value)
        assert KEY not in repr(wrong)


def test_doctor_reaches_a_compatible_server(llama: Settings) -> None:
    assert re.search(r"answers “.+”; it does not list whatever \(it offers ", checked(llama))


def test_too_long_a_prompt_is_told(llama: Settings) -> None:
    long = Prompt(system="", examples=(), user="가나다라 " * 4000, version="test")
    with pytest.raises(ModelError, match=r"longer than the chat model openai:whatever can read"):
        answer(llama, long)


# --- a server that answers as told -------------------------------------------------------------------------------


@pytest.fixture
def fake() -> Iterator[FakeServer]:
    server = FakeServer()
    yield server
    server.close()


def compatible(fake: FakeServer, *, timeout: float = 10) -> Settings:
    return Settings(
        chat_model="openai:small",
        openai_base_url=f"{fake.address}/v1",
        openai_api_key=KEY,
        turn_timeout=timeout,
    )


def test_what_is_sent(fake: FakeServer) -> None:
    fake.responses = [spoken("서", "울")]
    text, usage = answer(compatible(fake))
    assert (text, usage) == ("서울", Usage(7, 2))
    path, headers, body = fake.requests[0]
    assert path == "/v1/chat/completions"
    assert headers["authorization"] == f"Bearer {KEY}"
    assert body["messages"] == [
        {"role": "system", "content": PROMPT.system},
        {"role": "user", "content": PROMPT.examples[0][0]},
        {"role": "assistant", "content": PROMPT.examples[0][1]},
        {"role": "user", "content": PROMPT.user},
    ]
    assert body["temperature"] == 0
    assert body["max_tokens"] == 8
    assert body["stream"] is True


def test_a_server_that_does_not_count_gives_zeros(fake: FakeServer) -> None:
    fake.responses = [spoken("서울", usage=False)]
    assert answer(compatible(fake)) == ("서울", Usage())


def test_no_key_is_needed_for_a_compatible_server(fake: FakeServer) -> None:
    fake.responses = [spoken("서울")]
    assert answer(changed(compatible(fake), openai_api_key=None))[0] == "서울"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_passing_failure_is_tried_again(fake: FakeServer, status: int) -> None:
    fake.responses = [failure(status, "later"), spoken("서울")]
    assert answer(compatible(fake))[0] == "서울"
    assert len(fake.requests) == 2


@pytest.mark.parametrize(
    ("response", "attempts", "error", "words"),
    [
        (failure(401, f"Incorrect API key provided: {KEY}"), 1, ModelError, r"401.*OPENAI_API_KEY"),
        (failure(403, "not your model"), 1, ModelError, r"403: not your model"),
        (failure(404, "no model small"), 1, ModelError, r"no chat model called openai:small.*BUDONGI_CHAT_MODEL"),
        (failure(400, f"messages? {KEY}"), 1, ModelError, r"did not accept the request \(HTTP 400: messages"),
        (failure(400, "at most 10", "context_length_exceeded"), 1, ModelRefused, "prompt is longer than"),
        (failure(429, "slow down"), 3, ModelUnavailable, r"429: slow down"),
        (failure(429, "pay first", "insufficient_quota"), 1, ModelUnavailable, r"429: pay first.*quota"),
        (failure(429, "in an hour", retry_after="3600"), 1, ModelUnavailable, r"in an hour"),
        (failure(500, "broken"), 3, ModelUnavailable, r"failed \(broken\)"),
        (reply(200, "<html>hello</html>", kind="text/html"), 1, ModelError, r"not as an OpenAI-compatible.*/v1"),
        (reply(200, "data: {oops\n\n", kind="text/event-stream"), 1, ModelError, "not as an OpenAI-compatible"),
    ],
)
def test_each_failure_says_what_to_do(
    fake: FakeServer, response: Respond, attempts: int, error: type[BudongiError], words: str
) -> None:
    fake.responses = [response]
    with pytest.raises(ModelError, match=words) as caught:
        answer(compatible(fake))
    assert type(caught.value) is error
    assert KEY not in str(caught.value)
    assert "\n" not in str(caught.value)
    assert len(fake.requests) == attempts


def test_a_connection_that_breaks_in_the_middle_is_not_tried_again(fake: FakeServer) -> None:
    fake.responses = [breaks_off_after("서"), spoken("울")]
    model = open_chat_model(compatible(fake))
    assert model is not None
    stream = model.stream(PROMPT, max_tokens=8)
    assert next(stream).text == "서"
    with pytest.raises(ModelUnavailable, match="cannot be reached"):
        list(stream)
    assert len(fake.requests) == 1


@pytest.mark.parametrize("respond", [silent_for(3), trickles(5)])
def test_the_time_of_a_turn_is_kept(fake: FakeServer, respond: Respond) -> None:
    fake.responses = [respond]
    with pytest.raises(ModelUnavailable, match=r"did not finish within 1 s.*BUDONGI_TURN_TIMEOUT"):
        answer(compatible(fake, timeout=1))


def test_nobody_listening_is_told() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        settings = Settings(chat_model="openai:small", openai_base_url=address, turn_timeout=3)
        for use in (answer, checked):
            with pytest.raises(ModelUnavailable, match=rf"{address} cannot be reached.*OPENAI_BASE_URL"):
                use(settings)


def test_azure_is_called_by_deployment(fake: FakeServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://elsewhere.invalid/v1")  # set for other tools: not Azure's business
    monkeypatch.setenv("OPENAI_API_KEY", "sk-other")
    settings = Settings(
        chat_model="azure:my-deployment",
        others={"AZURE_OPENAI_ENDPOINT": fake.address, "AZURE_OPENAI_API_KEY": KEY},
        turn_timeout=5,
    )
    fake.responses = [spoken("서울")]
    assert answer(settings)[0] == "서울"
    path, headers, _ = fake.requests[0]
    assert path == "/openai/deployments/my-deployment/chat/completions?api-version=2024-10-21"
    assert headers["api-key"] == KEY
    assert checked(settings) == f"azure:my-deployment at {fake.address} answers “서울”"
    fake.responses = [failure(404, "The API deployment does not exist", "DeploymentNotFound")]
    with pytest.raises(ModelError, match=r"no chat model called azure:my-deployment.*AZURE_OPENAI_ENDPOINT"):
        answer(settings)


@pytest.mark.parametrize(
    ("listing", "words"),
    [
        (reply(200, {"object": "list", "data": [{"id": "small", "object": "model"}]}), "small at .* answers “서울”$"),
        (reply(200, {"object": "list", "data": [{"id": "large", "object": "model"}]}), "not list small .*offers large"),
        (failure(404, "what?"), "answers “서울”$"),
        (reply(200, "<html>hello</html>", kind="text/html"), "answers “서울”$"),
    ],
)
def test_doctor_tells_what_a_compatible_server_answers_and_offers(
    fake: FakeServer, listing: Respond, words: str
) -> None:
    fake.responses = [spoken("서울"), listing]
    assert re.search(words, checked(compatible(fake)))


def test_doctor_tells_a_web_page_from_a_model_server(fake: FakeServer) -> None:
    fake.responses = [reply(200, "<html>hello</html>", kind="text/html")]
    with pytest.raises(ModelError, match="not as an OpenAI-compatible"):
        checked(compatible(fake))


# --- settings ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("settings", "variables"),
    [
        (Settings(chat_model="openai:gpt"), ["OPENAI_API_KEY", "OPENAI_BASE_URL"]),
        (Settings(chat_model="azure:gpt"), ["AZURE_OPENAI_ENDPOINT", "AZURE_OPENAI_API_KEY"]),
        (Settings(chat_model="azure:gpt", others={"AZURE_OPENAI_API_KEY": KEY}), ["AZURE_OPENAI_ENDPOINT"]),
    ],
)
def test_what_is_not_set_is_named(settings: Settings, variables: list[str]) -> None:
    for use in (open_chat_model, checked):
        with pytest.raises(SettingsError) as caught:
            use(settings)
        assert all(variable in str(caught.value) for variable in variables)
        assert KEY not in str(caught.value)


def test_none_is_no_model_and_loads_no_library() -> None:
    program = (
        "import sys; from assistant.settings import Settings; from assistant.adapters.chat import registry\n"
        "settings = Settings(chat_model='none'); assert registry.open_chat_model(settings) is None\n"
        "assert registry.check_chat_model(settings, None, 8).startswith('none')\n"
        "print([name for name in ('openai', 'langchain_core', 'langchain_openai') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
