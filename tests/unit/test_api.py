"""The HTTP API over a desk that plays a script: who is served, what is refused and how, and what is answered."""

from __future__ import annotations

import asyncio
import json
import re
import shlex
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any, cast

import pytest
from fastapi import FastAPI
from shipped import PROMPTS
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from assistant.desk import Assisted, Desk, Prediction
from assistant.domain import (
    Answer,
    Composed,
    ConversationState,
    Event,
    Finished,
    Message,
    Question,
    Released,
    Result,
    Understanding,
    Understood,
    Usage,
)
from assistant.entrypoints.http import create_api, read_keys
from assistant.entrypoints.http.gate import MOST_BYTES
from assistant.entrypoints.json_forms.answer import answer_json, search_json, similar_json
from assistant.entrypoints.json_forms.desk import assisted_json
from assistant.errors import ModelUnavailable, SettingsError
from assistant.retrieval.retriever import Retrieval
from assistant.settings import Settings

KEY = "a-key-that-nobody-guesses"
PAGE = (Path(__file__).parents[2] / "docs" / "programs.md").read_text(encoding="utf-8")
RESULT = Result(1, 0.5, "housing:1", "1", "housing:1#place", "housing", "가", "A", "place", "가는", ())


def answered(question: Question) -> Answer:
    understanding = Understanding(question.text, "ko", "housing", "explore")
    state = ConversationState(domain="housing")
    return Answer(
        question, "첫째. 둘째.", understanding, False, False, (), (), (), "v", "none", {"total": 1.5}, Usage(), state
    )


class ScriptedStore:
    def similar(self, id_: str, limit: int) -> list[Result] | None:
        return [RESULT] * limit if id_[:1].isdigit() else None


@dataclass
class Script:
    """Plays the assistant: says what it was asked in ``asked``; a question's word has it fail or wait."""

    asked: list[Question] = field(default_factory=list)
    closed: threading.Event = field(default_factory=threading.Event)
    store: ScriptedStore = field(default_factory=ScriptedStore)

    prompts = PROMPTS

    def stream(self, question: Question) -> Iterator[Event]:
        self.asked.append(question)
        answer = answered(question)
        yield Understood(answer.understanding)
        if "unavailable" in question.text:
            raise ModelUnavailable("The model's server did not answer. Start it.")
        if "bug" in question.text:
            raise ZeroDivisionError("a secret of the implementation")
        try:
            while "endless" in question.text:
                yield Released("…")
                self.closed.wait(0.01)
        finally:
            self.closed.set()
        yield Composed(replace(answer, text="첫째."))
        yield Released("첫째. ")
        yield Released("둘째.")
        yield Finished(answer)

    def search(self, question: Question, limit: int) -> tuple[Understanding, Retrieval]:
        self.asked.append(question)
        return answered(question).understanding, Retrieval((RESULT,) * limit)


class ScriptedDesk(Desk):
    def assist(self, message: str, *, draft: bool = True) -> Assisted:
        assert not draft
        return Assisted(message.replace("010", "***"), "ko", ("phone",), Prediction((), 0.9), (), None)


SCRIPT = Script()


@pytest.fixture
def script() -> Script:
    """The one that every :func:`client` asks, with nothing asked yet."""
    SCRIPT.asked.clear()
    SCRIPT.closed.clear()
    return SCRIPT


# Kept: making one takes longer than what most tests ask of it.
@cache
def _api(keys: str = "", per_minute: int = 1000, open_here: bool = True) -> FastAPI:
    desk = ScriptedDesk(cast(Any, SCRIPT), cast(Any, None))
    return create_api(lambda: desk, read_keys(keys), per_minute, open_here=open_here)


def client(
    keys: str = "",
    per_minute: int = 1000,
    open_here: bool = True,
    address: str = "127.0.0.1",
    host: str = "http://127.0.0.1:8000",
) -> TestClient:
    app = Starlette(routes=[Mount("/v1", _api(keys, per_minute, open_here))])
    return TestClient(app, host, raise_server_exceptions=False, client=(address, 50000))


def events(body: str) -> list[tuple[str, Any]]:
    found = re.findall(r"event: (\w+)\r?\ndata: (.*)\r?\n", body)
    return [(name, json.loads(data)) for name, data in found]


ROUTES = [
    ("POST", "/v1/ask", {"question": "공원"}),
    ("POST", "/v1/search", {"question": "공원"}),
    ("POST", "/v1/assist", {"message": "수수료"}),
    ("GET", "/v1/openapi.json", None),
]
BEARER = {"Authorization": f"Bearer {KEY}"}
# keys set, address, host, headers, people log in → status
CALLERS = {
    "here, no keys set": ("", "127.0.0.1", "127.0.0.1", {}, False, 200),
    "here by IPv6": ("", "::1", "[::1]:8000", {}, False, 200),
    "here, no keys set, but people log in": ("", "127.0.0.1", "127.0.0.1", {}, True, 401),
    "elsewhere, no keys set": ("", "203.0.113.9", "127.0.0.1", {}, False, 403),
    "elsewhere, a key shown though none is set": ("", "203.0.113.9", "127.0.0.1", BEARER, False, 403),
    "here, under another site's name": ("", "127.0.0.1", "site.example", {}, False, 403),
    "here, without the key": (f"app:{KEY}", "127.0.0.1", "127.0.0.1", {}, False, 401),
    "here, with another key": (f"app:{KEY}", "127.0.0.1", "127.0.0.1", {"Authorization": "Bearer x"}, False, 401),
    "here, with the key as a password": (
        f"app:{KEY}", "127.0.0.1", "127.0.0.1", {"Authorization": f"Basic {KEY}"}, False, 401,
    ),
    "elsewhere, without the key": (f"app:{KEY}", "203.0.113.9", "budongi.example", {}, True, 401),
    "elsewhere, with the key": (f"app:{KEY}", "203.0.113.9", "budongi.example", BEARER, True, 200),
    "here, with the second key": (f"b:{KEY[::-1]}, app:{KEY}", "127.0.0.1", "127.0.0.1", BEARER, False, 200),
}  # fmt: skip


@pytest.mark.parametrize("caller", CALLERS)
def test_every_route_serves_exactly_whom_it_may(script: Script, caller: str) -> None:
    keys, address, host, headers, login, expected = CALLERS[caller]
    api = client(keys, open_here=not login, address=address, host=f"http://{host}")
    for method, path, body in ROUTES:
        answer = api.request(method, path, json=body, headers=headers)
        assert answer.status_code == expected, path
        if expected != 200:
            assert set(answer.json()["error"]) == {"message", "type"}
            assert KEY not in answer.text
    assert bool(script.asked) == (expected == 200)


def test_key_of_a_user_does_not_do_what_agents_do(script: Script) -> None:
    api = client(f"app:{KEY}:user, desk:{KEY[::-1]}:agent")
    agent = {"Authorization": f"Bearer {KEY[::-1]}"}
    for path, body in (
        ("/v1/assist", {"message": "수수료"}),
        ("/v1/ask", {"question": "공원", "role": "agent"}),
        ("/v1/search", {"question": "공원", "role": "agent"}),
    ):
        refused = api.post(path, json=body, headers=BEARER)
        assert (refused.status_code, refused.json()["error"]["type"]) == (403, "forbidden")
        assert not script.asked
        assert api.post(path, json=body, headers=agent).status_code == 200
        script.asked.clear()
    assert api.post("/v1/ask", json={"question": "공원"}, headers=BEARER).status_code == 200


@pytest.mark.parametrize(
    "keys",
    ["app", "app:", f":{KEY}", f"app:{KEY},app:{KEY}", "app:short", "app:short:user", "app:열쇠열쇠열쇠"],
)
def test_keys_that_cannot_be_used_are_refused_unseen(keys: str) -> None:
    with pytest.raises(SettingsError) as raised:
        read_keys(keys)
    assert KEY not in str(raised.value)


def test_settings_of_the_server_come_from_the_environment() -> None:
    given = {"BUDONGI_API_KEYS": f"app:{KEY}", "BUDONGI_API_PER_MINUTE": "7", "BUDONGI_AUTH_USERS": "/etc/users"}
    settings = Settings.from_environment(given)
    assert (settings.api_per_minute, settings.auth_users) == (7, Path("/etc/users"))
    assert KEY not in repr(settings)
    for wrong in ("0", "many"):
        with pytest.raises(SettingsError, match="BUDONGI_API_PER_MINUTE"):
            Settings.from_environment({"BUDONGI_API_PER_MINUTE": wrong})


def test_keys_are_kept_as_digests_alone() -> None:
    keys = read_keys(f"app:{KEY}")
    assert KEY not in repr(keys)
    assert KEY.encode() not in keys.digests.values()


def test_each_key_has_its_own_number_of_requests_a_minute() -> None:
    other = KEY[::-1]
    api = client(f"a:{KEY},b:{other}", per_minute=2)
    ask = lambda key: api.post("/v1/search", json={"question": "공원"}, headers={"Authorization": f"Bearer {key}"})  # noqa: E731
    assert [ask(KEY).status_code for _ in range(3)] == [200, 200, 429]
    refused = ask(KEY)
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert refused.json()["error"]["type"] == "rate_limited"
    assert ask(other).status_code == 200
    assert [ask("a guess").status_code for _ in range(3)] == [401, 401, 429]


def test_the_command_lines_json_is_given(script: Script) -> None:
    api = client()
    question = Question("공원", id="7")
    assert api.post("/v1/ask", json={"question": "공원", "id": "7"}).json() == answer_json(answered(question))
    found = api.post("/v1/search", json={"question": "공원", "id": "7", "limit": 3}).json()
    assert found == search_json("7", "공원", answered(question).understanding, [RESULT] * 3)
    given = api.post("/v1/assist", json={"message": "010 수수료", "id": "7"}).json()
    draft = answered(Question("*** 수수료", role="agent"))
    desk = ScriptedDesk(cast(Any, script), cast(Any, None))
    assert given == assisted_json("7", desk.drafted(desk.assist("010 수수료", draft=False), draft))
    assert script.asked[-1] == draft.question
    assert api.post("/v1/assist", json={"message": "수수료", "draft": False}).json()["draft"] is None


def test_a_search_takes_an_id_in_place_of_a_question(script: Script) -> None:
    api = client()
    assert api.post("/v1/search", json={"like": "1", "limit": 2}).json() == similar_json("1", [RESULT] * 2)
    unknown = api.post("/v1/search", json={"like": "no such"})
    assert (unknown.status_code, unknown.json()["error"]["type"]) == (404, "not_found")
    for both_or_none in ({"like": "1", "question": "공원"}, {}, {"like": ""}):
        assert api.post("/v1/search", json=both_or_none).status_code == 422
    assert script.asked == []


def test_a_question_carries_what_a_batch_line_does(script: Script) -> None:
    body = {
        "question": "거기",
        "id": "1",
        "history": [{"role": "user", "content": "광명"}],
        "role": "agent",
        "state": {"domain": "housing", "search": {"filters": {"max_price": 80000}}},
        "without": ["price"],
        "domain": "faq",
    }
    assert client().post("/v1/ask", json=body).status_code == 200
    (asked,) = script.asked
    assert asked.history == (Message("user", "광명"),)
    assert (asked.role, asked.without, asked.domain) == ("agent", ("price",), "faq")
    assert asked.state is not None
    assert asked.state.search is not None
    assert asked.state.search.filters.max_price == 80000


@pytest.mark.parametrize("way", ["body", "header"])
def test_an_answer_is_streamed_as_events(way: str) -> None:
    body: dict[str, Any] = {"question": "공원"} | ({"stream": True} if way == "body" else {})
    headers = {"Accept": "text/event-stream"} if way == "header" else {}
    answer = client().post("/v1/ask", json=body, headers=headers)
    assert answer.headers["content-type"].startswith("text/event-stream")
    names, data = zip(*events(answer.text), strict=True)
    assert names == ("understood", "composed", "released", "released", "finished")
    assert data[0] == {"language": "ko", "domain": "housing", "stage": "explore", "filters": {}}
    assert data[1] == answer_json(answered(Question("공원"))) | {"answer": "첫째."}
    assert "".join(item["text"] for item in data[2:4]) == data[4]["answer"]
    assert data[4] == answer_json(answered(Question("공원")))


@pytest.mark.parametrize(("word", "status", "kind"), [("unavailable", 503, "unavailable"), ("bug", 500, "internal")])
def test_errors_are_told_without_a_trace(word: str, status: int, kind: str) -> None:
    api = client()
    plain = api.post("/v1/ask", json={"question": word})
    assert (plain.status_code, plain.json()["error"]["type"]) == (status, kind)
    name, data = events(api.post("/v1/ask", json={"question": word, "stream": True}).text)[-1]
    assert (name, data) == ("error", plain.json())
    assert "secret" not in plain.text
    assert "Error" not in plain.text


INVALID = {
    "an empty question": ({"question": " \n"}, "question"),
    "only what no text has": ({"question": "\0"}, "question"),
    "no question": ({}, "question"),
    "an unknown field": ({"question": "공원", "quesion": "공원"}, "quesion"),
    "an unknown field of the state": ({"question": "공원", "state": {"serch": {}}}, "serch"),
    "a number for a day": ({"question": "공원", "state": {"sizes": {"open_on": 0}}}, "open_on"),
    "a role that nobody has": ({"question": "공원", "role": "admin"}, "role"),
    "too many results": ({"question": "공원", "limit": 101}, "limit"),
    "another type": ({"question": ["공원"]}, "question"),
}


@pytest.mark.parametrize("case", INVALID)
def test_what_cannot_be_asked_is_refused_with_the_field(script: Script, case: str) -> None:
    body, named = INVALID[case]
    answer = client().post("/v1/search", json=body)
    assert answer.status_code == 422
    assert named in answer.json()["error"]["message"]
    assert script.asked == []


@pytest.mark.parametrize("body", [b"{", b"[]", b"", b"\xff", b"[" * 50_000, b'{"question": 1e999}'])
def test_a_body_that_is_no_request_is_refused(body: bytes) -> None:
    answer = client().post("/v1/ask", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.json()["error"]["message"]


def test_a_form_of_another_sites_page_is_refused() -> None:
    answer = client().post("/v1/ask", content='{"question": "공원"}', headers={"Content-Type": "text/plain"})
    assert answer.status_code == 422
    assert "access-control-allow-origin" not in answer.headers
    assert client().options("/v1/ask", headers={"Origin": "http://site.example"}).status_code == 405


def test_characters_that_no_store_takes_become_harmless(script: Script) -> None:
    body = r'{"question": "가\ud800나\u0000다", "state": {"type_label": "\u0000\udfff"}, "id": "\udfff"}'
    answer = client().post("/v1/ask", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 200
    assert (answer.json()["question"], answer.json()["id"]) == ("가?나 다", "?")
    assert script.asked[0].state == ConversationState(type_label=" ?")
    unknown = client().post("/v1/ask", content=r'{"\udfff": 1}', headers={"Content-Type": "application/json"})
    assert unknown.status_code == 422


def test_a_large_request_is_refused_whether_or_not_it_says_so() -> None:
    text = json.dumps({"question": "가" * MOST_BYTES}).encode()
    api = client()
    declared = api.post("/v1/ask", content=text, headers={"Content-Type": "application/json"})
    silent = api.post("/v1/ask", content=iter([text[:50_000], text[50_000:]]))
    for answer in (declared, silent):
        assert (answer.status_code, answer.json()["error"]["type"]) == (413, "too_large")


def test_other_paths_and_methods_are_refused_as_json() -> None:
    api = client()
    assert api.get("/v1/nothing").json()["error"]["type"] == "not_found"
    assert api.get("/v1/ask").json()["error"]["type"] == "method_not_allowed"


@pytest.mark.parametrize("stream", [False, True])
def test_a_client_that_hangs_up_stops_the_generation(script: Script, stream: bool) -> None:
    body = json.dumps({"question": "endless", "stream": stream}).encode()
    started = asyncio.Event()

    async def receive() -> dict[str, Any]:
        if not started.is_set():
            started.set()
            return {"type": "http.request", "body": body, "more_body": False}
        while not script.asked:
            await asyncio.sleep(0.001)
        return {"type": "http.disconnect"}

    async def send(_message: Any) -> None:
        pass

    scope = {
        "type": "http", "method": "POST", "path": "/ask", "query_string": b"", "root_path": "", "scheme": "http",
        "headers": [(b"host", b"localhost"), (b"content-type", b"application/json")],
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000), "http_version": "1.1", "asgi": {"version": "3.0"},
    }  # fmt: skip
    asyncio.run(asyncio.wait_for(_api()(scope, receive, send), 5))
    assert script.closed.wait(5)


def test_openapi_describes_the_routes_and_what_they_refuse() -> None:
    described = client(f"app:{KEY}").get("/v1/openapi.json", headers=BEARER).json()
    assert set(described["paths"]) == {"/ask", "/search", "/assist"}
    assert described["servers"] == [{"url": "/v1"}]
    for path in described["paths"].values():
        assert {"200", "401", "413", "422", "429"} <= set(path["post"]["responses"])
        assert path["post"]["security"] == [{"HTTPBearer": []}]
    assert "securitySchemes" not in client().get("/v1/openapi.json").json()["components"]
    assert "text/event-stream" in described["paths"]["/ask"]["post"]["responses"]["200"]["content"]


def test_the_requests_shown_to_programs_are_answered() -> None:
    shown = re.findall(r"^curl .*?(?<!\\)$", PAGE, re.MULTILINE | re.DOTALL)
    asked = []
    for command in shown:
        words = shlex.split(command.replace("\\\n", " "), comments=True)
        url = next(word for word in words if word.startswith("http"))
        pairs = [words[index + 1] for index, word in enumerate(words) if word == "-H"]
        headers = {name: value.strip() for name, _, value in (pair.partition(":") for pair in pairs)}
        headers = {name: value.replace("$KEY", KEY) for name, value in headers.items()}
        body = words[words.index("-d") + 1] if "-d" in words else None
        api = client(f"app:{KEY}" if "Authorization" in headers else "")
        answer = api.request("POST" if body else "GET", url, content=body, headers=headers)
        assert answer.status_code == 200, command
        asked.append(url.rpartition("/")[2])
    assert {"ask", "search", "assist", "openapi.json"} <= set(asked)


@pytest.mark.parametrize(
    ("path", "body", "said"),
    [
        ("ask", {"question": "1" * 2001}, '"question": this has 2,001 characters, and may have 2,000'),
        ("search", {"like": "1" * 2001}, '"like": this has 2,001 characters, and may have 2,000'),
        ("assist", {"message": "가" * 8001}, '"message": this has 8,001 characters, and may have 8,000'),
        (
            "ask",
            {"question": "가", "history": [{"role": "user", "content": "1" * 2001}]},
            '"history.0": this has 2,001 characters, and may have 2,000',
        ),
        (
            "ask",
            {"question": "가", "history": [{"role": "assistant", "content": "1" * 8001}]},
            '"history.0": this has 8,001 characters, and may have 8,000',
        ),
        ("ask", {"question": "가", "history": [{"role": "user", "content": "가"}] * 101}, '"history": '),
        (
            "ask",
            {"question": "가", "state": {"focus": [{"id": "1" * 2001, "name_ko": "", "name_en": ""}]}},
            '"state.focus.0.id": this has 2,001 characters, and may have 2,000',
        ),
    ],
)
def test_what_is_too_long_is_refused_by_name_and_limit(path: str, body: dict[str, Any], said: str) -> None:
    refused = client().post(f"/v1/{path}", json=body)
    assert refused.status_code == 422
    assert said in refused.json()["error"]["message"]


def test_longest_of_each_is_served() -> None:
    history = [{"role": "user", "content": "1" * 2000}, {"role": "assistant", "content": "1" * 8000}]
    assert client().post("/v1/ask", json={"question": "1" * 2000, "history": history}).status_code == 200
    assert client().post("/v1/assist", json={"message": "가" * 8000, "draft": False}).status_code == 200
