"""Which embedding model a store is searched with: the store names it, and a machine uses it if it can."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import partial

from psycopg_pool import ConnectionPool

from assistant.adapters.embeddings.models import open_embedding, open_named
from assistant.adapters.postgres.queries import value
from assistant.adapters.postgres.searched_index import IndexedModels, indexed_models
from assistant.adapters.postgres.transactions import read, transaction
from assistant.errors import BudongiError, ModelError
from assistant.ports import EmbeddingModel
from assistant.settings import Settings

logger = logging.getLogger(__name__)

RETRY_SECONDS = 30.0  # between two attempts at the model of the active index


def stored_models(pool: ConnectionPool) -> IndexedModels:
    """The models of the store's indexes. Raises StoreError when Postgres is gone."""
    with transaction(pool) as connection:
        return indexed_models(connection)


def model_to_write(pool: ConnectionPool, settings: Settings) -> Callable[[], EmbeddingModel]:
    """Opens the model that passages are embedded with: the store's own; in a new store the one that is set."""
    with transaction(pool) as connection:
        model, filled = value(connection, "embedding_model"), value(connection, "has_embeddings")
    return partial(open_named, settings, model) if model and filled else partial(open_embedding, settings)


class SearchModels:
    """The embedding model of this process, which changes when the store's does. For one thread at a time."""

    def __init__(self, pool: ConnectionPool, settings: Settings, opened: EmbeddingModel | None = None) -> None:
        """``opened`` is used where it is the right one: opening takes its time."""
        self._pool = pool
        self._settings = settings
        self._model = opened
        self._revision: int | None = None
        self._stored = IndexedModels(None)
        self._again = 0.0  # when the active one is tried again

    def version(self) -> tuple[int, str]:
        """Another value than before: what can be found has changed, or the model that it is searched with here.

        Raises as :meth:`usable` does.
        """
        revision: int = read(self._pool, lambda connection: value(connection, "corpus_revision")) or 0
        if revision != self._revision:
            self._stored, self._revision = stored_models(self._pool), revision
        return revision, self._usable().name

    def usable(self) -> EmbeddingModel:
        """The model of the active index; where it cannot be used here, that of the replaced one, while it is kept.

        Raises:
            BudongiError: neither can be used; says why, and what to do.
        """
        self._stored = stored_models(self._pool)
        return self._usable()

    def _usable(self) -> EmbeddingModel:
        if self._model is None or self._model.name != self._stored.active:
            self._model = self._chosen(self._stored)
        return self._model

    def _chosen(self, stored: IndexedModels) -> EmbeddingModel:
        if stored.active is None:
            return self._model or open_embedding(self._settings)
        if stored.previous is None:
            # Whether its server answers shows at each question: it may be down for a moment.
            return open_named(self._settings, stored.active)
        kept = self._model if self._model and self._model.name == stored.previous else None
        if kept and time.monotonic() < self._again:
            return kept
        try:
            active = open_named(self._settings, stored.active, checked=True)
        except BudongiError as error:
            problem = error
        else:
            self._again = 0.0
            return active
        try:
            kept = kept or open_named(self._settings, stored.previous, checked=True)
        except BudongiError as error:
            raise ModelError(
                f"Neither index of the store can be searched here. That of {stored.active}: {problem} That of "
                f"{stored.previous}, which it replaced: {error}"
            ) from None
        if not self._again:
            logger.warning(
                "The store is searched with %s now, which cannot be used here: %s The index of %s is searched until it "
                "is dropped; what is ingested from now on is not in it.",
                *(stored.active, problem, kept.name),
            )
        self._again = time.monotonic() + RETRY_SECONDS
        return kept
