"""What a supervisor or load balancer asks: ``/healthz``, whether the process lives; ``/readyz``, whether it can answer.

Without a login or key; they tell nothing private. ``/health``, which is Chainlit's, says what ``/readyz`` does.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from assistant.adapters.readiness import Readiness

NOT_KEPT = {"Cache-Control": "no-store"}


def probes(readiness: Readiness | None) -> list[Route]:
    """Their routes; ``readiness`` None: there is no store to wait for."""

    async def healthz(_request: Request) -> Response:
        return JSONResponse({"status": "ok"}, headers=NOT_KEPT)

    async def readyz(_request: Request) -> Response:
        if readiness and (reason := await readiness.problem()):
            return JSONResponse({"status": "unavailable", "reason": reason}, 503, NOT_KEPT)
        return JSONResponse({"status": "ready"}, headers=NOT_KEPT)

    return [Route("/healthz", healthz), Route("/readyz", readyz), Route("/health", readyz)]
