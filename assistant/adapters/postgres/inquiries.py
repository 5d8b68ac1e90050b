"""Past inquiries in Postgres."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from pgvector import HalfVector
from psycopg.rows import class_row
from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.inquiry_vectors import BATCH, InquiryVectors
from assistant.adapters.postgres.queries import query
from assistant.adapters.postgres.store import Store
from assistant.adapters.postgres.transactions import fetch, fetch_records, run, transaction
from assistant.domain import Language
from assistant.domain.inquiries import Decision, DeskFigures, Dispute, EntryTally, Inquiry, SimilarInquiry, Tally
from assistant.errors import ModelError, StoreError
from assistant.language.edit_distance import edit_distance
from assistant.language.ko import time as korean_time
from assistant.ports import EmbeddingModel, Vectors

logger = logging.getLogger(__name__)

Made = TypeVar("Made")


class StoredInquiries:
    """The index of past inquiries; the vectors of ``model`` are compared."""

    def __init__(self, pool: ConnectionPool, store: Store, model: EmbeddingModel) -> None:
        self._pool = pool
        self._store = store
        self._model = model.name
        self._vectors = InquiryVectors(pool, model)

    def ids(self) -> set[str]:
        """All that are stored."""
        return {id_ for (id_,) in fetch(self._pool, "inquiries/ids")}

    def put(self, inquiry: Inquiry, vector: Vectors, terms: Sequence[str], decision: Decision | None = None) -> None:
        """Store one, if there is none of its id; it is found from then on, by those who search with another model too.

        ``vector``: raw query embedding of the message.
        """
        draft = decision.draft if decision else ""
        given = {
            "id": inquiry.id,
            "message": inquiry.message,
            "language": inquiry.language,
            "answer": inquiry.answer,
            "faq_id": inquiry.faq_id,
            "draft": draft,
            "edit_distance": edit_distance(draft, inquiry.answer) if draft else None,
            "seconds": decision.seconds if decision else None,
            "chat_model": decision.model if decision else "",
            "prompt_version": decision.prompt_version if decision else "",
            "evidence": list(decision.evidence) if decision else [],
            "model": self._model,
            "vector": HalfVector(vector),
            "terms": sorted(set(terms)),
        }
        run(self._pool, "inquiries/put", given)

    def nearest(self, vector: Vectors, language: Language, limit: int) -> list[SimilarInquiry]:
        """Those nearest in meaning to a raw query embedding, best first."""
        self._embed_new()
        parameters = {
            "vector": HalfVector(self._store.centred(vector, language)),
            "mean_ko": HalfVector(self._store.query_mean("ko", len(vector))),
            "mean_en": HalfVector(self._store.query_mean("en", len(vector))),
            "model": self._model,
            "limit": limit,
        }
        return [
            SimilarInquiry(
                Inquiry(row["id"], row["message"], row["language"], row["answer"], row["faq_id"]),
                row["cosine"],
                frozenset(row["terms"]),
            )
            for row in fetch_records(self._pool, "inquiries/nearest", parameters)
        ]

    def _embed_new(self) -> None:
        """Embed what was accepted where another model is used: while the model is changed, servers have two."""
        try:
            self._vectors.add(self._vectors.missing(BATCH))
        except (ModelError, StoreError) as error:  # a Postgres that takes no changes still answers
            logger.warning("Past inquiries that have no vector of %s yet are not found: %s", self._model, error)

    def reject(self, decision: Decision, reason: str) -> None:
        """Note a draft that was turned down."""
        given = {
            "message": decision.message,
            "draft": decision.draft,
            "faq_id": decision.faq_id,
            "reason": reason,
            "chat_model": decision.model,
            "prompt_version": decision.prompt_version,
            "evidence": list(decision.evidence),
        }
        run(self._pool, "inquiries/reject", given)

    def figures(self) -> DeskFigures:
        """How drafts fare."""
        return desk_figures(self._pool)


def desk_figures(pool: ConnectionPool) -> DeskFigures:
    """How drafts fare: today (in Korea) and ever, per help entry, and which entries are disputed most."""
    with transaction(pool) as connection:

        def rows(made: type[Made], name: str, values: dict[str, Any] | None = None) -> list[Made]:
            with connection.cursor(row_factory=class_row(made)) as cursor:
                return cursor.execute(query(f"inquiries/{name}"), values).fetchall()

        (today,) = rows(Tally, "tally", {"since": korean_time.today()})
        (ever,) = rows(Tally, "tally", {"since": date.min})
        entries, disputed = rows(EntryTally, "figures"), rows(Dispute, "disputed")
        unaided, seconds = connection.execute(query("inquiries/unaided")).fetchall()[0]
    return DeskFigures(today, ever, tuple(entries), tuple(disputed), unaided, seconds)
