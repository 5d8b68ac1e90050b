"""What people said of answers, kept in the store. What is private in it is masked on the way in."""

from __future__ import annotations

from typing import Any

from psycopg.types.json import Jsonb
from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.transactions import fetch_records, run
from assistant.domain import Answer, Rating
from assistant.language.masking import mask


class Feedback:
    """Keeps ratings; raises StoreError when Postgres goes away."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool

    def keep(self, rating: Rating, answer: Answer) -> None:
        """Store ``rating`` with the turn it is about; one with the same id is replaced."""
        question, understanding = answer.question, answer.understanding
        row = {
            "id": rating.id,
            "rated_by": rating.rated_by,
            "rating": "up" if rating.helpful else "down",
            "reason": rating.reason,
            "comment": mask(rating.comment),
            "question": mask(question.text),
            "history": Jsonb([{"role": turn.role, "content": mask(turn.content)} for turn in question.history]),
            "answer": mask(answer.text),
            "language": understanding.language,
            "domain": understanding.domain or "",
            "role": question.role,
            "prompt_version": answer.prompt_version,
            "model": answer.model,
            "degraded": answer.degraded,
            "evidence": list(dict.fromkeys(citation.chunk_id for citation in answer.citations)),
        }
        run(self._pool, "feedback/put", row)

    def all(self) -> list[dict[str, Any]]:
        """Every rating with its turn, oldest first, as ``budongi eval from-feedback`` reads them."""
        return fetch_records(self._pool, "feedback/list")
