"""However a model cites, thinks aloud or lays out its answer: what it says rightly is released, asked for once."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest
from command_line import CommandLine, small_store
from manners import Style, manners

from assistant.answering.turn import Assistant
from assistant.domain import Question
from eval.perf import providers
from eval.perf.fake_server import FakeServer, silent_for

# Of a move-in and a size: two pieces of evidence, in one piece of text each.
QUESTION = "금천구 한신더휴 하이엔에듀포레 입주 언제고 몇 세대야?"
THOUGHT = "Okay. The evidence says 2031년 1월? 한신더휴 하이엔에듀포레의 입주 예정월은 2027년 7월입니다. [1]\n"


@pytest.fixture(scope="module")
def budongi(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    return small_store(tmp_path_factory.getbasetemp() / "small-store")


@pytest.fixture(scope="module")
def asked(budongi: CommandLine) -> Iterator[tuple[Assistant, FakeServer]]:
    with providers.failing(budongi.home, 30.0, silent_for(0)) as both:
        yield both


def thinking(before: str, after: str) -> Callable[[str], list[str]]:
    return lambda text: re.findall(r"(?s).{1,5}", before + THOUGHT + after + text)


STYLES: dict[str, Style] = {
    "lenticular": lambda n, text: f"{text}【{n}】",
    "lenticular, with its source": lambda n, text: f"{text}【{n}†source】",
    "full width": lambda n, text: f"{text} ［{n}］",
    "source": lambda n, text: f"{text} [source {n}]",
    "Korean source": lambda n, text: f"{text} [출처 {n}]",
    "source in round brackets": lambda n, text: f"{text} (출처: {n})",
    "footnote": lambda n, text: f"{text}[^{n}]",
    "round": lambda n, text: f"{text} ({n})",
    "twice in one": lambda n, text: f"{text} [{n}, {n}]",
    "raised": lambda n, text: f"{text}<sup>{n}</sup>",
    "linked": lambda n, text: f"{text} [[{n}]](#ref-{n})",
    "bold mark": lambda n, text: f"{text} **[{n}]**",
    "bold words": lambda n, text: f"- **{text[:5]}**{text[5:]} [{n}]",
    "table": lambda n, text: f"| {n} | {text} | [{n}] |",
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
def test_a_citation_is_read_however_it_is_written(asked: tuple[Assistant, FakeServer], style: Style) -> None:
    assistant, server = asked
    server.responses = [manners(server, style=style, deltas=lambda text: re.findall(r"(?s).{1,5}", text))]
    server.requests.clear()
    answer = assistant.ask(Question(QUESTION))
    assert not answer.degraded, answer.problem
    assert not answer.dropped
    assert len(server.requests) == 1
    assert "2027년 7월" in answer.text
    assert {citation.n for citation in answer.citations} >= {1, 2}
    assert not re.search(r"[【*|^<］]|source|출처|#ref", answer.text.partition("\n\n")[0]), answer.text


@pytest.mark.parametrize(("before", "after"), [("<think>\n", "</think>\n\n"), ("<thinking>", "</thinking>")])
def test_a_thought_is_no_answer(asked: tuple[Assistant, FakeServer], before: str, after: str) -> None:
    assistant, server = asked
    server.responses = [manners(server, deltas=thinking(before, after))]
    server.requests.clear()
    answer = assistant.ask(Question(QUESTION))
    assert not answer.degraded
    assert not answer.dropped
    assert len(server.requests) == 1
    assert "Okay" not in answer.text
    assert "2031" not in answer.text


def test_an_answer_in_an_object_is_read(asked: tuple[Assistant, FakeServer]) -> None:
    assistant, server = asked

    def wrapped(text: str) -> list[str]:
        return re.findall(r"(?s).{1,9}", json.dumps({"answer": text, "citations": [1, 2]}))

    server.responses = [manners(server, style=lambda _, quote: quote, deltas=wrapped)]
    server.requests.clear()
    answer = assistant.ask(Question(QUESTION))
    assert (answer.degraded, answer.dropped, len(server.requests)) == (False, (), 1)
    assert {citation.n for citation in answer.citations} >= {1, 2}


def test_the_command_shows_neither_thoughts_nor_foreign_marks(budongi: CommandLine) -> None:
    fake = FakeServer()
    fake.responses = [
        manners(fake, style=lambda n, text: f"{text}【{n}†source】", deltas=thinking("<think>", "</think>"))
    ]
    settings = {"BUDONGI_CHAT_MODEL": "openai:small", "OPENAI_BASE_URL": f"{fake.address}/v1"}
    (answer,) = budongi("ask", QUESTION, "--json", **settings).rows()
    # A thought that never ends is no answer: one is composed.
    fake.responses = [manners(fake, deltas=lambda text: ["<think>", THOUGHT, text])]
    (endless,) = budongi("ask", QUESTION, "--json", **settings).rows()
    fake.close()
    assert answer["dropped"] == []
    assert re.search(r"2027년 7월입니다\. \[\d\]", answer["answer"])
    assert not re.search("【|think|2031", answer["answer"])
    assert endless["degraded"]
    assert "2027년 7월" in endless["answer"]
    assert "2031" not in endless["answer"]
    assert len(fake.requests) == 2


@pytest.mark.parametrize(
    "address", ["http://evil.example/x", "[공고](//evil.example)", "evil.example/x", "a@evil.example"]
)
def test_an_address_that_nobody_gave_is_struck(asked: tuple[Assistant, FakeServer], address: str) -> None:
    assistant, server = asked
    server.responses = [manners(server, style=lambda n, text: f"{text.rstrip('.')}, {address}. [{n}]")]
    answer = assistant.ask(Question(QUESTION))
    assert "evil" not in answer.text
    assert "2027년 7월" in answer.text  # composed of the evidence
    assert any("addresses not in the evidence" in one.reason for one in answer.dropped)


def test_the_command_shows_no_address_that_nobody_gave(budongi: CommandLine) -> None:
    fake = FakeServer()
    fake.responses = [manners(fake, style=lambda n, text: f"{text.rstrip('.')}, http://evil.example/x. [{n}]")]
    settings = {"BUDONGI_CHAT_MODEL": "openai:small", "OPENAI_BASE_URL": f"{fake.address}/v1"}
    (answer,) = budongi("ask", QUESTION, "--json", **settings).rows()
    fake.close()
    assert "evil" not in answer["answer"]
    assert "2027년 7월" in answer["answer"]
    assert any("evil" in one["sentence"] for one in answer["dropped"])
