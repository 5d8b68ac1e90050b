"""What is told of the chat model that is on its way, whether or not the store can be used."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from assistant.domain import Loading
from assistant.entrypoints.http.probes import probes


@pytest.mark.parametrize(("reason", "status"), [("", 200), ("The store is gone.", 503)])
@pytest.mark.parametrize(
    ("loading", "problem", "told"),
    [
        (Loading("download", 34), "", "내려받는 중 34%"),
        (Loading("load"), "", "(불러오는 중)"),
        (None, "", "ready"),
        (None, "x", "failed"),
    ],
)
def test_page_hears_of_the_model_while_the_store_is_away_too(
    reason: str, status: int, loading: Loading | None, problem: str, told: str
) -> None:
    async def look() -> str:
        return reason

    readiness: Any = SimpleNamespace(problem=look)
    joining: Any = SimpleNamespace(loading=loading, problem=problem)
    reply = TestClient(Starlette(routes=[*probes(readiness, joining)])).get(
        "/readyz", headers={"accept-language": "ko"}
    )
    assert (reply.status_code, reply.json().get("reason", "")) == (status, reason)
    model = reply.json()["chat_model"]
    assert told in model.get("told", model["status"])
