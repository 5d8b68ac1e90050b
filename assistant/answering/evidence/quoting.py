"""One sentence of a result as a piece of evidence."""

from __future__ import annotations

from assistant.domain import Evidence, Result, Sentence

MAX_SENTENCES = 6
# Facets of which a notice may have no figure at all; that there is no station within 2 km is a fact.
_MAY_BE_MISSING = frozenset({"competition", "score", "price_range"})


def _quote(sentence: Sentence, language: str) -> str:
    return sentence.en if language == "en" and sentence.en else sentence.ko


def quote(result: Result, sentence: Sentence, language: str) -> Evidence:
    """Not yet numbered: ``n`` is 0."""
    return Evidence(
        n=0,
        document_id=result.document_id,
        source_id=result.source_id,
        chunk_id=result.chunk_id,
        name_ko=result.name_ko,
        name_en=result.name_en,
        facet=sentence.facet,
        quote=_quote(sentence, language),
        text=f"{sentence.ko}\n{sentence.en}",
        missing="none" in sentence.tags and sentence.facet in _MAY_BE_MISSING,
        values=sentence.values,
    )
