"""Errors as every way out of the API gives them: ``{"error": {"message", "type"}}``, never a trace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from assistant.errors import BudongiError, InputError, ModelError, StoreError

# What a program is told of a status, and what the API's description says of it.
KINDS: Final = {
    400: ("invalid_request", "The body is not UTF-8"),
    401: ("unauthorized", "No key, or none that is known"),
    403: ("forbidden", "Only for agents; or no keys are set, and this is not from here"),
    404: ("not_found", "No document has the id in `like`"),
    405: ("method_not_allowed", "Everything is a POST"),
    413: ("too_large", "The body is larger than 64 KiB"),
    422: ("invalid_request", "The body is not what this takes"),
    429: ("rate_limited", "Too many requests within a minute; see Retry-After"),
    503: ("unavailable", "The store or a model cannot be used now"),
}
UNKNOWN: Final = "Something went wrong here; the server's log tells what. Try again, or report it."


class Problem(BaseModel):
    """What went wrong, for a person (``message``) and for a program (``type``)."""

    message: str
    type: str


class ProblemBody(BaseModel):
    """The body of every response that is not a success."""

    error: Problem


def described(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Responses of these statuses, as FastAPI describes them."""
    return {status: {"model": ProblemBody, "description": KINDS[status][1]} for status in statuses}


def problem_json(status: int, message: str) -> dict[str, Any]:
    kind, _ = KINDS.get(status, ("internal", ""))
    return {"error": {"message": message, "type": kind}}


def problem_response(status: int, message: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse(problem_json(status, message), status, headers)


def status_of(error: BudongiError) -> int:
    """422: what was sent; 503: the store or a model, which may be back later; 500: how the server is set up."""
    if isinstance(error, InputError):
        return 422
    return 503 if isinstance(error, (StoreError, ModelError)) else 500


def handle_problems(api: FastAPI) -> None:
    """Have ``api`` answer with :class:`ProblemBody` whatever happens."""

    async def invalid(_request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        at = ".".join(str(part) for part in first["loc"][1:] if first["type"] != "json_invalid")
        message = str(first["msg"]).removeprefix("Value error, ")
        return problem_response(422, f'"{at}": {message}' if at else f"The body: {message}")

    async def refused(_request: Request, error: HTTPException) -> JSONResponse:
        return problem_response(error.status_code, str(error.detail), error.headers)

    async def known(_request: Request, error: BudongiError) -> JSONResponse:
        return problem_response(status_of(error), str(error))

    async def unknown(_request: Request, _error: Exception) -> JSONResponse:
        return problem_response(500, UNKNOWN)  # the server logs the trace

    api.exception_handler(RequestValidationError)(invalid)
    api.exception_handler(HTTPException)(refused)
    api.exception_handler(BudongiError)(known)
    api.exception_handler(Exception)(unknown)
