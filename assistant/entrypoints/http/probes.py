"""What a supervisor or load balancer asks: ``/healthz``, whether the process lives; ``/readyz``, whether it can answer.

Without a login or key; they tell nothing private. ``/health``, which is Chainlit's, says what ``/readyz`` does.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from assistant.adapters.postgres.readiness import Readiness
from assistant.entrypoints.chat.notes import loading
from assistant.entrypoints.chat.texts import spoken_language, texts
from assistant.ports import Joining

NOT_KEPT = {"Cache-Control": "no-store"}


def probes(readiness: Readiness | None, joining: Joining | None = None) -> list[Route]:
    """Their routes; ``readiness`` None: there is no store to wait for. ``joining``: what is told of the chat model.

    Without the model questions are answered all the same, so that it makes nothing unready.
    """

    async def healthz(_request: Request) -> Response:
        return JSONResponse({"status": "ok"}, headers=NOT_KEPT)

    async def readyz(request: Request) -> Response:
        model = _model(request, joining)
        if readiness and (reason := await readiness.problem()):
            return JSONResponse({"status": "unavailable", "reason": reason} | model, 503, NOT_KEPT)
        return JSONResponse({"status": "ready"} | model, headers=NOT_KEPT)

    return [Route("/healthz", healthz), Route("/readyz", readyz), Route("/health", readyz)]


def _model(request: Request, joining: Joining | None) -> dict[str, Any]:
    """What the page tells in a line while the model is on its way (``told``), and programs by itself."""
    if joining is None:
        return {}
    if now := joining.loading:
        phrases = texts(spoken_language(request.headers.get("accept-language")))
        told = phrases.say("loading.line", what=loading(now, phrases))
        return {"chat_model": {"status": "loading", "step": now.step, "percent": now.percent, "told": told}}
    return {"chat_model": {"status": "failed" if joining.problem else "ready"}}
