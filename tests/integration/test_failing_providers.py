"""Turns while the chat server fails in every way: a readable answer, in time, and a breaker that opens."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from command_line import small_store

from eval.perf import providers
from eval.perf.fake_server import spoken

TIMEOUT = 2.0  # seconds; the real 30 are for `python -m eval.perf.providers`


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store(tmp_path_factory.getbasetemp() / "small-store").home


def test_every_failure_ends_in_a_readable_answer_in_time(home: Path) -> None:
    names = []
    for failed in providers.each(home, TIMEOUT):
        names.append(failed.name)
        answer = failed.answer
        assert failed.seconds < TIMEOUT + 1, failed.name
        assert "2026년" in answer.text or "2027년" in answer.text, (failed.name, answer.text)
        assert "확인해" not in answer.text, failed.name  # half a sentence of the server is nobody's answer
        assert answer.citations, failed.name
        assert answer.degraded, failed.name
        assert providers.KEY not in answer.problem
        assert answer.problem.count(". ") >= 1, answer.problem  # what happened, and what to do
        assert answer.misconfigured == (failed.name in MISCONFIGURED), (failed.name, answer.problem)
    assert len(names) > 12


MISCONFIGURED = ("malformed JSON", "a web page", "wrong model name", "wrong key")


def test_the_breaker_opens_within_five_failures_and_then_answers_at_once(home: Path) -> None:
    turns = list(providers.in_a_row(home, TIMEOUT))
    asked = [after.requests > before.requests for before, after in itertools.pairwise(turns)]
    assert turns[0].requests > 0
    assert not any(asked[4:])
    last = turns[-1]
    assert last.seconds < 1
    assert last.answer.degraded
    assert "in a row" in last.answer.problem
    assert last.answer.text == turns[0].answer.text


def test_a_server_that_is_well_again_is_asked_again(home: Path) -> None:
    with providers.failing(home, TIMEOUT, spoken("모르겠습니다.")) as (assistant, server):
        assistant.chat_model.pause = 0.0  # type: ignore[union-attr]
        good = server.responses
        server.responses = [providers.failures(hang=0)["wrong key"]]
        for _ in range(4):
            assert providers.asked("", assistant, server, providers.QUESTION).answer.degraded
        server.responses = good
        assert not providers.asked("", assistant, server, providers.QUESTION).answer.degraded
