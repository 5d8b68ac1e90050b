"""Past inquiries in Postgres."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from pgvector import HalfVector
from psycopg.rows import class_row, dict_row
from psycopg_pool import ConnectionPool

from assistant import korean_time
from assistant.adapters.queries import query
from assistant.adapters.store import Store
from assistant.adapters.transactions import transaction
from assistant.desk.edit_distance import edit_distance
from assistant.domain import Language
from assistant.inquiries import Decision, DeskFigures, Dispute, EntryTally, Inquiry, SimilarInquiry, Tally
from assistant.ports import Vectors

Made = TypeVar("Made")


class StoredInquiries:
    """The index of past inquiries; ``model`` names the embedding model whose vectors are compared."""

    def __init__(self, pool: ConnectionPool, store: Store, model: str) -> None:
        self._pool = pool
        self._store = store
        self._model = model

    def ids(self) -> set[str]:
        """The inquiries that can be found with the present embedding model."""
        with transaction(self._pool) as connection:
            return {row[0] for row in connection.execute(query("inquiries/ids"), [self._model]).fetchall()}

    def outdated(self) -> list[Inquiry]:
        """Inquiries embedded with another model, which no search finds until they are stored again."""
        with transaction(self._pool) as connection:
            return [Inquiry(*row) for row in connection.execute(query("inquiries/outdated"), [self._model]).fetchall()]

    def put(self, inquiry: Inquiry, vector: Vectors, terms: Sequence[str], decision: Decision | None = None) -> None:
        """Store one; it is found from then on. ``vector``: raw query embedding of the message."""
        draft = decision.draft if decision else ""
        with transaction(self._pool) as connection:
            connection.execute(
                query("inquiries/put"),
                {
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
                },
            )

    def nearest(self, vector: Vectors, language: Language, limit: int) -> list[SimilarInquiry]:
        """Those nearest in meaning to a raw query embedding, best first."""
        parameters = {
            "vector": HalfVector(self._store.centred(vector, language)),
            "mean_ko": HalfVector(self._store.query_mean("ko", len(vector))),
            "mean_en": HalfVector(self._store.query_mean("en", len(vector))),
            "model": self._model,
            "limit": limit,
        }
        with transaction(self._pool) as connection, connection.cursor(row_factory=dict_row) as cursor:
            cursor.execute(query("inquiries/nearest"), parameters)
            rows = cursor.fetchall()
        return [
            SimilarInquiry(
                Inquiry(row["id"], row["message"], row["language"], row["answer"], row["faq_id"]),
                row["cosine"],
                frozenset(row["terms"]),
            )
            for row in rows
        ]

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
        with transaction(self._pool) as connection:
            connection.execute(query("inquiries/reject"), given)

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
