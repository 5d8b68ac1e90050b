"""From question and history to an :class:`Understanding`, by rules: no model call, a few milliseconds.

Names are read first (a complex's name may hold a district's), then numbers, then facets and wishes; what no rule took
is kept in ``unmatched``, so that a question about something that no document holds can be seen for what it is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from assistant.domain import Criterion, Filters, Question, Understanding, Unmatched
from assistant.understanding import numbers, places
from assistant.understanding.criteria import read_criteria
from assistant.understanding.facets import read_facets, strongest
from assistant.understanding.history import carry_over
from assistant.understanding.leftover import leftover, longest_run, unmatched_in
from assistant.understanding.names import read_brands, read_by_sound, read_by_terms, read_entities
from assistant.understanding.sorting import read_sort
from assistant.understanding.stages import read_stage
from assistant.understanding.text import ReadableText, clean, has_any, is_korean, longest_first
from assistant.understanding.vocabulary import Vocabulary
from prompts import loader

Tagger = Callable[[str], Sequence[tuple[str, str, int]]]

NEAR_A_STATION = 1000  # metres: how far "line 7" or "철산역" reaches where no distance is named


def speaks_of_housing(understanding: Understanding) -> bool:
    """Whether the question is about homes by its own words, and not only by a place it names."""
    text = ReadableText(understanding.text)
    if understanding.filters != replace(
        Filters(),
        sidos=understanding.filters.sidos,
        sigungus=understanding.filters.sigungus,
        dongs=understanding.filters.dongs,
    ):
        return True
    return has_any(text, loader.words("words.yaml")["housing"], understanding.language)


def understand(question: Question, vocabulary: Vocabulary, tag: Tagger, today: date) -> Understanding:
    """Read one question in its conversation.

    ``tag`` gives ``(term, part of speech, position)`` per content morpheme; ``today`` anchors 내년 and "open now".
    """
    understood = read(question.text, vocabulary, tag, today)
    if not question.history:
        return understood
    return carry_over(understood, question.history, vocabulary, lambda text: read(text, vocabulary, tag, today))


def read(raw: str, vocabulary: Vocabulary, tag: Tagger, today: date) -> Understanding:
    """Read one text without its history."""
    text = ReadableText(clean(raw))
    language = "ko" if is_korean(text.text) else "en"
    tagged = tag(text.text)
    readings: numbers.Readings = []
    filters = Filters()

    vocabulary_words = loader.words("words.yaml")

    entities, unknown = read_entities(text, vocabulary, readings)
    filters = places.read_lines(text, filters, readings, vocabulary_words["lines"])
    filters = places.read_stations(text, filters, readings, vocabulary)
    filters = places.read_districts(text, filters, readings, vocabulary, tagged, vocabulary_words["common_stems"])
    filters = numbers.read_prices(text, filters, readings)
    filters = numbers.read_areas(text, filters, readings)
    label = numbers.read_type_label(text, vocabulary_words["by_type"][language])
    filters = numbers.read_households(text, filters, readings)
    filters = numbers.read_status(text, filters, readings, today)
    sort = "" if entities else read_sort(text, language)
    facets, absent = read_facets(text, language)
    for place in longest_first(vocabulary_words["elsewhere"][language]):
        if span := text.find(place):  # a condition that nothing in the data meets
            readings.append(("sido", text.take(span)))
            filters = replace(filters, sidos=(*filters.sidos, place))
    distance = numbers.read_distance(text)
    wishes = read_criteria(text, facets, distance[0] if distance else None, language, filters, sort)
    criteria = wishes.criteria
    if not entities:
        filters, sort = wishes.filters, wishes.sort
    located = any((filters.sigungus, filters.dongs, filters.sidos, filters.stations, filters.lines))
    # A year in a question about something else (a world cup) is no move-in.
    if not entities and (located or facets or has_any(text, vocabulary_words["housing"], language)):
        filters = numbers.read_move_in(text, filters, readings, today)
    if (filters.lines or filters.stations) and not any(criterion.key == "station" for criterion in criteria):
        criteria.append(Criterion("station", distance[0] if distance else NEAR_A_STATION))
    readings += [(facet, words) for facet, words in facets]
    read_words = {words for _, words in facets}
    readings += [(wish.name, wish.words) for wish in criteria if wish.words and wish.words not in read_words]
    if not unknown and language == "en":
        by_sound = read_by_sound(text, vocabulary, [start for _, start in leftover(text, tagged)], readings)
        entities = tuple(dict.fromkeys((*entities, *by_sound)))
        if by_sound:  # the districts are parts of the name
            filters = replace(filters, sidos=(), sigungus=(), dongs=(), stations=())
    if not entities and not unknown and not criteria and not sort:
        entities, unknown = read_by_terms(text, vocabulary, tagged, readings)
    if not entities and not unknown:
        brands, unknown = read_brands(text, vocabulary, [start for _, start in leftover(text, tagged)], readings)
        filters = replace(filters, brands=brands)
    left = leftover(text, tagged)
    unmatched = [*(Unmatched(word.lower(), word, absent=True) for word in absent), *unmatched_in(text, left, language)]
    stage = read_stage(text, entities, located or bool(unknown), language)
    conditional = filters != Filters() or criteria or sort
    housing = bool(entities or unknown or located) or (bool(conditional) and stage == "explore")
    return Understanding(
        text=text.text,
        language=language,  # type: ignore[arg-type]
        domain="housing" if housing else None,
        stage=stage,
        facets=strongest(facets, bool(absent)),
        criteria=tuple(criteria) if not entities else (),
        filters=filters,
        entities=entities,
        unknown_names=unknown,
        unmatched=tuple(dict.fromkeys(unmatched)),
        unmatched_words=longest_run(text, left),
        sort=sort,
        type_label=label,
        readings=tuple(readings),
    )
