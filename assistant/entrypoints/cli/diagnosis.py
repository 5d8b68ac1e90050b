"""What ``budongi doctor`` looks at: each finding with how to mend it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields

from assistant.adapters.chat.registry import VARIABLES, check_chat_model, provider_of
from assistant.adapters.embeddings.models import open_embedding, open_named, set_name
from assistant.adapters.postgres.documents import Documents
from assistant.adapters.postgres.pool import open_pool
from assistant.adapters.postgres.queries import query
from assistant.adapters.postgres.search_models import stored_models
from assistant.adapters.postgres.searched_index import IndexedModels
from assistant.adapters.prompt_releases import in_use
from assistant.answering import prompting
from assistant.answering.generator import MAX_TOKENS
from assistant.entrypoints.accounts import read_accounts
from assistant.entrypoints.http.keys import read_keys
from assistant.errors import BudongiError
from assistant.ports import EmbeddingModel
from assistant.settings import Settings

ENOUGH_DISK = 3 * 1024**3  # bytes: weights (1.1 GB), prefix caches and a store of some ten thousand chunks


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. ``mend`` says what to do where ``ok`` is False."""

    what: str
    state: str
    ok: bool = True
    mend: str = ""


def examine() -> Iterator[Finding]:
    """Look at everything that an answer needs; findings come as they are known."""
    try:
        settings = Settings.from_environment()
        provider_of(settings)
    except BudongiError as error:
        yield Finding("settings", str(error), ok=False, mend="correct the variable and run this again")
        return
    yield from _settings(settings)
    yield from _guarded("BUDONGI_API_KEYS", lambda: _checked(lambda: read_keys(settings.api_keys)))
    if users := settings.auth_users:
        yield from _guarded("BUDONGI_AUTH_USERS", lambda: _checked(lambda: read_accounts(users)))
    yield from _guarded("prompts", lambda: _checked(lambda: in_use(settings)))
    yield _disk(settings)
    embedded = False
    for finding in _guarded("Postgres", lambda: _store(settings)):
        embedded |= finding.what == "index"
        yield finding
    if not embedded:
        yield from _guarded("embedding model", lambda: _embedding(settings))
    yield from _guarded("chat model", lambda: _chat_model(settings))


def _guarded(what: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        yield from look()
    except BudongiError as error:
        state, _, mend = str(error).partition(". ")
        yield Finding(what, state, ok=False, mend=mend)


def _checked(read: Callable[[], object]) -> Iterator[Finding]:
    """Nothing to say of what can be read."""
    read()
    yield from ()


def _settings(settings: Settings) -> Iterator[Finding]:
    for item in (item for item in fields(settings) if item.metadata):
        value = getattr(settings, item.name)
        shown = ("set" if value else "not set") if item.metadata.get("secret") else value
        yield Finding(item.metadata["env"], f"{shown if shown is not None else 'not set'}  ({item.metadata['help']})")
    for variable in VARIABLES:
        value = variable.of(settings)
        shown = "set" if value and variable.secret else value or "not set"
        yield Finding(variable.name, f"{shown}  ({variable.help})")


def _disk(settings: Settings) -> Finding:
    place = settings.home
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    state = f"{free / 1024**3:.1f} GiB free at {settings.home}"
    if not os.access(place, os.W_OK):
        return Finding("disk", f"{place} cannot be written", ok=False, mend="set BUDONGI_HOME to a folder of yours")
    if free < ENOUGH_DISK:
        return Finding("disk", state, ok=False, mend="free some space, or set BUDONGI_HOME to another disk (3 GiB)")
    return Finding("disk", state)


def _store(settings: Settings) -> Iterator[Finding]:
    with open_pool(settings) as pool:
        with pool.connection() as connection:
            row = connection.execute(query("versions")).fetchone()
        assert row is not None
        kind = "embedded" if settings.database_url is None else "by BUDONGI_DATABASE_URL"
        yield Finding("Postgres", f"{row[0]}, {kind}{', read-only: it answers, and keeps nothing' if row[2] else ''}")
        yield Finding("pgvector", row[1])
        counts, models = Documents(pool).counts(), stored_models(pool)
    if not counts.documents:
        yield Finding("corpus", "empty", ok=False, mend="run `budongi up`, `budongi ingest --samples` or `ingest PATH`")
        return
    held = ", ".join(f"{counts.documents[name]:,} {name} ({counts.chunks[name]:,} chunks)" for name in counts.documents)
    unsearchable = sum(counts.chunks.values()) - sum(counts.searchable.values())
    if unsearchable:
        yield Finding(
            "corpus", f"{held}; {unsearchable:,} chunks not searchable", ok=False, mend="run the ingest again"
        )
    else:
        yield Finding("corpus", held)
    yield from _indexes(settings, models)


def _indexes(settings: Settings, models: IndexedModels) -> Iterator[Finding]:
    """The indexes that the store holds, and which of them this machine can search. The store decides, no setting."""
    usable: dict[str, EmbeddingModel] = {}
    problems: dict[str, BudongiError] = {}
    for name in filter(None, (models.active, models.previous)):
        try:
            usable[name] = open_named(settings, name, checked=True)
        except BudongiError as error:
            problems[name] = error
    if models.active in usable:
        yield Finding(
            "index", f"{models.active}, {usable[models.active].dimensions} dimensions; this machine can use it"
        )
    elif models.active:
        state = f"{models.active}; this machine cannot use it: {problems[models.active]}"
        if models.previous in usable:
            mend = f"mend that before `budongi ingest reindex --drop-old`; {models.previous} is searched until then"
        else:
            mend = "mend that, or change the store over to another model: `budongi ingest reindex --model MODEL`"
        yield Finding("index", state, ok=False, mend=mend)
    if models.active not in (None, set_name(settings)):
        yield Finding(
            "embedding model",
            f"BUDONGI_EMBEDDING_MODEL is {settings.embedding_model}, which a new store would be embedded with; this "
            f"one has {models.active}, and that is used",
        )
    if models.previous:
        can = f"cannot use it: {problems[models.previous]}" if models.previous in problems else "can use it"
        yield Finding(
            "replaced index", f"{models.previous}, kept until `budongi ingest reindex --drop-old`; this machine {can}"
        )


def _embedding(settings: Settings) -> Iterator[Finding]:
    model = open_embedding(settings)
    yield Finding("embedding model", f"{model.name}, {model.dimensions} dimensions")


def _chat_model(settings: Settings) -> Iterator[Finding]:
    yield Finding("chat model", check_chat_model(settings, prompting.trial(in_use(settings)), MAX_TOKENS))
