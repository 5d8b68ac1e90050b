"""From an understanding to results: which search to run, and in what order its findings stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.domain import Candidate, Filters, ListingFilters, Result, Understanding
from assistant.kinds.faq.entry_scores import by_entry
from assistant.kinds.housing.attributes import attributes, kind_of
from assistant.kinds.listing.reading import PROHIBITED
from assistant.language.text import squeeze
from assistant.ports import SearchRequest, SearchStore, Vectors
from assistant.retrieval.relaxation import Relaxation, relaxations
from assistant.retrieval.reranker import ranked_by_kind

MAX_CANDIDATES = 20
ENTITY_CHUNKS = 80
ENTRY_CHUNKS = 80  # so many that the chunks of an entry are judged together
PAGES = 10
HALF = 0.5  # of the words that are no kind of goods
FACET_OF = {
    "undersubscribed": "competition",
    "ownership": "tenure",
}  # the sentences that show that a wish is met, where not its own key


@dataclass(frozen=True, slots=True)
class Retrieval:
    """``results`` best first; ``candidates`` the complexes that met the conditions, of ``total`` in all.

    ``relaxed`` is the condition that was widened because nothing met them all. ``pages`` are chunks of documents
    (PDF and the like) that the question names, or that may speak of what nothing else knows. ``excluded``: asked why a
    complex was left out, the conditions that it does not meet.
    """

    results: tuple[Result, ...]
    candidates: tuple[Candidate, ...] = ()
    total: int = 0
    relaxed: Relaxation | None = None
    pages: tuple[Result, ...] = ()
    excluded: tuple[str, ...] | None = None


def is_conditional(understanding: Understanding) -> bool:
    """Whether the question sets conditions that complexes meet or fail, rather than only words to look for."""
    return understanding.domain == "housing" and bool(
        understanding.filters != Filters() or understanding.criteria or understanding.sort
    )


def names_none(understanding: Understanding) -> bool:
    """Whether the question names no complex, no document and no place, so that it may be one on rules."""
    filters = understanding.filters
    places = (filters.sidos, filters.sigungus, filters.dongs, filters.stations, filters.lines, filters.places)
    named = understanding.entities or understanding.unknown_names or understanding.documents or filters.brands
    return not (named or any(places))


def retrieve(
    understanding: Understanding,
    vector: Vectors,
    terms: Sequence[str],
    store: SearchStore,
    limit: int = 10,
    page_terms: Sequence[str] = (),
) -> Retrieval:
    """Run the search that fits the stage.

    Named complexes: their chunks. Conditions: the complexes that meet them, best fit first, each with its best chunk.
    Otherwise: hybrid search over everything, or over the one domain that was understood. Beside them, where a
    document is named, or a name that nothing knows, the documents' pages, by ``page_terms`` where there are any.
    """
    found = _of_stage(understanding, vector, terms, store, limit)
    strange = understanding.unknown_names or (
        understanding.domain == "housing" and any(left.told and not left.absent for left in understanding.unmatched)
    )
    if not understanding.documents and not (strange and understanding.has_documents):
        return found
    request = SearchRequest(
        vector=vector,
        terms=page_terms or terms,
        language=understanding.language,
        filters=Filters(),
        domains=("document",),
        document_ids=[name.id for name in understanding.documents],
        limit=6 * PAGES,
    )
    pages = ranked_by_kind(understanding.text, store.search(request), of_none=names_none(understanding))
    return replace(found, pages=_ranked(pages[:PAGES]))


def _of_stage(
    understanding: Understanding, vector: Vectors, terms: Sequence[str], store: SearchStore, limit: int
) -> Retrieval:
    request = SearchRequest(
        vector=vector,
        terms=terms,
        language=understanding.language,
        filters=Filters(),
        domains=(understanding.domain,) if understanding.domain else (),
        limit=limit,
    )
    if understanding.listing is not None:
        return _posts(understanding, understanding.listing, request, store)
    if understanding.entities:
        ids = [entity.id for entity in understanding.entities]
        found = store.search(replace(request, document_ids=ids, limit=ENTITY_CHUNKS))
        ranked = _ranked(_prefer_facets(found, understanding))
        if not understanding.why_not:
            return Retrieval(ranked)
        unmet = store.exclusions(ids[0], understanding.filters, understanding.criteria)
        return Retrieval(ranked, excluded=tuple(unmet))
    if understanding.unknown_names or understanding.impossible:
        return Retrieval(())
    if is_conditional(understanding):
        candidates, total, relaxed = _candidates(understanding, store)
        if not candidates:
            return Retrieval(())
        ids = [candidate.document_id for candidate in candidates]
        found = store.search(replace(request, document_ids=ids, limit=ENTITY_CHUNKS * len(ids)))
        return Retrieval(
            _ranked(_one_each(ids, _prefer_facets(found, understanding))), tuple(candidates), total, relaxed
        )
    found = by_entry(store.search(replace(request, limit=max(limit, ENTRY_CHUNKS))), understanding.language)
    found = ranked_by_kind(understanding.text, found, of_none=names_none(understanding))
    return Retrieval(_ranked(found[:limit]))


def _candidates(understanding: Understanding, store: SearchStore) -> tuple[list[Candidate], int, Relaxation | None]:
    """Complexes that meet the conditions; where there are none, those that meet them with one of them widened."""
    filters = understanding.filters
    sort = understanding.sort
    candidates, total = store.rank_housing(filters, understanding.criteria, sort, MAX_CANDIDATES)
    if candidates or filters.open_on:
        return candidates, total, None
    for wider, criteria, relaxation in relaxations(understanding):
        candidates, total = store.rank_housing(wider, criteria, sort, MAX_CANDIDATES)
        if candidates:
            return candidates, total, relaxation
    return [], 0, None


# Conditions on posts that give way, one group after the other, where nothing meets them all, and the readings that they
# came from.
_GIVES_WAY = (
    (("sidos", "sigungus", "dongs"), ("sido", "sigungu", "dong")),
    (("min_won", "max_won"), ("price",)),
    (("free", "negotiable", "statuses"), ("free", "negotiable", "status")),
)


def _in_title(result: Result, filters: ListingFilters) -> bool:
    return any(squeeze(word) in squeeze(result.name_ko) for word in filters.words)


def _posts(
    understanding: Understanding, filters: ListingFilters, request: SearchRequest, store: SearchStore
) -> Retrieval:
    if any(reading.key == PROHIBITED for reading in understanding.readings):
        return Retrieval(())
    results, total = store.rank_listings(request, filters, understanding.sort)
    if not filters.kinds and len(filters.words) > 1:
        # Half of the words may be of anything: what is for fishing in the sea is no yacht.
        results = [one for one in results if not one.lexical or one.coverage > HALF or _in_title(one, filters)]
        total = min(total, len(results))
    if results or not filters.kinds:
        return Retrieval(tuple(results), total=total)
    for names, readings in _GIVES_WAY:
        wider = filters.without(names)
        if wider == filters:
            continue
        results, total = store.rank_listings(request, wider, understanding.sort)
        if results:
            read = dict.fromkeys(one.words for one in understanding.readings if one.key in readings)
            return Retrieval(tuple(results), total=total, relaxed=Relaxation(readings[0], ", ".join(read), ()))
    return Retrieval(())


def wanted_facets(understanding: Understanding) -> tuple[str, ...]:
    """Facets that the answer must speak of: those asked for, and those that show that a condition is met."""
    filters = understanding.filters
    wanted = [FACET_OF.get(criterion.key, criterion.key) for criterion in understanding.criteria]
    wanted = [facet for facet in wanted if facet != "list"]
    wanted += [facet for facet in understanding.facets if facet not in wanted]
    for key, attribute in attributes().items():
        ordered = understanding.sort.startswith(attribute.sort or key)
        asked = attribute.proves and bool(filters.only(attribute.fields))
        if key == "area":
            # A price says the size, too; one size of a named complex is asked for its price and how many there are.
            of_one = understanding.entities and filters.min_area is not None and filters.max_area is not None
            if asked and not understanding.facets and "price" not in wanted:
                wanted += ["price", "units"] if of_one else [attribute.facet]
        elif key == "place":
            wanted += [kind_of(name) for name in filters.places]
        elif attribute.facet and (asked or ordered):
            wanted.append(attribute.facet)
    if not wanted and understanding.stage == "shortlist":  # compared by nothing in particular
        compared = [attribute for attribute in attributes().values() if attribute.compared]
        wanted = [attribute.facet for attribute in sorted(compared, key=lambda one: one.compared)]
    return tuple(dict.fromkeys(wanted))


def _prefer_facets(results: Sequence[Result], understanding: Understanding) -> list[Result]:
    """Chunks that hold a wanted facet first; among them and among the rest, the search's own order."""
    wanted = set(wanted_facets(understanding))
    return sorted(results, key=lambda result: not any(sentence.facet in wanted for sentence in result.sentences))


def _one_each(document_ids: Sequence[str], results: Sequence[Result]) -> list[Result]:
    """The best chunk of every document, in the documents' order; then the second best of each, and so on."""
    by_document: dict[str, list[Result]] = {id_: [] for id_ in document_ids}
    for result in results:
        by_document[result.document_id].append(result)
    deepest = max((len(found) for found in by_document.values()), default=0)
    return [
        by_document[id_][depth] for depth in range(deepest) for id_ in document_ids if depth < len(by_document[id_])
    ]


def _ranked(results: Sequence[Result]) -> tuple[Result, ...]:
    return tuple(replace(result, rank=rank) for rank, result in enumerate(results, start=1))
