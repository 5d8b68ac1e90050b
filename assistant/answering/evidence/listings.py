"""Evidence from marketplace posts: one line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.evidence.quoting import quote
from assistant.domain import Evidence, Result

MAX_LISTINGS = 5


def of_listings(results: Sequence[Result], language: str) -> list[Evidence]:
    """The first posts' summaries, in the search's order. Their whole text stands behind them: it may hold a model."""
    return [
        replace(quote(result, result.sentences[0], language), text=result.text)
        for result in results[:MAX_LISTINGS]
        if result.sentences
    ]
