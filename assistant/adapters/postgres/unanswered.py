"""Questions that no document answered, kept for the people who own the documents. What is private is masked first."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.queries import query
from assistant.adapters.postgres.transactions import fetch_records, run, transaction
from assistant.domain import Answer, Understanding
from assistant.errors import StoreError
from assistant.language.masking import mask
from assistant.understanding.conditions import NAMED

logger = logging.getLogger(__name__)

MAX_KEPT: Final = 2_000  # questions that are kept
MOST_LETTERS: Final = 500  # of a question


class Unanswered:
    """Keeps each question once, with how often it was asked, for ``days`` days after the last time.

    But for :meth:`keep`, all raise StoreError when Postgres goes away.
    """

    def __init__(self, pool: ConnectionPool, days: int) -> None:
        self._pool = pool
        self._days = days

    def keep(self, answer: Answer) -> None:
        """Note the question of an answer that told nothing, and let go of those that are too old or too many.

        Raises nothing: the turn that it is part of goes on.
        """
        understanding = answer.understanding
        if not any(map(str.isalnum, answer.question.text)):  # smileys ask for nothing
            return
        row = {
            "question": mask(" ".join(answer.question.text.split()))[:MOST_LETTERS],
            "language": understanding.language,
            "domain": understanding.domain or "",
            "role": answer.question.role,
            "missing": [mask(word) for word in missing_words(understanding)],
            "answer": mask(answer.text),
        }
        try:
            with transaction(self._pool) as connection:
                connection.execute(query("unanswered/put"), row)
                connection.execute(query("unanswered/trim"), {"days": self._days, "most": MAX_KEPT})
        except StoreError as error:
            logger.warning("A question without an answer was not kept: %s", error)

    def all(self) -> list[dict[str, Any]]:
        """Every question, the last asked first."""
        return fetch_records(self._pool, "unanswered/list")

    def forget(self, questions: Sequence[str], before: datetime) -> int:
        """Drop these, but for those asked again after ``before``; how many were dropped."""
        return run(self._pool, "unanswered/forget", {"questions": list(questions), "before": before})


def missing_words(understanding: Understanding) -> tuple[str, ...]:
    """What the documents were asked for and do not speak of: words as typed, names nobody knows, else places."""
    told = [left.word for left in understanding.unmatched if left.told]
    left = [left.word for left in understanding.unmatched]
    places = [reading.words for reading in understanding.readings if reading.key in NAMED]
    return tuple(dict.fromkeys(told or understanding.unknown_names or left or places))
