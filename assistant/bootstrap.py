"""The composition root: everything is wired here, once, by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from psycopg_pool import ConnectionPool

from assistant.adapters.chat.registry import open_chat_model
from assistant.adapters.embeddings.models import open_embedding
from assistant.adapters.lexical.terms import open_tokenizer
from assistant.adapters.pages.source import SourcePages
from assistant.adapters.postgres.current import Current, kept_current
from assistant.adapters.postgres.feedback import Feedback
from assistant.adapters.postgres.inquiries import StoredInquiries
from assistant.adapters.postgres.pool import open_pool
from assistant.adapters.postgres.search_models import SearchModels
from assistant.adapters.postgres.store import Store
from assistant.adapters.postgres.unanswered import Unanswered
from assistant.adapters.prompt_releases import in_use
from assistant.answering import prompting
from assistant.answering.query_rewriter import Rewriter
from assistant.answering.turn import Assistant
from assistant.desk import Desk
from assistant.domain import Language, Role
from assistant.errors import EmptyStoreError
from assistant.ports import Joining
from assistant.retrieval.entry_classifier import EntryPredictor
from assistant.settings import Settings

WARMED = ("explore", "detail")  # most questions; the other stages' prompts are read when they are first needed


@contextmanager
def open_assistant(settings: Settings, *, chat: bool = True) -> Iterator[Assistant]:
    """An assistant over the store that the settings name. ``chat=False`` leaves the chat model out (search alone).

    Raises:
        StoreError: Postgres cannot be used, or holds no documents (EmptyStoreError).
        ModelError: the embedding model of the store cannot be used here.
    """
    with open_desk(settings, chat=chat) as desk:
        yield desk.assistant


@contextmanager
def open_desk(settings: Settings, *, chat: bool = True) -> Iterator[Desk]:
    """An agent's desk, which holds the assistant and the past inquiries, over the store as it is at this moment.

    Raises as :func:`open_assistant` does.
    """
    with _open(settings, chat=chat, unanswered_days=0) as (make, _, _):
        yield make()


@dataclass(frozen=True)
class Service:
    """What a server serves: an agent's desk with its assistant, and connections to the store (None: there is none).

    ``desk`` gives that over the store as it is now. Ask for it once a turn: a turn sees one store from start to end.
    ``joining``: the chat model, where it may still be on its way.
    """

    desk: Callable[[], Desk]
    pool: ConnectionPool | None = None
    joining: Joining | None = None


@contextmanager
def open_service(settings: Settings, fetch: str = "") -> Iterator[Service]:
    """What others are served with: their questions that no document answers are kept for curation.

    A local chat model joins once :func:`warm` has ended; ``fetch`` is the command that installs it.

    Raises as :func:`open_assistant` does.
    """
    with (
        _open(settings, chat=True, unanswered_days=settings.unanswered_days, fetch=fetch) as (make, models, pool),
        kept_current(Current(models.version, make)) as desk,
    ):
        model = desk().assistant.chat_model
        yield Service(desk, pool, model if isinstance(model, Joining) else None)


@contextmanager
def _open(
    settings: Settings, *, chat: bool, unanswered_days: int, fetch: str | None = None
) -> Iterator[tuple[Callable[[], Desk], SearchModels, ConnectionPool]]:
    """What is opened once, and a function that makes a desk with it over the store as it is when it is called."""
    prompts = in_use(settings)
    with ExitStack() as stack, ThreadPoolExecutor(max_workers=2) as threads:
        # Postgres starts, and the two models load, at the same time: together they are the start-up time.
        tokenizer = threads.submit(open_tokenizer)
        # Most often the model that is set is the store's own; which that is, only the store says.
        embedding = threads.submit(open_embedding, settings)
        pool = stack.enter_context(open_pool(settings))
        if Store(pool).is_empty():
            raise EmptyStoreError
        rewrites = settings.question_rewrite == "model"
        joins = fetch is not None
        chat_model = open_chat_model(settings, joins=joins, fetch=fetch or "") if chat or rewrites else None
        if chat_model is not None:
            stack.callback(chat_model.close)
        kiwi = tokenizer.result()
        models = SearchModels(pool, settings, embedding.result() if embedding.exception() is None else None)

        def make() -> Desk:
            model = models.usable()
            store = Store(pool)
            store.refresh(model.name)
            inquiries = StoredInquiries(pool, store, model)
            assistant = Assistant(
                store=store,
                embedding=model,
                tokenizer=kiwi,
                vocabulary=store.vocabulary(kiwi, prompts),
                chat_model=chat_model if chat else None,
                rewriter=Rewriter(prompts, chat_model) if rewrites and chat_model is not None else None,
                ratings=Feedback(pool),
                unanswered=Unanswered(pool, unanswered_days) if unanswered_days else None,
                pages=SourcePages(pool),
                predictor=EntryPredictor(store, inquiries),
                turn_timeout=settings.turn_timeout,
                similar_examples=settings.chat_is_hosted,
            )
            return Desk(assistant, inquiries)

        yield make, models, pool


def warm(
    assistant: Assistant,
    stages: Sequence[str] = WARMED,
    roles: Sequence[Role] = ("user",),
    languages: Sequence[Language] = ("ko", "en"),
) -> None:
    """Have the chat model read the static prompts of these stages before the first question."""
    if assistant.chat_model is not None:
        static = [(role, stage, language) for role in roles for stage in stages for language in languages]
        prompts = [
            prompting.build(assistant.prompts, role, language, (), "", assistant.ideas, stage=stage)
            for role, stage, language in static
        ]
        assistant.chat_model.warm(prompts)
    if assistant.rewriter is not None:
        assistant.rewriter.warm()
