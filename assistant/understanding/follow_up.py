"""What a question leaves out because the conversation already said it: "there", "the second one", "and the 84?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from assistant.domain import Carried, ConversationState, EntityName, Filters, HomeSearch, Understanding
from assistant.kinds.housing.attributes import attributes, place_kinds
from assistant.kinds.listing.reading import ASKED_OF_POSTS, ListingQuestion, narrow, speaks_of_homes
from assistant.language.text import ReadableText, has_any
from assistant.understanding import conditions
from assistant.understanding.conditions import SIZES
from assistant.understanding.exclusion_reason import asks_why_not, of_search
from prompts.loader import Prompts

Located = Mapping[str, Sequence[str]]

MAX_SHOWN = 5
ABOUT = ("detail", "shortlist")  # stages of questions about complexes at hand
_SIZE = re.compile(r"(?<![\d.,])(?:[3-9]\d|1\d\d)(?![\d.,]*\d)(?=\s*(?:타입|형|type|은|는|도|요|$|[?.!]))")
MIN_NAME = 4  # letters: shorter words are things to know (교통, 분위기), not names of complexes


def follow_up(
    prompts: Prompts,
    latest: Understanding,
    state: ConversationState,
    read_conditions: Callable[[str], ListingQuestion],
    located: Located,
) -> Understanding:
    """``latest`` with what it leaves out.

    Right after a question about posts, one that says nothing of homes narrows it; ``read_conditions`` reads a text as
    one about posts. ``located`` has the sido, sigungu and dong of complexes by their ids.
    """
    homes = latest.entities or latest.unknown_names or set(latest.facets) - ASKED_OF_POSTS
    if state.posts is not None and not homes:
        plain = latest.stage == "explore" and not speaks_of_homes(prompts, latest.text)
        narrowed = narrow(prompts, latest, read_conditions(latest.text), state.posts) if plain else None
        if narrowed:
            return narrowed
    return _resolve(prompts, latest, state, located)


def _resolve(prompts: Prompts, latest: Understanding, state: ConversationState, located: Located) -> Understanding:
    if state == ConversationState() or latest.domain not in (None, "housing"):
        return latest
    text = ReadableText(latest.text, prompts)
    vocabulary = prompts.words
    if state.search and asks_why_not(prompts, latest):
        return of_search(latest, state.search)
    if latest.entities or latest.unknown_names:
        compared = has_any(text, vocabulary["compare_with"], latest.language) and len(latest.entities) == 1
        if compared and len(state.focus) == 1 and latest.entities != state.focus:
            return replace(_about(prompts, latest, (*state.focus, *latest.entities), state), stage="shortlist")
        return _same_question(latest, state)
    if name := _unknown_name(latest):
        return replace(latest, unknown_names=(name,), domain="housing")
    if picked := _picked(text, latest.language, state):
        return replace(_about(prompts, latest, picked, state), stage="shortlist" if len(picked) > 1 else "detail")
    if state.candidates and (word := _ordinal(text, latest.language)):
        return replace(latest, unknown_names=(word,), domain="housing", carried=Carried(beyond=True))
    refers = has_any(text, vocabulary["reference"], latest.language)
    pointed = len(state.focus) == 1 and _points_at(text, latest)
    if pointed and latest.sort and not _places(latest):  # "the most expensive 84 there"
        return _about(prompts, latest, state.focus, state)
    general = latest.stage in ("define", "howto")
    if general and not latest.facets and not conditions.is_search(latest):
        return latest
    if latest.stage == "explore" and (sized := _size_alone(latest, state)):
        return _about(prompts, sized, state.focus, state)
    if state.focus and not latest.facets and has_any(text, vocabulary["how_far"], latest.language):
        near = tuple(facet for facet in state.facets if facet in place_kinds()) or ("station",)
        return _about(
            prompts, replace(latest, facets=near, criteria=(), filters=Filters(), unmatched=()), state.focus, state
        )
    others = latest.sort and has_any(text, vocabulary["than_this"], latest.language)
    if others and len(state.focus) == 1 and not any(conditions.is_set(latest.filters, key) for key in conditions.NAMED):
        return _narrowed(latest, state.search) if state.search else _others_around(latest, state, located)
    if pointed or (state.focus and _is_of_focus(latest, refers, text, state)):
        return _about(prompts, latest, state.focus, state)
    asks_of_list = latest.facets and not _is_strange(latest) and not _sets_conditions(latest, text)
    if not state.focus and state.stage and state.candidates and asks_of_list:
        return _about(prompts, latest, state.candidates[:MAX_SHOWN], state)
    if state.search and _continues(latest):
        return _narrowed(latest, state.search)
    return latest


def _others_around(latest: Understanding, state: ConversationState, located: Located) -> Understanding:
    """ "더 싼 거 없어?" after a question on one complex: others of its district, of the size that was asked for."""
    (focus,) = state.focus
    _, sigungu, _ = located.get(focus.id, ("", "", ""))
    filters = latest.filters.but(sigungus=(sigungu,) if sigungu else (), except_ids=(focus.id,))
    name = focus.name_ko if latest.language == "ko" else focus.name_en
    return replace(
        latest,
        domain="housing",
        filters=_sizes_of(replace(latest, filters=filters), state),
        carried=Carried(beside=name),
    )


def _is_strange(latest: Understanding) -> bool:
    """Whether a question names what is not known of complexes: a used bicycle, and its price, are another topic."""
    return any(left.told and not left.absent for left in latest.unmatched) and not _fits_any(latest)


def _unknown_name(latest: Understanding) -> str:
    """The name in "그럼 ○○○○는?" that no document has: it is not something to know about the complex at hand."""
    strange = [left for left in latest.unmatched if left.told and not left.absent]
    asks_more = latest.facets or latest.criteria or latest.filters != Filters() or len(strange) != len(latest.unmatched)
    name = latest.unmatched_words
    is_topic = len(name) >= MIN_NAME and re.search(rf"{re.escape(name)}(?:은|는)(?:요)?\s*\??$", latest.text)
    return name if strange and not asks_more and is_topic else ""


def _picked(text: ReadableText, language: str, state: ConversationState) -> tuple[EntityName, ...]:
    """Complexes of the last list by their numbers, or the two that were talked about."""
    vocabulary = text.prompts.words
    ordinals = [
        index
        for index, phrases in enumerate(vocabulary["ordinals"][language])
        if any(text.find(phrase, taken=True) for phrase in phrases)
    ]
    picked = tuple(state.candidates[index] for index in ordinals if index < len(state.candidates))
    if picked:
        return picked
    if state.candidates and has_any(text, vocabulary["last_one"], language):
        return state.candidates[-1:]
    for count, key in ((2, "both"), (3, "all_three")):
        if has_any(text, vocabulary[key], language):
            for names in (state.focus, state.recent[-count:], state.candidates[:count]):
                if len(names) == count:
                    return names
    return ()


def _ordinal(text: ReadableText, language: str) -> str:
    """A place on a list, as it was said; that there is nothing there is for the caller to know."""
    places = text.prompts.words["ordinals"][language]
    return next((phrase for phrases in places for phrase in phrases if text.find(phrase, taken=True)), "")


def _sets_conditions(latest: Understanding, text: ReadableText) -> bool:
    """Whether a question looks for complexes rather than asking about those at hand."""
    return bool(latest.filters.without(SIZES) or latest.sort or _searches(text, latest))


def _searches(text: ReadableText, latest: Understanding) -> bool:
    return has_any(text, text.prompts.words["searching"], latest.language)


def _places(latest: Understanding) -> bool:
    """Whether a place or a brand is named, which one complex does not go by."""
    return any((latest.filters.sidos, latest.filters.sigungus, latest.filters.dongs, latest.filters.brands))


def _size_alone(latest: Understanding, state: ConversationState) -> Understanding | None:
    """ "76은?", "then the 76": right after a price, a number alone is another size of the complex at hand."""
    if latest.facets or latest.criteria or latest.sort or latest.filters != Filters() or _is_strange(latest):
        return None
    sizes, by_size = _SIZE.findall(latest.text), [key for key, one in attributes().items() if one.by_size]
    if len(sizes) != 1 or len(state.focus) != 1 or not any(facet in by_size for facet in state.facets):
        return None
    size = float(sizes[0])
    return replace(latest, filters=latest.filters.but(min_area=size, max_area=size + 0.9999), unmatched=())


def _points_at(text: ReadableText, latest: Understanding) -> bool:
    """Whether a question says "there" or "that complex", which a mere "then" (그럼) does not."""
    vocabulary = text.prompts.words
    pointing = [word for word in vocabulary["reference"][latest.language] if word not in vocabulary["then"]]
    return has_any(text, {latest.language: pointing}, latest.language)


def _is_of_focus(latest: Understanding, refers: bool, text: ReadableText, state: ConversationState) -> bool:
    """Whether a question that names no complex is about the one at hand."""
    if not refers and _is_strange(latest):
        return False
    placed = _places(latest)
    most_alone = latest.sort and latest.filters == Filters() and not latest.criteria
    if most_alone and len(state.focus) == 1 and not _searches(text, latest):
        return True  # "그럼 제일 비싼 게 얼마야?": of its types
    if placed or (_sets_conditions(latest, text) and not (refers and not latest.sort)):
        # "5억 이하는 없어?" after a question on one complex is about its types, unless complexes are looked for.
        limits = latest.filters.without((*conditions.FIELDS["price"], *SIZES))
        one = len(state.focus) == 1 and state.search is None
        return bool(one and not limits and not latest.sort and not _searches(text, latest))
    return bool(refers or latest.facets or latest.criteria or latest.filters != Filters() or _fits_any(latest))


def _fits_any(latest: Understanding) -> bool:
    """What no rule read, in a question too short to be of something else: 평당가는? 주차는?"""
    absent = any(left.absent for left in latest.unmatched)
    return latest.stage == "explore" and (absent or "%" in latest.text)


def _continues(latest: Understanding) -> bool:
    """Whether a question narrows the last search: a condition of its own, or something asked of what it found."""
    return latest.stage == "explore" and (conditions.is_search(latest) or bool(latest.facets))


def _same_question(latest: Understanding, state: ConversationState) -> Understanding:
    """ "그럼 B는?" keeps the question and changes the complex."""
    if state.stage is None or latest.facets or latest.unmatched or latest.filters != Filters():
        return latest
    return replace(
        latest,
        facets=state.facets,
        filters=_sizes_of(latest, state),
        type_label=latest.type_label or state.type_label,
    )


def _sizes_of(latest: Understanding, state: ConversationState) -> Filters:
    return latest.filters if latest.filters.only(SIZES) else latest.filters.but(**state.sizes.only(SIZES))


def _about(
    prompts: Prompts, latest: Understanding, entities: tuple[EntityName, ...], state: ConversationState
) -> Understanding:
    """``latest`` asked of these complexes; with the earlier question where it asks nothing of its own."""
    facets = latest.facets or tuple(wish.key for wish in latest.criteria)
    if not facets and latest.sort:
        facets = (latest.sort.split(":")[0],)  # its lowest score is a score
    filters, label = latest.filters, latest.type_label
    comparing_words = prompts.words["compare_with"][latest.language]
    unmatched = tuple(left for left in latest.unmatched if left.word not in comparing_words)
    nothing_else = not facets and not unmatched
    if state.stage in ABOUT and (nothing_else or facets == state.facets):
        facets = facets or state.facets
        filters, label = _sizes_of(latest, state), label or state.type_label
    comparing = len(entities) > 1 and state.stage == "shortlist"
    return replace(
        latest,
        entities=entities,
        domain="housing",
        stage="shortlist" if comparing else "detail",
        facets=facets,
        filters=filters,
        type_label=label,
        unmatched=unmatched,
        criteria=(),
        sort="",
    )


def _narrowed(latest: Understanding, search: HomeSearch) -> Understanding:
    """Earlier conditions hold on until the latest question says otherwise; what gave way, or went along, is noted."""
    before, now = search.filters, latest.filters
    anew = [key for key in conditions.RANGES if conditions.is_set(now, key)]
    placed = any(conditions.is_set(now, key) for key in conditions.PLACES)
    wishes = {wish.key for wish in search.criteria} | {wish.name for wish in search.criteria}
    gone = {key for key in conditions.FIELDS if conditions.is_set(now, key)}
    gone |= {*(conditions.PLACES if placed else ()), *(wishes if latest.criteria else ())}
    kept = tuple(one for one in search.said if one.key not in gone)
    filters = conditions.merged(before, now)
    latest_said = conditions.said(latest)
    replaced = tuple(
        (conditions.words_of_key(search.said, key), conditions.words_of_key(latest_said, key))
        for key in anew
        if conditions.is_set(before, key)
        and before.only(conditions.FIELDS[key]) != filters.only(conditions.FIELDS[key])
    )
    moved = placed and any(conditions.is_set(before, key) for key in conditions.PLACES)
    return replace(
        latest,
        domain="housing",
        filters=filters,
        criteria=latest.criteria or search.criteria,
        facets=latest.facets or search.facets,
        sort=latest.sort or search.sort,
        readings=(*latest.readings, *kept),
        carried=Carried(
            replaced=tuple(pair for pair in replaced if all(pair)),
            kept=tuple(dict.fromkeys(one.words for one in kept)) if moved else (),
        ),
    )
