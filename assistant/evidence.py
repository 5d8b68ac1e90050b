"""From results to evidence: the few sentences that answer, numbered as the model and the reader see them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from assistant.claims import claims
from assistant.domain import Candidate, Evidence, Filters, Result, Sentence, Understanding
from assistant.retrieval import Retrieval, wanted_facets
from assistant.understanding.text import ReadableText, longest_first
from prompts.loader import Fact, shared_facts

MAX_SENTENCES = 6
MAX_ENTITIES = 5
MAX_TYPES = 8
OVERVIEW = ("location", "households", "move_in", "price_range", "station", "park")
# Facets whose sentences also answer another.
STANDS_FOR = {
    "price": ("price", "price_range"),
    "receipt": ("receipt",),
    "types": ("types",),
    "units": ("units", "types"),
    "special": ("units",),
}
FREE_TEXT_RESULTS = 2
CLOSE_SECOND = 0.9  # of the best score: a second text this good may hold part of the answer
# A free-text chunk counts as evidence when it matches the question this well, by words or by meaning. Below, an answer
# would be about something else.
MIN_COVERAGE = 0.5
MIN_COSINE = 0.30
LEAST_COSINE = 0.22  # words alone never are enough
SURE_COVERAGE = 0.7
SURE_COSINE = 0.38

Terms = Callable[[str], list[str]]


def select(understanding: Understanding, retrieval: Retrieval, terms: Terms) -> tuple[Evidence, ...]:
    """At most six sentences. Empty means that nothing found answers the question."""
    if not _asks_for_complexes(understanding) and (facts := _facts(understanding)):
        return _numbered(facts)
    if understanding.entities:
        return _numbered(_told_apart(_of_entities(understanding, retrieval.results, terms), retrieval.results))
    if retrieval.candidates:
        return _numbered(_told_apart(_of_candidates(understanding, retrieval), retrieval.results))
    return _numbered(_of_free_text(understanding, retrieval.results, terms))


def _asks_for_complexes(understanding: Understanding) -> bool:
    """Whether something is set that only complexes have; a size alone may be the term asked about (국민평형)."""
    filters = replace(understanding.filters, min_area=None, max_area=None)
    wishes = understanding.criteria or understanding.sort
    return bool(understanding.entities or understanding.unknown_names or wishes or filters != Filters())


def _quote(sentence: Sentence, language: str) -> str:
    return sentence.en if language == "en" and sentence.en else sentence.ko


def _evidence(result: Result, sentence: Sentence, language: str) -> Evidence:
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
    )


def _numbered(found: Iterable[Evidence]) -> tuple[Evidence, ...]:
    unique = {(item.chunk_id, item.quote): item for item in found}
    return tuple(replace(item, n=n) for n, item in enumerate(unique.values(), start=1))


def _told_apart(found: Sequence[Evidence], results: Sequence[Result]) -> list[Evidence]:
    """A complex offered in several notices is named with each notice's date: their figures differ."""
    notices: dict[str, set[str]] = defaultdict(set)
    for item in found:
        notices[item.name_ko].add(item.document_id)
    announced = {
        result.document_id: sentence
        for result in results
        for sentence in result.sentences
        if sentence.facet == "announced"
    }

    def dated(item: Evidence) -> Evidence:
        sentence = announced.get(item.document_id)
        if len(notices[item.name_ko]) < 2 or sentence is None:
            return item
        (day,) = {int(value) for unit, value in claims(sentence.ko) if unit == "date"} or {0}
        year, month = day // 10_000, day // 100 % 100
        quote = item.quote.replace(item.name_ko, f"{item.name_ko}({year}년 {month}월 공고)", 1)
        if quote == item.quote:
            quote = item.quote.replace(item.name_en, f"{item.name_en} (notice of {year}-{month:02d})", 1)
        return replace(item, quote=quote, text=f"{item.text}\n{sentence.ko}\n{sentence.en}") if day else item

    return [dated(item) for item in found]


def _area_tags(understanding: Understanding) -> set[str]:
    filters = understanding.filters
    if filters.min_area is None or filters.max_area is None:
        return set()
    return {f"area:{area}" for area in range(int(filters.min_area), int(filters.max_area) + 1)}


def _preferred(
    sentences: Sequence[tuple[Result, Sentence]], facet: str, understanding: Understanding, limit: int, place: str = ""
) -> list[tuple[Result, Sentence]]:
    """Sentences of one facet: those of the area, line or place asked for, else the first ones."""
    facets = STANDS_FOR.get(facet, (facet,))
    of_facet = [pair for pair in sentences if pair[1].facet in facets]
    areas = _area_tags(understanding)
    if areas and any(areas & set(sentence.tags) for _, sentence in of_facet):
        of_facet = [pair for pair in of_facet if areas & set(pair[1].tags)]
    elif facet == "price" and areas:
        return []  # the area asked for has no price: another area's would answer another question
    if facet == "price":
        of_facet = _within_budget(of_facet, understanding)
    of_facet = _of_type(of_facet, understanding.type_label)
    if facet == "station" and understanding.filters.lines:
        lines = {f"line:{line}" for line in understanding.filters.lines}
        of_facet = [pair for pair in of_facet if lines & set(pair[1].tags)]
    if facet == "station" and understanding.filters.stations:
        of_facet = [pair for pair in of_facet if any(name in pair[1].ko for name in understanding.filters.stations)]
    if facet == "special":
        of_facet = [pair for pair in of_facet if "special" in pair[1].tags]
    levels = {f"school:{wish.category}" for wish in understanding.criteria if wish.category}
    if facet == "school" and levels:
        of_facet = [pair for pair in of_facet if levels & set(pair[1].tags)]
    if place:
        of_facet.sort(key=lambda pair: place not in pair[1].ko)
    return of_facet[:limit]


def _within_budget(
    sentences: list[tuple[Result, Sentence]], understanding: Understanding
) -> list[tuple[Result, Sentence]]:
    """Under a price limit, the sizes that keep it rather than the whole range; the largest first."""
    filters = understanding.filters
    if filters.min_price is None and filters.max_price is None:
        return sentences
    low, high = (filters.min_price or 0) * 10_000, (filters.max_price or 10**9) * 10_000

    def keeps(sentence: Sentence) -> bool:
        prices = [value for unit, value in claims(sentence.ko) if unit == "won"]
        return bool(prices) and all(low <= price <= high for price in prices)

    kept = [pair for pair in sentences if "by_type" not in pair[1].tags and keeps(pair[1])]
    # Where the size's dearest type is over the limit, the types that keep it.
    kept = kept or [pair for pair in sentences if keeps(pair[1])]
    sized = [pair for pair in kept if any(tag.startswith("area:") for tag in pair[1].tags)]
    return sized[::-1] or kept or sentences


def _of_type(sentences: list[tuple[Result, Sentence]], label: str) -> list[tuple[Result, Sentence]]:
    """Single types only where types are asked for: one (``84A``) or each (``*``)."""
    if label == "*":
        return [pair for pair in sentences if "by_type" in pair[1].tags] or sentences
    if parts := re.fullmatch(r"(\d+)(.*)", label):
        # 84A is 84.98A, and not 184A nor 84.98AB.
        named = re.compile(rf"(?<!\d){parts[1]}(?:\.\d+)?{parts[2]}(?![A-Z0-9])")
        return [pair for pair in sentences if named.search(pair[1].ko)]
    return [pair for pair in sentences if "by_type" not in pair[1].tags] or sentences


def _of_entities(understanding: Understanding, results: Sequence[Result], terms: Terms) -> list[Evidence]:
    """Depth within the named complexes: facets asked for, else sentences with the question's words, or an overview."""
    found: list[Evidence] = []
    wanted = wanted_facets(understanding) or (() if understanding.unmatched else OVERVIEW)
    share = max(1, MAX_SENTENCES // max(1, len(understanding.entities)))
    depth = 1
    for entity in understanding.entities:
        sentences = [
            (result, sentence) for result in results if result.document_id == entity.id for sentence in result.sentences
        ]
        # One complex and one thing asked: that thing in depth. Otherwise what answers first, of each.
        depth = 4 if len(wanted) == len(understanding.entities) == 1 else 1
        depth = MAX_TYPES if understanding.type_label == "*" else depth
        chosen = [pair for facet in wanted for pair in _preferred(sentences, facet, understanding, depth)]
        if not wanted:
            # All of what is asked must be spoken of: "parking spaces per home" is not answered by any "per home".
            asked = {left.term for left in understanding.unmatched if left.told}
            chosen = [pair for pair in sentences if asked and asked <= set(terms(f"{pair[1].ko} {pair[1].en}"))]
        found += [
            _evidence(result, sentence, understanding.language) for result, sentence in chosen[: max(share, depth)]
        ]
    return found


def _of_candidates(understanding: Understanding, retrieval: Retrieval) -> list[Evidence]:
    """Breadth over complexes: for each, one sentence per condition that it meets.

    A complex about which the data does not hold what was asked gives way to the next.
    """
    wanted = wanted_facets(understanding) or ("location",)
    count = min(MAX_ENTITIES, max(3, MAX_SENTENCES // len(wanted)))
    shown: list[list[Evidence]] = []
    for candidate in retrieval.candidates:
        sentences = [pair for pair in _sentences_of(candidate, retrieval.results) if "none" not in pair[1].tags]
        places = dict(candidate.places)
        found = [
            _evidence(result, sentence, understanding.language)
            for facet in wanted
            for result, sentence in _preferred(sentences, facet, understanding, 1, places.get(facet, ""))
        ]
        if found:
            shown.append(found)
        if len(shown) == count:
            break
    return [item for found in shown for item in found]


def _sentences_of(candidate: Candidate, results: Sequence[Result]) -> list[tuple[Result, Sentence]]:
    chunks = sorted(
        (item for item in results if item.document_id == candidate.document_id), key=lambda item: item.chunk_id
    )
    return [(result, sentence) for result in chunks for sentence in result.sentences]


def _facts(understanding: Understanding) -> list[Evidence]:
    """Shared facts whose term the question names."""
    text = ReadableText(understanding.text)
    forms = {form: fact for fact in shared_facts() for form in (fact.term_ko, fact.term_en, *fact.aliases) if form}
    named: dict[str, Fact] = {}
    for form in longest_first(forms):
        if span := text.find(form):
            text.take(span)
            named[forms[form].id] = forms[form]
    return [
        Evidence(
            n=0,
            document_id=f"fact:{fact.id}",
            source_id=f"fact:{fact.id}",
            chunk_id=f"fact:{fact.id}",
            name_ko=fact.term_ko,
            name_en=fact.term_en,
            facet="fact",
            quote=fact.statement_en if understanding.language == "en" else fact.statement_ko,
            text=f"{fact.statement_ko}\n{fact.statement_en}",
        )
        for fact in list(named.values())[:2]
    ]


def _of_free_text(understanding: Understanding, results: Sequence[Result], terms: Terms) -> list[Evidence]:
    """FAQ answers and documents: the sentences of the best chunks that share most with the question, in their order."""
    # What asks for a complex's detail without naming it may still be a rule's matter; then the match must be close.
    sure = understanding.stage == "explore" and bool(understanding.facets)
    coverage, cosine = (SURE_COVERAGE, SURE_COSINE) if sure else (MIN_COVERAGE, MIN_COSINE)
    # Notices answer only where a complex or a condition was named: their sentences are figures of one complex.
    fitting = [
        item
        for item in results
        if item.domain != "housing"
        and (item.dense >= cosine or (item.coverage >= coverage and item.dense >= LEAST_COSINE))
    ]
    own = [item for item in fitting if item.language == understanding.language]
    best = {item.document_id: item for item in reversed(own or fitting)}
    good = sorted(best.values(), key=lambda item: item.rank)[:FREE_TEXT_RESULTS]
    asked = set(terms(understanding.text))
    found: list[Evidence] = []
    for result in good:
        if result.score < CLOSE_SECOND * good[0].score:
            break
        room = MAX_SENTENCES - 1 - len(found) if result is good[0] else 2
        shared = [len(asked & set(terms(f"{sentence.ko} {sentence.en}"))) for sentence in result.sentences]
        order = sorted(range(len(shared)), key=lambda index: (-shared[index], index))
        kept = sorted(order[: max(1, room)])
        found += [_evidence(result, result.sentences[index], understanding.language) for index in kept]
    return found
