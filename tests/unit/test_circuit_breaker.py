"""When a model that fails is asked again, and what an answer costs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from assistant.adapters.chat.circuit_breaker import WithBreaker
from assistant.adapters.chat.prices import cost
from assistant.domain import Usage
from assistant.errors import ModelError, ModelRefused, ModelUnavailable
from assistant.ports import Delta, Prompt

PROMPT = Prompt("", (), "?", "v")


class Failing:
    """Raises what it is told to, or answers."""

    name = "failing"

    def __init__(self, error: ModelError | None) -> None:
        self.error, self.asked = error, 0

    def stream(self, prompt: Prompt, *, max_tokens: int, timeout: float | None = None) -> Iterator[Delta]:  # noqa: ARG002
        self.asked += 1
        if self.error:
            raise self.error
        yield Delta("ok", Usage())


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def turn(model: WithBreaker) -> ModelError | None:
    try:
        list(model.stream(PROMPT, max_tokens=1))
    except ModelError as error:
        return error
    return None


@pytest.mark.parametrize("error", [ModelUnavailable("It is down."), ModelError("The key is wrong.")])
def test_it_opens_is_tried_once_and_closes(error: ModelError) -> None:
    inner, clock = Failing(error), Clock()
    model = WithBreaker(inner, failures=3, pause=30, now=clock)
    for _ in range(5):
        assert type(turn(model)) is type(error)
    assert inner.asked == 3
    assert "3 times in a row" in str(turn(model))
    clock.now = 31
    assert str(turn(model)) == str(error)  # the one that tries
    turn(model)
    assert inner.asked == 4
    clock.now, inner.error = 62, None
    assert turn(model) is None
    assert turn(model) is None


def test_while_one_turn_tries_the_others_go_without() -> None:
    inner, clock = Failing(ModelUnavailable("It is down.")), Clock()
    model = WithBreaker(inner, failures=1, pause=30, now=clock)
    turn(model)
    clock.now, inner.error = 31, None
    trying = model.stream(PROMPT, max_tokens=1)
    next(trying)
    assert turn(model) is not None
    assert list(trying) == []
    assert turn(model) is None


def test_a_refusal_is_no_failure_of_the_server() -> None:
    inner = Failing(ModelRefused("Too long."))
    model = WithBreaker(inner, failures=1, now=Clock())
    for _ in range(4):
        turn(model)
    assert inner.asked == 4


def test_cost() -> None:
    assert cost("gpt-4o-mini", 1_000_000, 0, 1_000_000) == pytest.approx(0.75)
    assert cost("gpt-4o-mini-2024-07-18", 1_000_000, 1_000_000, 0) == pytest.approx(0.075)
    assert cost("gpt-4o-mini-2", 1, 1, 1) is None
    assert cost("", 1, 1, 1) is None
    assert Usage(1, 2, 0.5) + Usage(1, 2) == Usage(2, 4, 0.5)
