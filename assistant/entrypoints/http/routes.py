"""``POST /v1/ask``, ``/v1/search`` and ``/v1/assist``."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any, Final, TypeVar

from fastapi import Depends, FastAPI, HTTPException, Request
from fastapi.security import HTTPBearer
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from assistant.answering.turn import Assistant
from assistant.desk import Desk
from assistant.domain import Composed, Event, Finished, Question, Released, Role, Understood, Waiting
from assistant.entrypoints.http.bodies import AskRequest, AssistRequest, EventName, SearchRequest
from assistant.entrypoints.http.gate import Gate
from assistant.entrypoints.http.keys import Keys
from assistant.entrypoints.http.problems import UNKNOWN, described, handle_problems, problem_json, status_of
from assistant.entrypoints.json_forms.answer import (
    AnswerBody,
    JsonObject,
    SearchBody,
    answer_json,
    filters_json,
    search_json,
    similar_json,
)
from assistant.entrypoints.json_forms.desk import AssistBody, assisted_json
from assistant.entrypoints.streaming import answered, streamed
from assistant.errors import BudongiError
from assistant.language.masking import mask

logger = logging.getLogger(__name__)

T = TypeVar("T")

GONE: Final = 499  # nginx's number for a client that hung up; nobody reads it
EVENTS: Final[dict[int | str, dict[str, Any]]] = {
    200: {
        "description": "The answer; or, with `stream`, the events understood, composed (where a model is about to be "
        "asked: the whole answer without it), waiting …, released …, finished (or error), each with JSON as its data",
        "content": {"text/event-stream": {}},
    }
}


def create_api(desk: Callable[[], Desk], keys: Keys, per_minute: int, *, open_here: bool) -> FastAPI:
    """The API over what ``desk`` gives at each request, to be mounted at ``/v1``; for the rest see :class:`Gate`."""
    shown = Depends(HTTPBearer(auto_error=False, description="A key of BUDONGI_API_KEYS"))  # the gate checks it
    api = FastAPI(
        title="budongi",
        summary="Cited answers on apartments, in Korean and English",
        version="1",
        docs_url=None,  # both would load scripts from another host
        redoc_url=None,
        dependencies=[] if open_here and not keys else [shown],
        responses=described(400, 401, 403, 413, 422, 429, 503),
    )
    handle_problems(api)
    api.add_middleware(Gate, keys=keys, per_minute=per_minute, open_here=open_here)

    async def ask(body: AskRequest, request: Request) -> Response:
        _require(request, body.role)
        question = body.to_question()
        if body.stream or "text/event-stream" in request.headers.get("accept", ""):
            return EventSourceResponse(_events(desk().assistant, question))
        answer = await _while_connected(request, answered(desk().assistant, question))
        return JSONResponse(answer_json(answer)) if answer else Response(status_code=GONE)

    async def search(body: SearchRequest, request: Request) -> JSONResponse:
        _require(request, body.role)
        assistant = desk().assistant
        if body.like:
            similar = await run_in_threadpool(assistant.store.similar, body.like, body.limit)
            if similar is None:
                raise HTTPException(404, f"No document has the id {body.like!r}. Take one that a search gave.")
            return JSONResponse(similar_json(body.like, similar))
        understanding, found = await run_in_threadpool(assistant.search, body.to_question(), body.limit)
        return JSONResponse(search_json(body.id, body.question, understanding, found.results[: body.limit]))

    async def assist(body: AssistRequest, request: Request) -> Response:
        _require(request, "agent")
        now = desk()
        assisted = await run_in_threadpool(now.assist, body.message, draft=False)
        if body.draft:
            # Not in Desk.assist, which could not be stopped.
            draft = await _while_connected(request, answered(now.assistant, now.reply_to(assisted.message)))
            if draft is None:
                return Response(status_code=GONE)
            assisted = now.drafted(assisted, draft)
        return JSONResponse(assisted_json(body.id, assisted))

    api.post("/ask", response_model=AnswerBody, responses=EVENTS)(ask)
    api.post("/search", response_model=SearchBody, responses=described(404))(search)
    api.post("/assist", response_model=AssistBody)(assist)
    return api


def _require(request: Request, role: Role) -> None:
    """Refuse what only an agent's key may do; without keys the gate lets in this computer's owner alone."""
    if role == "agent" and getattr(request.state, "role", "agent") != "agent":
        raise HTTPException(403, "This key is of a user. What agents do needs a key of BUDONGI_API_KEYS with :agent.")


async def _while_connected(request: Request, work: Coroutine[Any, Any, T]) -> T | None:
    """The result of ``work``; None where the client hangs up first, and then it is cancelled."""
    working, gone = asyncio.create_task(work), asyncio.create_task(_hung_up(request))
    try:
        await asyncio.wait({working, gone}, return_when=asyncio.FIRST_COMPLETED)
        return working.result() if working.done() else None
    finally:
        working.cancel()
        gone.cancel()


async def _hung_up(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _events(assistant: Assistant, question: Question) -> AsyncIterator[ServerSentEvent]:
    try:
        async with streamed(lambda: assistant.stream(question)) as events:
            async for event in events:
                if sent := _sent(event):
                    yield sent
    except BudongiError as error:
        yield _event("error", problem_json(status_of(error), str(error)))
    except Exception:
        logger.exception("A turn failed on %r", mask(question.text))
        yield _event("error", problem_json(500, UNKNOWN))


def _sent(event: Event) -> ServerSentEvent | None:
    match event:
        case Understood(understood):
            return _event(
                "understood",
                {
                    "language": understood.language,
                    "domain": understood.domain,
                    "stage": understood.stage,
                    "filters": filters_json(understood),
                },
            )
        case Composed(answer):
            return _event("composed", answer_json(answer))
        case Waiting(ahead):
            return _event("waiting", {"ahead": ahead})
        case Released(text):
            return _event("released", {"text": text})
        case Finished(answer):
            return _event("finished", answer_json(answer))
    return None


def _event(name: EventName, data: JsonObject) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data, ensure_ascii=False), event=name)
