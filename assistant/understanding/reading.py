"""From question and history to an :class:`Understanding`, by rules: no model call, a few milliseconds.

Names are read first (a complex's name may hold a district's), then numbers, then facets and wishes; what no rule took
is kept in ``unmatched``, so that a question about something that no document holds can be seen for what it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from assistant.domain import (
    Carried,
    ConversationState,
    Criterion,
    Filters,
    HomeSearch,
    Language,
    Question,
    Reading,
    Understanding,
    Unmatched,
)
from assistant.kinds.faq.rules import without_place
from assistant.kinds.housing import figures, sizes
from assistant.kinds.housing.attributes import kind_of
from assistant.kinds.housing.builders import read_builders
from assistant.kinds.housing.commuting import read_commuting_time
from assistant.kinds.housing.criteria import Wishes, read_criteria
from assistant.kinds.housing.facets import read_facets, strongest
from assistant.kinds.housing.impossible import contradictions
from assistant.kinds.housing.months import read_months, read_namesakes, what_happens
from assistant.kinds.housing.prices import read_prices
from assistant.kinds.housing.regulations import read_regulations
from assistant.kinds.housing.sorting import read_sort
from assistant.kinds.housing.superlative import read_most
from assistant.kinds.housing.surroundings import read_regions, read_surroundings
from assistant.kinds.listing.reading import among_posts, read_conditions, read_listing
from assistant.language import numbers, places
from assistant.language.gazetteer.vocabulary import Vocabulary
from assistant.language.text import ReadableText, clean, has_any, is_korean, longest_first
from assistant.language.unparsed import leftover, longest_run, unmatched_in
from assistant.understanding import conditions
from assistant.understanding.corrections import corrected
from assistant.understanding.exclusion_reason import asks_why_not, of_search
from assistant.understanding.follow_up import follow_up
from assistant.understanding.history import replayed
from assistant.understanding.intents import is_thanks, read_intent
from assistant.understanding.names import (
    read_brands,
    read_by_part,
    read_by_sound,
    read_by_terms,
    read_capitalised,
    read_entities,
    read_kinds_by_name,
)
from assistant.understanding.negation import blanked, negated, wanted_far, without
from assistant.understanding.siblings import with_sibling
from assistant.understanding.slot_edit import set_anew
from assistant.understanding.stages import read_stage
from assistant.understanding.strange_places import asked_elsewhere, strange_places
from prompts.loader import Prompts

Tagger = Callable[[str], Sequence[tuple[str, str, int]]]

_TIME = re.compile(r"20\d\d(?:\s*년|\b)|(?<!\d)\d{1,2}\s*월")
# A wish's words are searched for by their stem: the rest of the word is read with it.
_ENDING = re.compile(r"(?<=가까)(?:운|이|워)|(?<=가깝)(?:고|게|다)|(?<=키우)(?:기|는|고)|(?<=모시)(?:고|는|기)")
PLACE_FILTERS = ("sidos", "sigungus", "dongs", "neighbours", "stations", "lines", "places")
NEAR_A_PLACE = 1500  # metres: how far "near" a park or school reaches that is named
NEAR_A_STATION = 1000  # metres: how far "line 7" or "철산역" reaches where no distance is named


def speaks_of_housing(prompts: Prompts, understanding: Understanding) -> bool:
    """Whether the question is about homes by its own words, and not only by a place it names."""
    text = ReadableText(understanding.text, prompts)
    if _beyond_places(understanding.filters):
        return True
    return has_any(text, prompts.words["housing"], understanding.language)


def _beyond_places(filters: Filters) -> bool:
    """Whether anything is set that only homes have: a café has a district and a station near it, too."""
    return bool(filters.without(PLACE_FILTERS))


def understand(
    question: Question, vocabulary: Vocabulary, tag: Tagger, today: date, *, purposes: bool = True
) -> Understanding:
    """Read one question in its conversation.

    ``tag`` gives ``(term, part of speech, position)`` per content morpheme; ``today`` anchors 내년 and "open now";
    without ``purposes``, qualitative words ("for jogging") set no condition.
    """

    def read_in(text: str, state: ConversationState) -> Understanding:
        if state.search and state.posts is None and (condition := corrected(clean(text), state.search)):
            text = condition
        text = with_sibling(text, (*state.focus, *state.recent), vocabulary.names())
        understood = read(text, vocabulary, tag, today, purposes)
        if _starts_over(vocabulary.prompts, understood):
            return replace(understood, carried=Carried(fresh=state != ConversationState()))
        if state == ConversationState():
            return understood
        return follow_up(
            vocabulary.prompts,
            understood,
            state,
            lambda text: read_conditions(text, vocabulary, tag(clean(text))),
            vocabulary.located,
        )

    before = replayed(question.history, vocabulary, read_in) if question.state is None else question.state
    before = conditions.state_without(before, question.without)

    def read_on_page(text: str) -> Understanding:
        understood = conditions.taken_back(read_in(text, before), question.without)
        if question.domain == "listing" and understood.listing is None:
            return among_posts(vocabulary.prompts, understood, read_conditions(text, vocabulary, tag(clean(text))))
        return understood

    understood = read_on_page(question.text)
    if question.instead and (understood.listing is not None or conditions.is_search(understood)):
        understood = set_anew(
            vocabulary.prompts,
            understood,
            question.instead,
            read_on_page,
            lambda words: read(words, vocabulary, tag, today, purposes),
            lambda words: read_conditions(words, vocabulary, tag(clean(words))).filters,
        )
    if understood.carried.fresh:
        before = ConversationState()
    if not understood.why_not and understood.filters != Filters() and asks_why_not(vocabulary.prompts, understood):
        said = HomeSearch(understood.filters, understood.criteria, said=conditions.said(understood))
        understood = of_search(understood, said)
    named = bool(understood.entities or understood.unknown_names)
    text = ReadableText(understood.text, vocabulary.prompts)
    return replace(
        understood,
        carried=replace(understood.carried, before=before),
        documents=vocabulary.titles.named(understood.text, understood.entities),
        has_documents=bool(vocabulary.titles),
        intent=read_intent(text, understood.stage, named, understood.facets, understood.language),
    )


def _starts_over(prompts: Prompts, understanding: Understanding) -> bool:
    """Whether a question says that what was said before no longer counts."""
    words = prompts.words["start_over"]
    return has_any(ReadableText(understanding.text, prompts), words, understanding.language)


def read(raw: str, vocabulary: Vocabulary, tag: Tagger, today: date, purposes: bool = True) -> Understanding:
    """Read one text without its history."""
    text = vocabulary.latin_spelling.corrected(vocabulary.spelling.corrected(clean(raw)))
    whole = without_place(vocabulary.prompts, _read(text, vocabulary, tag, today, purposes))
    unwanted, spans = negated(text, whole.readings)
    if not unwanted:
        return whole
    rest = _read(blanked(text, spans), vocabulary, tag, today, purposes)
    return replace(
        rest,
        text=text,
        language=whole.language,
        domain=rest.domain or whole.domain,
        filters=without(rest, [_read(one.words, vocabulary, tag, today, purposes) for one in unwanted]),
        unmatched=tuple(dict.fromkeys((*rest.unmatched, *wanted_far(text, spans)))),
        readings=(*rest.readings, *(replace(one, key="except") for one in unwanted)),
    )


def _asks_price_of_size(readings: numbers.Readings) -> bool:
    """Whether a word for the price stands beside the size: "84 얼마", "how much is the 84"."""
    sizes_ = [reading for reading in readings if reading.key == "area" and reading.start >= 0]
    prices = [reading for reading in readings if reading.key == "price" and reading.start >= 0]
    return any(
        0 <= price.start - size.end <= 3 or 0 <= size.start - price.end <= 8 for size in sizes_ for price in prices
    )


def _read(raw: str, vocabulary: Vocabulary, tag: Tagger, today: date, purposes: bool) -> Understanding:
    text = ReadableText(raw, vocabulary.prompts)
    language: Language = "ko" if is_korean(text.text) else "en"
    tagged = tag(text.text)
    readings: numbers.Readings = []
    words = vocabulary.prompts.words

    if is_thanks(vocabulary.prompts, text.text, language):
        return Understanding(text.text, language, None, "explore")
    entities, unknown = read_entities(text, vocabulary, readings)
    if not entities and not unknown and (about_posts := read_listing(text.text, vocabulary, tagged)):
        return about_posts
    entities = read_namesakes(text, entities, vocabulary.announced, readings, today)
    filters = places.read_lines(text, Filters(), readings, words["lines"])
    if not entities and not unknown:
        filters = read_builders(text, filters, readings, vocabulary)
    if not entities:
        filters = places.read_places(text, filters, readings, vocabulary)
    kinds = () if entities or unknown else read_kinds_by_name(text, readings, language)
    filters = places.read_stations(text, filters, readings, vocabulary)
    filters = read_regions(text, filters, readings, language)
    filters = places.read_districts(text, filters, readings, vocabulary, tagged, words["common_stems"])
    rides = read_commuting_time(text)
    most = ""
    if len(entities) == 1:
        most = read_most(text, language, located=any((filters.sidos, filters.sigungus, filters.dongs)))
    filters = _read_figures(text, filters, readings, today, named=bool(entities))
    label = sizes.read_type_label(text, words["by_type"][language])
    sort = "" if entities else read_sort(text, language)
    if not entities:
        filters = read_regulations(text, filters, readings, language)
    facets, absent = read_facets(text, language)
    elsewhere: dict[str, list[Reading]] = {}  # conditions that nothing in the data meets
    for place in longest_first(words["elsewhere"][language]):
        while span := text.find(place):
            elsewhere.setdefault(place, []).append(text.read("sido", span))
    distance = figures.read_distance(text)
    pairs = [(facet.key, facet.words) for facet in facets]
    wishes = Wishes([], filters, sort)
    if purposes:
        wishes = read_criteria(text, pairs, distance[0] if distance else None, language, filters, sort)
    # Who asks for homes for newlyweds by their name looks for no special supply elsewhere.
    criteria = [wish for wish in wishes.criteria if not (kinds and wish.key == "special")]
    if not entities:
        filters, sort = wishes.filters, wishes.sort
    filters = read_surroundings(text, filters, readings, language)
    filters, readings, beside = _with_elsewhere(text, filters, readings, elsewhere, language)
    located = any((filters.sigungus, filters.dongs, filters.sidos, filters.stations, filters.lines, filters.places))
    impossible: tuple[str, ...] = ()
    # A year in a question about something else (a world cup) is no move-in.
    if not entities and (located or facets or has_any(text, words["housing"], language)):
        filters, no_date = read_months(text, filters, readings, today)
        impossible = (no_date,) if no_date else ()
    wished = {criterion.key for criterion in criteria}
    if (filters.lines or filters.stations) and "station" not in wished:
        criteria.append(Criterion("station", distance[0] if distance else NEAR_A_STATION))
    for place in filters.places:
        kind = kind_of(place)
        if all(criterion.key != kind for criterion in criteria):
            criteria.append(Criterion(kind, distance[0] if distance else NEAR_A_PLACE))
    readings += facets
    read_words = {facet.words for facet in facets}
    for wish in criteria:
        if wish.words and wish.words not in read_words and (span := text.find(wish.words, taken=True)):
            ending = _ENDING.match(text.text, span[1])  # 역 가까운, not 역 가까
            readings.append(text.read(wish.name, (span[0], ending.end() if ending else span[1])))
    if not unknown and language == "en":
        by_sound = read_by_sound(text, vocabulary, [start for _, start in leftover(text, tagged)], readings, filters)
        entities = tuple(dict.fromkeys((*entities, *by_sound)))
        if by_sound:  # the districts are parts of the name
            filters = filters.but(sidos=(), sigungus=(), dongs=(), stations=(), neighbours=())
    if entities and not unknown:  # the other one of two, by a part of its name
        entities = tuple(dict.fromkeys((*entities, *read_by_part(text, vocabulary, tagged, readings))))
    if not entities and not unknown:
        entities = read_by_part(text, vocabulary, tagged, readings)
        if entities:
            criteria, filters = [], filters.but(stations=(), places=())
    if not entities and not unknown and not criteria and not sort:
        entities, unknown = read_by_terms(text, vocabulary, tagged, readings, filters)
    if not entities and not unknown and language == "en" and not located:
        asks = bool(facets) and not has_any(text, words["howto"], language)
        unknown = read_capitalised(text, [start for _, start in leftover(text, tagged)], asks)
    if not entities and not unknown:
        brands, unknown = read_brands(text, vocabulary, [start for _, start in leftover(text, tagged)], readings)
        filters = filters.but(brands=brands)
    filters = filters.but(brands=(*filters.brands, *kinds))
    left = leftover(text, tagged)
    beyond = [word for word in words["beyond"][language] if text.find(word, taken=True)] if entities else []
    unmatched = [Unmatched(word.lower(), word, absent=True) for word in (*absent, *beyond)] + rides
    unmatched += unmatched_in(text, left, language)
    looks_for = _beyond_places(filters) and _finds(text, language)
    looks_for = looks_for or (sort != "" and has_any(text, words["complexes"], language))  # what's the biggest complex
    stage = read_stage(text, entities, located or bool(unknown) or looks_for, language)
    conditional = filters != Filters() or criteria or sort
    asked = strongest(vocabulary.prompts, facets, bool(absent))
    if not entities and (sort or len(asked) > 1) and "location" in asked:
        asked = tuple(facet for facet in asked if facet != "location")  # 가장 큰 단지 어디야: which one it is
    if entities and not asked and not absent and not most and (order := read_sort(text, language)):
        asked = (order.partition(":")[0],)  # "X는 싸지?" asks what it costs
    if "price" not in asked and not absent and _asks_price_of_size(readings):
        asked = (*asked, "price")  # "입주 언제고 84 얼마야": of the size, 얼마 is a price whatever else is asked
    if entities and not asked and not absent and next(text.finditer(_TIME), None):
        asked = (what_happens(text.lower),)  # "X는 2023년 10월 청약이었지?" asks when that was
    # A place alone makes no question on homes where something is asked that no home has: cafés, the weather.
    of_none = bool(unmatched) and not (
        asked or sort or (wished - {"station"}) or _beyond_places(filters) or has_any(text, words["housing"], language)
    )
    if not located and not entities and not unknown and _near_something(text, language):
        # 서울숲 근처 아파트, where no document speaks of 서울숲: homes are asked for, and cannot be found by it.
        unmatched = [replace(one, absent=True) if one.told and not asked else one for one in unmatched]
    strange_place = any(one.absent and one.word not in absent for one in unmatched)
    strange: list[Unmatched] = []
    if not entities and not unknown:
        # What is asked of nothing that is named is asked of homes: 솔모루마을 초등학교 옆.
        searches = not located and language == "ko" if asked else bool(conditional)
        # What follows a place where a detail is asked for is rather a complex: 반포 트리니원 입주예정일.
        known = [(one.start, one.end) for one in readings if one.key in conditions.PLACES and not asked]
        strange = beside + strange_places(
            text, left, tag, vocabulary.is_word, language, located=located, searches=searches, known=known
        )
    terms = {one.term for one in strange}
    unmatched = [*strange, *(one for one in unmatched if one.absent or one.term not in terms)]
    housing = bool(entities or unknown or (located and not of_none) or impossible or strange_place)
    housing = housing or (bool(strange) and stage == "explore" and not asked)
    housing = housing or (bool(conditional) and not located and stage == "explore")
    return Understanding(
        text=text.text,
        language=language,
        domain="housing" if housing else None,
        stage=stage,
        intent=read_intent(text, stage, bool(entities or unknown), asked, language),
        facets=asked,
        criteria=tuple(criteria) if not entities else (),
        filters=filters,
        entities=entities,
        unknown_names=unknown,
        unmatched=tuple(dict.fromkeys(unmatched)),
        unmatched_words=longest_run(text, left),
        sort=sort,
        most=most,
        type_label=label,
        impossible=impossible + contradictions(filters, readings),
        readings=tuple(dict.fromkeys(readings)),
    )


def _with_elsewhere(
    text: ReadableText,
    filters: Filters,
    readings: numbers.Readings,
    elsewhere: dict[str, list[Reading]],
    language: Language,
) -> tuple[Filters, numbers.Readings, list[Unmatched]]:
    """Filters and read-outs with places that no notice is of; and those that are asked for beside one that some are."""
    known = [one for one in readings if one.key in conditions.PLACES and one.start >= 0]
    named = [one for ones in elsewhere.values() for one in ones]
    asked: bool | None = True
    if known and named:
        there, here = ([(one.start, one.end) for one in ones] for ones in (named, known))
        asked = asked_elsewhere(text, there, here, language)
    if asked and known and named:
        filters, readings = filters.without(PLACE_FILTERS), [one for one in readings if one not in known]
    beside = [Unmatched(place, place, place=True) for place in elsewhere] if asked is None else []
    return filters.but(sidos=(*filters.sidos, *elsewhere)), [*readings, *named], beside


def _finds(text: ReadableText, language: str) -> bool:
    """Whether a word says that homes are looked for. "하나 있는데" goes on to something else: "있는 데" is a place."""
    forms = text.prompts.words["finds"][language]
    spans = ((form, text.find(form, taken=True)) for form in forms)
    return any(span and (not form.endswith(" 데") or " " in text.words(span)[-2:]) for form, span in spans)


def _near_something(text: ReadableText, language: str) -> bool:
    """Whether complexes are looked for near something."""
    near, words = text.prompts.neighbours["around"], text.prompts.words
    return has_any(text, near, language) and has_any(text, words["complexes"], language)


def _read_figures(
    text: ReadableText, filters: Filters, readings: numbers.Readings, today: date, *, named: bool
) -> Filters:
    """Prices, competition, scores, areas, households, and what is open: each takes its figure from those after it."""
    filters = read_prices(text, filters, readings)
    filters = figures.read_competition(text, filters, readings)
    filters = figures.read_scores(text, filters, readings)
    filters = sizes.read_areas(text, filters, readings, named=named)
    filters = sizes.read_households(text, filters, readings)
    return figures.read_status(text, filters, readings, today)
