"""Questions without an answer, grouped by what the documents lack."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, Any]
_HANGUL = re.compile("[가-힣]+")


@dataclass(frozen=True, slots=True)
class Topic:
    """A word that the documents do not speak of, and the questions that hold it; an empty word: those without any."""

    word: str
    questions: tuple[Row, ...]

    @property
    def asked(self) -> int:
        """How often, over all of its questions."""
        return sum(row["asked"] for row in self.questions)


def group(rows: Iterable[Row]) -> list[Topic]:
    """The most asked topic first; questions that lack nothing that has a name come last.

    Each question goes to the one of its ``missing`` words that was asked for most often in all, so that everybody can
    see why it is where it is. A Korean word also takes those that only go on: 주차, 주차장.
    """
    left = list(rows)
    found = []
    while named := {word.lower() for row in left for word in row["missing"]}:
        word = min(named, key=lambda one: (-sum(row["asked"] for row in left if _holds(row, one)), len(one), one))
        found.append(Topic(word, tuple(row for row in left if _holds(row, word))))
        left = [row for row in left if not _holds(row, word)]
    found.sort(key=lambda topic: -topic.asked)
    return [*found, Topic("", tuple(left))] if left else found


def _holds(row: Row, word: str) -> bool:
    missing: Sequence[str] = row["missing"]
    goes_on = len(word) > 1 and _HANGUL.fullmatch(word) is not None
    return any(one.lower() == word or (goes_on and one.startswith(word)) for one in missing)
