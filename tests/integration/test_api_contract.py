"""The HTTP API does what its OpenAPI description says, whatever it is sent (schemathesis, all checks)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import schemathesis
from fastapi import HTTPException
from schemathesis.config import HealthCheck
from schemathesis.engine import from_schema
from schemathesis.engine.events import FatalError, NonFatalError, ScenarioFinished
from shipped import PROMPTS
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import Receive, Scope, Send

from assistant.bootstrap import open_desk
from assistant.desk import Assisted, Desk, Prediction
from assistant.domain import (
    Answer,
    ConversationState,
    Event,
    Finished,
    Question,
    Released,
    Result,
    Understanding,
    Understood,
    Usage,
)
from assistant.entrypoints.http import create_api, read_keys
from assistant.retrieval.retriever import Retrieval
from assistant.settings import Settings


class Scripted:
    """Answers anything at once: what is sent is what is tried here, by the thousand."""

    prompts = PROMPTS

    def stream(self, question: Question) -> Iterator[Event]:
        understanding = self._understanding(question)
        state = question.state or ConversationState()
        yield Understood(understanding)
        yield Released("가.")
        yield Finished(
            Answer(question, "가.", understanding, False, False, (), (), (), "v", "none", {}, Usage(), state=state)
        )

    def search(self, question: Question, limit: int) -> tuple[Understanding, Retrieval]:
        return self._understanding(question), Retrieval(tuple(self.similar("", limit)))

    def similar(self, id_: str, limit: int) -> list[Result]:  # noqa: ARG002
        return [Result(1, 0.5, "housing:1", "1", "housing:1#place", "housing", "가", "A", "place", "가는", ())] * limit

    @property
    def store(self) -> Scripted:
        return self

    @staticmethod
    def _understanding(question: Question) -> Understanding:
        return Understanding(question.text, "ko", "housing", "explore")


class ScriptedDesk(Desk):
    def assist(self, message: str, *, draft: bool = True) -> Assisted:  # noqa: ARG002
        return Assisted(message, "ko", (), Prediction((), 0.9), (), None)


def problems(desk: Desk, *, examples: int, coverage: bool) -> list[str]:
    """What schemathesis finds wrong with the API over ``desk``: asked every edge case with ``coverage``, and at random
    ``examples`` times for each route. Its engine is run as it is: its pytest plugin knows no pytest of today."""
    served = Starlette(routes=[Mount("/v1", create_api(lambda: desk, read_keys(None), 1_000_000, open_here=True))])

    async def here(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope["client"] = ("127.0.0.1", 50_000)
            scope["headers"] = [(b"host", b"127.0.0.1"), *(pair for pair in scope["headers"] if pair[0] != b"host")]
        await served(scope, receive, send)

    schema = schemathesis.openapi.from_asgi("/v1/openapi.json", here)
    schema.config.seed = 1
    schema.config.checks.update(included_check_names=["all"])
    schema.config.generation.update(max_examples=examples, deterministic=True, no_shrink=True, database="none")
    schema.config.suppress_health_check = [HealthCheck.all]  # a busy machine is no fault of the API
    schema.config.phases.coverage.enabled = coverage
    found, sent = [], 0
    for event in from_schema(schema).execute():
        if isinstance(event, FatalError | NonFatalError):
            found.append(str(event))
        if isinstance(event, ScenarioFinished):
            sent += len(event.recorder.cases)
            for case, checks in event.recorder.checks.items():
                found += [
                    f"{check.name}: {event.recorder.cases[case].value!r}: {check.failure_info.failure}"
                    for check in checks
                    if check.failure_info
                ]
    assert sent > examples
    return found


def test_every_field_missing_wrong_or_at_its_limits_is_answered_as_described() -> None:
    assert not problems(ScriptedDesk(cast(Any, Scripted()), cast(Any, None)), examples=20, coverage=True)[:3]


def test_the_real_desk_answers_whatever_is_sent_as_described(samples: Path) -> None:
    with open_desk(Settings(home=samples, chat_model="none")) as desk:
        assert not problems(desk, examples=20, coverage=False)[:3]


def test_what_is_not_as_described_would_be_found() -> None:
    class Faulty(Scripted):
        def search(self, question: Question, limit: int) -> tuple[Understanding, Retrieval]:  # noqa: ARG002
            raise HTTPException(418)

    found = problems(ScriptedDesk(cast(Any, Faulty()), cast(Any, None)), examples=20, coverage=False)
    assert any(problem.startswith("status_code_conformance") for problem in found)
