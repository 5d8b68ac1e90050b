"""Conclusions among a turn's evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.derived.conclusion import Conclusion
from assistant.domain import Evidence, Understanding


def with_conclusions(
    understanding: Understanding, chosen: tuple[Evidence, ...], found: Sequence[Conclusion]
) -> tuple[Understanding, tuple[Evidence, ...], list[Conclusion]]:
    """The conclusions with their evidence numbered among the rest, and without the words that they answer."""
    if any(conclusion.alone for conclusion in found):
        chosen = ()
    held = {(item.chunk_id, item.quote) for conclusion in found for item in conclusion.held_by}
    replaced = {
        (item.document_id, facet)
        for conclusion in found
        for item in conclusion.held_by
        for facet in conclusion.replaces
    }
    kept = [
        item for item in chosen if (item.document_id, item.facet) not in replaced or (item.chunk_id, item.quote) in held
    ]
    numbered = {(item.chunk_id, item.quote): replace(item, n=n) for n, item in enumerate(kept, start=1)}
    for item in (item for conclusion in found for item in conclusion.held_by):
        numbered.setdefault((item.chunk_id, item.quote), replace(item, n=len(numbered) + 1))
    concluded = [
        replace(conclusion, held_by=tuple(numbered[item.chunk_id, item.quote] for item in conclusion.held_by))
        for conclusion in found
    ]
    covered = {word for conclusion in found for word in conclusion.covers}
    unmatched = tuple(left for left in understanding.unmatched if left.word not in covered)
    return replace(understanding, unmatched=unmatched), tuple(numbered.values()), concluded
