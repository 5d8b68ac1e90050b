"""From question and history to an :class:`Understanding`, by rules: no model call, a few milliseconds.

Names are read first (a complex's name may hold a district's), then numbers, then facets and wishes; what no rule took
is kept in ``unmatched``, so that a question about something that no document holds can be seen for what it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.domain import Criterion, EntityName, Filters, Question, Stage, Understanding, Unmatched
from assistant.understanding import numbers, places
from assistant.understanding.history import carry_over
from assistant.understanding.names import read_brands, read_by_sound, read_entities
from assistant.understanding.text import ReadableText, clean, is_korean, longest_first, squeeze
from assistant.understanding.vocabulary import Vocabulary
from prompts import loader

Tagger = Callable[[str], Sequence[tuple[str, str, int]]]

_PHASE = re.compile(r"\d+\s*(?:차|단지|블록)")
MAX_NAMESAKES = 5
MIN_NAME = 3
NEAR_A_STATION = 1000  # metres: how far "line 7" or "철산역" reaches where no distance is named
NOUN_TAGS = ("NNG", "NNP", "XR", "SL", "NR")


def _has(text: ReadableText, words: dict[str, list[str]], language: str) -> bool:
    return any(text.find(word, taken=True) for word in words[language])


def _read_facets(text: ReadableText, language: str) -> tuple[list[tuple[str, str]], list[str]]:
    """Facets with their words, longest phrase first, and the absent attributes asked for."""
    absent = []
    for word in longest_first(loader.words("words.yaml")["absent"][language]):
        if span := text.find(word):
            absent.append(text.take(span))
    phrases = {
        phrase: lexeme.key for lexeme in loader.facets() for phrase in (lexeme.ko if language == "ko" else lexeme.en)
    }
    found = []
    for phrase in longest_first(phrases):
        if span := text.find(phrase):
            found.append((phrases[phrase], text.take(span)))
    return found, absent


def _read_criteria(
    text: ReadableText, facets: list[tuple[str, str]], distance: int | None, language: str
) -> list[Criterion]:
    """Wishes for what is near, within ``distance`` metres where the question names it. Facet words count too."""
    wishes: dict[str, Criterion] = {}
    for lexeme in loader.criteria():
        # The narrower word comes first in the file: 역세권 is nearer than 지하철.
        for phrase in longest_first(lexeme.ko if language == "ko" else lexeme.en):
            if text.find(phrase, taken=True):
                wishes.setdefault(lexeme.key, Criterion(lexeme.key, distance or lexeme.within, phrase))
                if span := text.find(phrase):
                    text.take(span)
    for lexeme in reversed(loader.criteria()):
        if any(facet == lexeme.key for facet, _ in facets):
            wishes.setdefault(lexeme.key, Criterion(lexeme.key, distance or lexeme.within))
    level = next(
        (level for level, words in loader.words("words.yaml")["school_levels"].items() if _has(text, words, language)),
        "",
    )
    return [replace(wish, category=level) if wish.key == "school" else wish for wish in wishes.values()]


def _read_sort(text: ReadableText, language: str) -> str:
    """The order asked for; the longest phrase decides, for 비싼 holds 싼."""
    orders = {
        phrase: f"{sort['key']}:{'down' if sort['down'] else 'up'}"
        for sort in loader.words("words.yaml")["sorts"]
        for phrase in sort[language]
    }
    for phrase in longest_first(orders):
        if span := text.find(phrase):
            text.take(span)
            return orders[phrase]
    return ""


def _leftover(text: ReadableText, tagged: Sequence[tuple[str, str, int]]) -> list[tuple[str, int]]:
    """Nouns that nothing understood, with their positions."""
    generic = loader.generic_words()
    return [
        (form, start)
        for form, tag, start in tagged
        if tag in NOUN_TAGS and form not in generic and not text.is_taken(start, start + max(1, len(form) - 2))
    ]


def _runs(left: Sequence[tuple[str, int]], gap: int) -> list[tuple[int, int, list[str]]]:
    """Leftover terms that stand at most ``gap`` characters apart: where each run starts and ends, and its terms."""
    runs: list[tuple[int, int, list[str]]] = []
    for form, start in left:
        end = start + len(form)
        if runs and start - runs[-1][1] <= gap:
            runs[-1] = (runs[-1][0], end, [*runs[-1][2], form])
        else:
            runs.append((start, end, [form]))
    return runs


def _longest_run(text: ReadableText, left: Sequence[tuple[str, int]]) -> str:
    """Leftover terms that stand next to each other, as typed: most likely a name."""
    start, end, _ = max(_runs(left, gap=1), key=lambda run: run[1] - run[0], default=(0, 0, []))
    return text.text[start:end]


def _stage(text: ReadableText, entities: Sequence[EntityName], named: bool, language: str) -> Stage:
    vocabulary = loader.words("words.yaml")
    if len(entities) > 1 and _has(text, vocabulary["compare"], language):
        return "shortlist"
    if entities:
        return "detail"
    if named:
        return "explore"
    if _has(text, vocabulary["define"], language):
        return "define"
    if _has(text, vocabulary["howto"], language):
        return "howto"
    return "explore"


def _strongest(facets: Sequence[tuple[str, str]], absent: bool) -> tuple[str, ...]:
    """Facets, less those that only a general word spoke for ("얼마", "type") where something else is asked."""
    weak = loader.words("words.yaml")["weak_facets"]
    strong = tuple(dict.fromkeys(facet for facet, words in facets if words.lower() not in weak))
    if "units" in strong or "special" in strong:
        strong = tuple(facet for facet in strong if facet != "households")  # 일반공급 몇 세대 is not all of them
    return strong if strong or absent else tuple(dict.fromkeys(facet for facet, _ in facets))


def _told(text: ReadableText, left: Sequence[tuple[str, int]], language: str) -> Iterator[Unmatched]:
    """Leftover words as typed. In English only names are worth telling: any other word may be small talk."""
    for run_start, run_end, terms in _runs(left, gap=0):
        end = run_end
        while language == "en" and end < len(text.text) and text.text[end].isalnum():
            end += 1
        is_name = run_start > 0 and end - run_start >= MIN_NAME and text.text[run_start].isupper()
        for term in terms:
            yield Unmatched(term, text.text[run_start:end], language == "ko" or is_name)


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
    return _has(text, loader.words("words.yaml")["housing"], understanding.language)


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
    sort = "" if entities else _read_sort(text, language)
    facets, absent = _read_facets(text, language)
    for place in longest_first(vocabulary_words["elsewhere"][language]):
        if span := text.find(place):  # a condition that nothing in the data meets
            readings.append(("sido", text.take(span)))
            filters = replace(filters, sidos=(*filters.sidos, place))
    distance = numbers.read_distance(text)
    criteria = _read_criteria(text, facets, distance[0] if distance else None, language)
    located = any((filters.sigungus, filters.dongs, filters.sidos, filters.stations, filters.lines))
    # A year in a question about something else (a world cup) is no move-in.
    if not entities and (located or facets or _has(text, vocabulary_words["housing"], language)):
        filters = numbers.read_move_in(text, filters, readings, today)
    if (filters.lines or filters.stations) and not any(criterion.key == "station" for criterion in criteria):
        criteria.append(Criterion("station", distance[0] if distance else NEAR_A_STATION))
    readings += [(facet, words) for facet, words in facets]
    if not unknown and language == "en":
        by_sound = read_by_sound(text, vocabulary, [start for _, start in _leftover(text, tagged)], readings)
        entities = tuple(dict.fromkeys((*entities, *by_sound)))
        if by_sound:  # the districts are parts of the name
            filters = replace(filters, sidos=(), sigungus=(), dongs=(), stations=())
    if not entities and not unknown and not criteria and not sort:
        entities, unknown = _by_terms(text, vocabulary, tagged, readings)
    if not entities and not unknown:
        brands, unknown = read_brands(text, vocabulary, [start for _, start in _leftover(text, tagged)], readings)
        filters = replace(filters, brands=brands)
    left = _leftover(text, tagged)
    unmatched = [*(Unmatched(word.lower(), word, absent=True) for word in absent), *_told(text, left, language)]
    stage = _stage(text, entities, located or bool(unknown), language)
    conditional = filters != Filters() or criteria or sort
    housing = bool(entities or unknown or located) or (bool(conditional) and stage == "explore")
    return Understanding(
        text=text.text,
        language=language,  # type: ignore[arg-type]
        domain="housing" if housing else None,
        stage=stage,
        facets=_strongest(facets, bool(absent)),
        criteria=tuple(criteria) if not entities else (),
        filters=filters,
        entities=entities,
        unknown_names=unknown,
        unmatched=tuple(dict.fromkeys(unmatched)),
        unmatched_words=_longest_run(text, left),
        sort=sort,
        type_label=label,
        readings=tuple(readings),
    )


def _is_name(term: str, text: ReadableText, left: Sequence[tuple[str, int]]) -> bool:
    """Whether one word alone can pick out a complex: long in Korean, capitalised in English."""
    start = next(start for form, start in left if form == term)
    return text.text[start].isupper() if text.text[start].isascii() else len(term) >= MIN_NAME


def _by_terms(
    text: ReadableText,
    vocabulary: Vocabulary,
    tagged: Sequence[tuple[str, str, int]],
    readings: numbers.Readings,
) -> tuple[tuple[EntityName, ...], tuple[str, ...]]:
    """A complex named by some of its name's words, in any order: 골드파크 3차."""
    left = _leftover(text, tagged)
    found, used = vocabulary.by_name_terms(form for form, _ in left)
    if not found or len(found) > MAX_NAMESAKES or 2 * len(used) < len(left):
        return (), ()
    # One word alone names a complex only in a question about complexes: 외국인 is part of some names, too.
    asks_rules = any(_has(text, loader.words("words.yaml")["howto"], language) for language in ("ko", "en"))
    if len(used) == 1 and (asks_rules or not _is_name(used[0], text, left)):
        return (), ()
    if (phase := _PHASE.search(text.text)) and not all(
        squeeze(phase.group()) in squeeze(name.name_ko) for name in found
    ):
        return (), (text.text,)  # 골드파크 5차 where only 3차 is known
    for form, start in left:
        if form in used:
            text.taken.append((start, start + len(form)))
    readings.append(("entity", " ".join(used)))
    return found, ()


__all__ = ["Vocabulary", "read", "speaks_of_housing", "understand"]
