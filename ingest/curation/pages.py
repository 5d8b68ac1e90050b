"""The routes under ``/curation``. Who may ask is decided before them, by whoever mounts the app."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Literal, cast
from urllib.parse import parse_qs

from psycopg_pool import ConnectionPool
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from assistant.adapters.postgres.audit import Audit
from assistant.adapters.postgres.curation import Curation, DocumentState
from assistant.adapters.postgres.inbox import Inbox, State
from assistant.adapters.postgres.inquiries import desk_figures
from assistant.adapters.postgres.unanswered import Unanswered
from assistant.errors import StoreError
from assistant.language.ko import time as korean_time
from assistant.settings import Settings
from ingest.coverage import file_state
from ingest.curation.topics import group
from ingest.curation.view import View, style_sheet, wordings
from ingest.freshness import freshness, interval
from ingest.glossary import Glossary
from ingest.glossary_report import romanised_words, stored_glossary, stored_names
from ingest.pipeline import INDEX_VERSION

logger = logging.getLogger(__name__)

SHOWN = 30  # documents, names or entries on one page
WORDS_SHOWN = 100
REMOVED_SHOWN = 10
DOMAINS = ("housing", "faq", "listing", "document")
DOCUMENT_STATES = ("closed", "superseded", "unembedded")
INBOX_STATES = ("new", "candidate", "dismissed", "all")
PROVENANCES = ("romanised", "composed", "word list", "brand table", "glossary", "override")
MOST_TEXT = 200  # letters of a search
MOST_FORM = 2 * 2**20  # bytes
MOST_FIELDS = 5_000


def create_curation(pool: ConnectionPool, settings: Settings) -> Starlette:
    """The app of these pages, to be mounted where only admins come."""
    pages = _Pages(pool, settings)
    get = {
        "/": pages.documents,
        "/document": pages.document,
        "/glossary": pages.glossary,
        "/freshness": pages.freshness,
        "/unanswered": pages.unanswered,
        "/inbox": pages.inbox,
        "/style.css": _style,
    }
    routes = [Route(path, endpoint, methods=["GET"]) for path, endpoint in get.items()]
    routes += [
        Route("/unanswered/forget", pages.forget, methods=["POST"]),
        Route("/inbox/decide", pages.decide, methods=["POST"]),
    ]
    return Starlette(routes=routes, exception_handlers={404: pages.not_found, StoreError: pages.store_gone})


class _Pages:
    """Plain functions, which Starlette runs in threads of their own: the chat goes on meanwhile."""

    def __init__(self, pool: ConnectionPool, settings: Settings) -> None:
        self._store, self._audit, self._inbox = Curation(pool), Audit(pool), Inbox(pool)
        self._unanswered = Unanswered(pool, settings.unanswered_days)
        self._days = settings.unanswered_days
        self._pool = pool
        self._view = View()

    def documents(self, request: Request) -> Response:
        text = request.query_params.get("q", "").replace("\x00", "").strip()[:MOST_TEXT]
        domain, state = _one_of(request, "domain", DOMAINS), _one_of(request, "state", DOCUMENT_STATES)
        page, today = _page(request), korean_time.today()
        rows = self._store.documents(text, domain, cast(DocumentState, state), today, SHOWN, SHOWN * (page - 1))
        found = rows[0]["found"] if rows else 0
        chosen = {"q": text, "domain": domain, "state": state}
        return self._view.page(
            request, "documents", rows=rows, found=found, chosen=chosen, page=page, more=page * SHOWN < found,
            states=DOCUMENT_STATES, today=today,
        )  # fmt: skip

    def document(self, request: Request) -> Response:
        id_ = request.query_params.get("id", "").replace("\x00", "")
        row = self._store.document(id_)
        if row is None:
            return self._message(request, 404, "no_document", id=id_)
        names = stored_names(self._store.names(id_), self._glossary())
        return self._view.page(request, "document", row=row, chunks=self._store.chunks(id_), names=names)

    def glossary(self, request: Request) -> Response:
        glossary = self._glossary()
        names = stored_names(self._store.names(), glossary)
        text = request.query_params.get("q", "").strip()[:MOST_TEXT]
        origin, page = _one_of(request, "origin", PROVENANCES), _page(request)
        counts = {one: sum(name.provenance == one for name in names) for one in PROVENANCES}
        fitting = [
            name
            for name in names
            if (not origin or name.provenance == origin) and text.lower() in f"{name.ko} {name.en}".lower()
        ]
        return self._view.page(
            request, "glossary", words=romanised_words(names, glossary)[:WORDS_SHOWN], counts=counts,
            names=fitting[SHOWN * (page - 1) : SHOWN * page], found=len(fitting), page=page,
            more=page * SHOWN < len(fitting), chosen={"q": text, "origin": origin},
        )  # fmt: skip

    def freshness(self, request: Request) -> Response:
        (first, last), history = self._audit.ingests(), self._audit.history()
        sources = self._store.sources(INDEX_VERSION)
        fresh = freshness(datetime.now(UTC), last, history)
        return self._view.page(
            request, "freshness", fresh=fresh, every=interval(first, history).every, last=last,
            verified=history[-1] if history else None, holdings=self._store.holdings(korean_time.today()),
            sources=[(row, file_state(row)) for row in sources], removed=self._store.removed(REMOVED_SHOWN),
        )  # fmt: skip

    def unanswered(self, request: Request) -> Response:
        before = datetime.now(UTC).isoformat()
        topics = group(self._unanswered.all())
        return self._view.page(request, "unanswered", topics=topics, days=self._days, before=before)

    def inbox(self, request: Request) -> Response:
        state = cast(State, _one_of(request, "state", INBOX_STATES) or "new")
        page = _page(request)
        entries = self._inbox.entries(state, SHOWN, SHOWN * (page - 1))
        found = entries[0]["shown"] if entries else 0
        return self._view.page(
            request, "inbox", entries=entries, state=state, states=INBOX_STATES, found=found, page=page,
            more=page * SHOWN < found, disputed=desk_figures(self._pool).disputed,
        )  # fmt: skip

    async def forget(self, request: Request) -> Response:
        form = await _form(request)
        try:
            before = datetime.fromisoformat(form["before"][0])
        except (KeyError, ValueError):
            return self._message(request, 400, "bad_form")
        await run_in_threadpool(self._unanswered.forget, form.get("question", []), before)
        return RedirectResponse(f"{request.scope.get('root_path', '')}/unanswered", 303)

    async def decide(self, request: Request) -> Response:
        form = await _form(request)
        kind, id_, decision, state = (form.get(name, [""])[0] for name in ("kind", "id", "decision", "state"))
        if kind not in ("rating", "edited", "rejected") or not id_ or state not in INBOX_STATES:
            return self._message(request, 400, "bad_form")
        if decision == "new":
            await run_in_threadpool(self._inbox.undecide, kind, id_)
        elif decision in ("candidate", "dismissed"):
            made = cast(Literal["candidate", "dismissed"], decision)
            await run_in_threadpool(self._inbox.decide, kind, id_, made, getattr(request.state, "person", ""))
        else:
            return self._message(request, 400, "bad_form")
        return RedirectResponse(f"{request.scope.get('root_path', '')}/inbox?state={state}", 303)

    def not_found(self, request: Request, _error: Exception) -> Response:
        return self._message(request, 404, "no_page")

    def store_gone(self, request: Request, error: Exception) -> Response:
        logger.warning("A page of curation could not be shown: %s", error)
        return self._message(request, 503, "store_gone", reason=str(error))

    def _glossary(self) -> Glossary:
        return stored_glossary(frozenset(self._audit.terms()))

    def _message(self, request: Request, status: int, key: str, **values: str) -> Response:
        return self._view.page(request, "message", status, told=wordings(request).say(f"messages.{key}", **values))


def _style(_request: Request) -> Response:
    return Response(style_sheet(), media_type="text/css")


async def _form(request: Request) -> dict[str, list[str]]:
    """The fields of a form; empty where it is larger than any of these pages sends."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MOST_FORM:
            return {}
    try:
        return parse_qs(body.decode("utf-8"), max_num_fields=MOST_FIELDS)
    except ValueError:
        return {}


def _one_of(request: Request, name: str, allowed: tuple[str, ...]) -> str:
    given = request.query_params.get(name, "")
    return given if given in allowed else ""


def _page(request: Request) -> int:
    given = request.query_params.get("page", "")
    return max(1, int(given)) if given.isascii() and given.isdecimal() and len(given) < 6 else 1
