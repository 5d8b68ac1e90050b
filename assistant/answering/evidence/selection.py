"""From results to evidence: the few sentences that answer, numbered as the model and the reader see them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from assistant.answering.evidence.candidates import of_candidates
from assistant.answering.evidence.entities import of_entities
from assistant.answering.evidence.free_text import of_free_text
from assistant.answering.evidence.listings import of_listings
from assistant.answering.evidence.namesakes import told_apart
from assistant.answering.evidence.pages import of_pages, speaks_of_more
from assistant.answering.evidence.shared_facts import of_definition, of_facts, of_mentioned, of_wishes
from assistant.domain import Evidence, Filters, Understanding
from assistant.retrieval.retriever import Retrieval
from prompts.loader import Prompts

Terms = Callable[[str], list[str]]


def select(
    prompts: Prompts, understanding: Understanding, retrieval: Retrieval, terms: Terms, *, shared_facts: bool = True
) -> tuple[Evidence, ...]:
    """At most six sentences. Empty means that nothing found answers the question.

    Without ``shared_facts``, what is true of all apartments answers nothing.
    """
    if understanding.listing is not None:
        return _numbered(of_listings(retrieval.results, understanding.language))
    pages = of_pages(prompts, understanding, retrieval.pages, terms) if retrieval.pages else []
    found = _of_shared_facts(prompts, understanding) if shared_facts else []
    found = found or _of_notices_and_answers(prompts, understanding, retrieval, terms)
    # What lists complexes answers no question about one document's complex, and FAQs speak of all of them.
    general = not understanding.entities and (understanding.documents or not found)
    if pages and (not found or (general and not _finds(understanding)) or speaks_of_more(understanding, pages, found)):
        return _numbered(pages)
    if not found and shared_facts and not _asks_for_complexes(understanding):
        found = of_mentioned(prompts, understanding, terms)
    return _numbered(found)


def _finds(understanding: Understanding) -> bool:
    """Whether complexes are looked for, rather than a detail of one."""
    # A size may be that of the type asked about.
    filters = understanding.filters.but(min_area=None, max_area=None)
    return bool(understanding.criteria or understanding.sort) or (filters != Filters() and not understanding.facets)


def _of_shared_facts(prompts: Prompts, understanding: Understanding) -> list[Evidence]:
    return of_definition(prompts, understanding) or (
        [] if _asks_for_complexes(understanding) else of_facts(prompts, understanding)
    )


def _of_notices_and_answers(
    prompts: Prompts, understanding: Understanding, retrieval: Retrieval, terms: Terms
) -> list[Evidence]:
    if understanding.entities:
        return told_apart(of_entities(prompts, understanding, retrieval.results, terms), retrieval.results)
    if retrieval.candidates:
        found = told_apart(of_candidates(prompts, understanding, retrieval), retrieval.results)
        return [*found, *(of_wishes(prompts, understanding) if found else [])]
    return of_free_text(prompts, understanding, retrieval.results, terms)


def _asks_for_complexes(understanding: Understanding) -> bool:
    """Whether something is set that only complexes have; a size alone may be the term asked about (국민평형)."""
    filters = understanding.filters.but(min_area=None, max_area=None)
    wishes = understanding.criteria or understanding.sort
    return bool(understanding.entities or understanding.unknown_names or wishes or filters != Filters())


def _numbered(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    unique = {(item.chunk_id, item.quote): item for item in found}
    return tuple(replace(item, n=n) for n, item in enumerate(unique.values(), start=1))
