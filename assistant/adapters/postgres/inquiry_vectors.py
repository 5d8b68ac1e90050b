"""What past inquiries are compared by: a vector of each embedding model that the store is searched with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import psycopg
from pgvector import HalfVector
from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.queries import query
from assistant.adapters.postgres.transactions import fetch, transaction
from assistant.ports import EmbeddingModel

BATCH = 32  # messages; about a second of one core with the local model


@dataclass(frozen=True, slots=True)
class Message:
    """The message, masked, of an inquiry that has no vector of a model yet."""

    inquiry_id: str
    text: str


class InquiryVectors:
    """The vectors of one model. Thread-safe as the model is."""

    def __init__(self, pool: ConnectionPool, model: EmbeddingModel) -> None:
        self._pool = pool
        self._model = model

    def missing(self, most: int | None = None) -> list[Message]:
        """The inquiries that no search with this model finds, the newest first; not more than ``most``."""
        given = {"model": self._model.name, "most": most}
        return [Message(*row) for row in fetch(self._pool, "inquiries/missing", given)]

    def add(self, messages: Sequence[Message], done: Callable[[int], object] = lambda _: None) -> None:
        """Embed these and keep their vectors, a batch at a time; ``done`` is told how many each had.

        Raises:
            ModelError: the model cannot be used; what was embedded before is kept.
            StoreError: Postgres went away.
        """
        for start in range(0, len(messages), BATCH):
            batch = messages[start : start + BATCH]
            vectors = self._model.embed_queries([message.text for message in batch])
            rows = [
                (message.inquiry_id, self._model.name, HalfVector(vector))
                for message, vector in zip(batch, vectors, strict=True)
            ]
            with transaction(self._pool) as connection, connection.cursor() as cursor:
                cursor.executemany(query("inquiries/put_vector"), rows)
            done(len(batch))


def drop_vectors(connection: psycopg.Connection, model: str) -> None:
    """Drop the vectors of a model that nothing is searched with any more."""
    connection.execute(query("inquiries/drop_vectors"), [model])
