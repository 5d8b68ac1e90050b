"""Turns while a chat server fails in every way: ``python -m eval.perf.providers``. Prints; asserts nothing.

Asks the configured store one question per failure, with a turn's real limit (30 s), and then four more of the server
that is broken, so that the circuit breaker opens.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import click

from assistant.answering.turn import Assistant
from assistant.bootstrap import open_assistant, warm
from assistant.domain import Answer, Question
from assistant.entrypoints.cli.ask import guarded, settings_from_environment
from assistant.settings import Settings
from eval.perf.fake_server import FakeServer, Respond, failures
from eval.perf.machine import machine_line

QUESTION = "금천구 한신더휴 하이엔에듀포레 입주 언제야?"
KEY = "sk-not-a-key"
ASKED_AGAIN = 6  # more than the failures that open the breaker


@dataclass(frozen=True, slots=True)
class Failed:
    """``seconds`` of the turn, its answer, and the requests that the server had got by its end."""

    name: str
    seconds: float
    answer: Answer
    requests: int


@contextmanager
def failing(home: Path, timeout: float, respond: Respond) -> Iterator[tuple[Assistant, FakeServer]]:
    """An assistant on the store in ``home`` whose chat server fails in this way."""
    server = FakeServer()
    server.responses = [respond]
    settings = Settings(
        home=home,
        chat_model="openai:small",
        openai_base_url=f"{server.address}/v1",
        openai_api_key=KEY,
        turn_timeout=timeout,
    )
    try:
        with open_assistant(settings) as assistant:
            warm(assistant)
            yield assistant, server
    finally:
        server.close()


def each(home: Path, timeout: float, question: str = QUESTION) -> Iterator[Failed]:
    """One turn per failure, each with a model that has not failed before."""
    ways = failures(hang=timeout + 30)
    with failing(home, timeout, ways["500"]) as (assistant, server):
        hosted = assistant.chat_model.model  # type: ignore[union-attr]
        for name, respond in ways.items():
            server.responses, server.requests[:] = [respond], []
            yield asked(name, replace(assistant, chat_model=hosted), server, question)


def in_a_row(home: Path, timeout: float, question: str = QUESTION) -> Iterator[Failed]:
    """Turns one after another while the server is broken."""
    with failing(home, timeout, failures(hang=0)["500"]) as (assistant, server):
        for turn in range(1, ASKED_AGAIN + 1):
            yield asked(f"500, turn {turn} in a row", assistant, server, question)


def asked(name: str, assistant: Assistant, server: FakeServer, question: str) -> Failed:
    began = time.perf_counter()
    answer = assistant.ask(Question(question))
    return Failed(name, time.perf_counter() - began, answer, len(server.requests))


@click.command()
@click.option("--timeout", default=30.0, show_default=True, type=click.FloatRange(1), help="Seconds a turn may take.")
@guarded
def main(timeout: float) -> None:
    """Fail in every way, over the configured store."""
    home = settings_from_environment().home
    click.echo(machine_line())
    for failed in (*each(home, timeout), *in_a_row(home, timeout)):
        answer = failed.answer
        said = "answered, degraded" if answer.degraded and answer.citations else "NOT DEGRADED"
        click.echo(f"  {failed.seconds:6.2f} s  {failed.name:<32} {said}; {failed.requests} requests: {answer.problem}")


if __name__ == "__main__":
    main()
