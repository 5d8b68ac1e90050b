"""What a question leaves out because the conversation already said it.

Every earlier turn is read again in order, so that what "there", "the second one" or "and the 84?" stand for is what
they stood for when it was asked: the complexes at hand, the last list, and the conditions of the search.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace

from assistant.domain import EntityName, Filters, Message, Understanding
from assistant.understanding.listings import ListingQuestion, narrow, speaks_of_homes
from assistant.understanding.text import ReadableText, has_any
from assistant.understanding.vocabulary import Vocabulary
from assistant.understanding.why_not import asks_why_not, of_search
from prompts import loader

Reader = Callable[[str], Understanding]

REMEMBERED_TURNS = 6  # as many as the chat keeps; each is read in a few milliseconds
MAX_SHOWN = 5
MIN_NAME = 4  # letters: shorter words are things to know (교통, 분위기), not names of complexes
SIZES = ("min_area", "max_area", "min_supply_area", "max_supply_area")


@dataclass(frozen=True, slots=True)
class Conversation:
    """Where a conversation stands. ``focus``: the complexes at hand; ``recent``: those named one by one, latest last;
    ``shown``: those of the last list; ``search``: the last question that set conditions; ``posts``: the last question,
    where it was about marketplace posts; ``asked``: the last question about complexes at hand or found.
    """

    focus: tuple[EntityName, ...] = ()
    recent: tuple[EntityName, ...] = ()
    shown: tuple[EntityName, ...] = ()
    search: Understanding | None = None
    posts: Understanding | None = None
    asked: Understanding | None = None


def carry_over(
    latest: Understanding,
    history: Sequence[Message],
    vocabulary: Vocabulary,
    read: Reader,
    read_conditions: Callable[[str], ListingQuestion],
) -> Understanding:
    """Fill what ``latest`` leaves out from the turns before it. ``read_conditions`` reads a text as one on posts."""
    state = Conversation()
    for question, answer in _turns(history)[-REMEMBERED_TURNS:]:
        understood = _resolved(read(question), state, read_conditions)
        state = _after(state, understood, _names_in(answer, vocabulary))
    return _resolved(latest, state, read_conditions)


def _resolved(
    latest: Understanding, state: Conversation, read_conditions: Callable[[str], ListingQuestion]
) -> Understanding:
    """Right after a question about posts, one that says nothing of homes narrows it."""
    if state.posts is not None and not (latest.entities or latest.unknown_names or latest.facets):
        plain = latest.stage == "explore" and not speaks_of_homes(latest.text)
        narrowed = narrow(latest, read_conditions(latest.text), state.posts) if plain else None
        if narrowed:
            return narrowed
    return _resolve(latest, state)


def _turns(history: Sequence[Message]) -> list[tuple[str, str]]:
    turns: list[tuple[str, str]] = []
    for message in history:
        if message.role == "user":
            turns.append((message.content, ""))
        elif turns:
            question, answer = turns[-1]
            turns[-1] = (question, f"{answer}\n{message.content}".strip())
    return turns


def _names_in(message: str, vocabulary: Vocabulary) -> tuple[EntityName, ...]:
    """Complexes that an answer named, in the order it named them."""
    text = ReadableText(message)
    found: list[tuple[int, EntityName]] = []
    for alias in vocabulary.aliases():
        if alias in text.squeezed and (span := text.find_squeezed(alias)):
            text.take(span)
            found += [(span[0], name) for name in vocabulary.named(alias)[:1]]
    return tuple(dict.fromkeys(name for _, name in sorted(found, key=lambda pair: pair[0])))


def _after(state: Conversation, understood: Understanding, named: tuple[EntityName, ...]) -> Conversation:
    """The conversation once ``understood`` was answered with ``named``."""
    if understood.listing is not None:
        return replace(state, posts=understood)  # a look at the market forgets no complex
    state = replace(state, posts=None)
    if understood.unknown_names:
        return replace(state, focus=(), asked=None)
    if understood.entities:
        # A list keeps its order while its complexes are asked about one by one.
        shown = state.shown if set(understood.entities) <= set(state.shown) else understood.entities
        recent = state.recent
        if len(understood.entities) == 1:
            recent = (*(name for name in recent if name not in understood.entities), *understood.entities)[-3:]
        return replace(state, focus=understood.entities, recent=recent, shown=shown, asked=understood)
    if _is_search(understood):
        focus = named if len(named) == 1 else ()
        return Conversation(focus, (), named, understood, understood)
    return state


def _is_search(understood: Understanding) -> bool:
    conditional = understood.filters != Filters() or understood.criteria or understood.sort
    return understood.domain == "housing" and bool(conditional)


def _resolve(latest: Understanding, state: Conversation) -> Understanding:
    if state == Conversation() or latest.domain not in (None, "housing"):
        return latest
    text = ReadableText(latest.text)
    vocabulary = loader.words("words.yaml")
    if state.search and asks_why_not(latest):
        return of_search(latest, state.search)
    if latest.entities or latest.unknown_names:
        compared = has_any(text, vocabulary["compare_with"], latest.language) and len(latest.entities) == 1
        if compared and len(state.focus) == 1 and latest.entities != state.focus:
            return replace(_about(latest, (*state.focus, *latest.entities), state), stage="shortlist")
        return _same_question(latest, state)
    if name := _unknown_name(latest):
        return replace(latest, unknown_names=(name,), domain="housing")
    if picked := _picked(text, latest.language, state):
        return replace(_about(latest, picked, state), stage="shortlist" if len(picked) > 1 else "detail")
    refers = has_any(text, vocabulary["reference"], latest.language)
    general = latest.stage in ("define", "howto")
    if general and not latest.facets and not _is_search(latest):
        return latest
    pointed = len(state.focus) == 1 and _points_at(text, latest)
    if pointed or (state.focus and _is_of_focus(latest, refers, text, state)):
        return _about(latest, state.focus, state)
    asks_of_list = latest.facets and not _is_strange(latest) and not _sets_conditions(latest, text)
    if not state.focus and state.asked and state.shown and asks_of_list:
        return _about(latest, state.shown[:MAX_SHOWN], state)
    if state.search and _continues(latest):
        return _narrowed(latest, state.search)
    return latest


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


def _picked(text: ReadableText, language: str, state: Conversation) -> tuple[EntityName, ...]:
    """Complexes of the last list by their numbers, or the two that were talked about."""
    vocabulary = loader.words("words.yaml")
    ordinals = [
        index
        for index, phrases in enumerate(vocabulary["ordinals"][language])
        if any(text.find(phrase, taken=True) for phrase in phrases)
    ]
    picked = tuple(state.shown[index] for index in ordinals if index < len(state.shown))
    if picked:
        return picked
    for count, key in ((2, "both"), (3, "all_three")):
        if has_any(text, vocabulary[key], language):
            for names in (state.focus, state.recent[-count:], state.shown[:count]):
                if len(names) == count:
                    return names
    return ()


def _sets_conditions(latest: Understanding, text: ReadableText) -> bool:
    """Whether a question looks for complexes rather than asking about those at hand."""
    beyond_size = replace(latest.filters, **dict.fromkeys(SIZES)) != Filters()  # type: ignore[arg-type]
    searching = has_any(text, loader.words("words.yaml")["searching"], latest.language)
    return bool(beyond_size or latest.sort or searching)


def _points_at(text: ReadableText, latest: Understanding) -> bool:
    """Whether a question says "there" or "that complex", which a mere "then" (그럼) does not."""
    vocabulary = loader.words("words.yaml")
    pointing = [word for word in vocabulary["reference"][latest.language] if word not in vocabulary["then"]]
    return has_any(text, {latest.language: pointing}, latest.language)


def _is_of_focus(latest: Understanding, refers: bool, text: ReadableText, state: Conversation) -> bool:
    """Whether a question that names no complex is about the one at hand."""
    if not refers and _is_strange(latest):
        return False
    placed = any((latest.filters.sidos, latest.filters.sigungus, latest.filters.dongs, latest.filters.brands))
    if placed or (_sets_conditions(latest, text) and not (refers and not latest.sort)):
        # "5억 이하는 없어?" after a question on one complex is about its types, unless complexes are looked for.
        limits = replace(latest.filters, **dict.fromkeys(("min_price", "max_price", *SIZES)))  # type: ignore[arg-type]
        searching = has_any(text, loader.words("words.yaml")["searching"], latest.language)
        one = len(state.focus) == 1 and state.search is None
        return bool(one and limits == Filters() and not latest.sort and not searching)
    return bool(refers or latest.facets or latest.criteria or latest.filters != Filters() or _fits_any(latest))


def _fits_any(latest: Understanding) -> bool:
    """What no rule read, in a question too short to be of something else: 평당가는? 주차는?"""
    absent = any(left.absent for left in latest.unmatched)
    return latest.stage == "explore" and (absent or "%" in latest.text)


def _continues(latest: Understanding) -> bool:
    """Whether a question narrows the last search: a condition of its own, or something asked of what it found."""
    return latest.stage == "explore" and (_is_search(latest) or bool(latest.facets))


def _same_question(latest: Understanding, state: Conversation) -> Understanding:
    """ "그럼 B는?" keeps the question and changes the complex."""
    if state.asked is None or latest.facets or latest.unmatched or latest.filters != Filters():
        return latest
    return replace(
        latest,
        facets=state.asked.facets,
        filters=_sizes_of(latest, state.asked),
        type_label=latest.type_label or state.asked.type_label,
    )


def _sizes_of(latest: Understanding, earlier: Understanding) -> Filters:
    if any(getattr(latest.filters, name) for name in SIZES):
        return latest.filters
    return replace(latest.filters, **{name: getattr(earlier.filters, name) for name in SIZES})


def _about(latest: Understanding, entities: tuple[EntityName, ...], state: Conversation) -> Understanding:
    """``latest`` asked of these complexes; with the earlier question where it asks nothing of its own."""
    facets = latest.facets or tuple(wish.key for wish in latest.criteria)
    filters, label = latest.filters, latest.type_label
    comparing_words = loader.words("words.yaml")["compare_with"][latest.language]
    unmatched = tuple(left for left in latest.unmatched if left.word not in comparing_words)
    nothing_else = not facets and not unmatched
    if state.asked is not None and state.asked.entities and (nothing_else or facets == state.asked.facets):
        facets = facets or state.asked.facets
        filters, label = _sizes_of(latest, state.asked), label or state.asked.type_label
    comparing = len(entities) > 1 and state.asked is not None and state.asked.stage == "shortlist"
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


def _narrowed(latest: Understanding, search: Understanding) -> Understanding:
    """Earlier conditions hold on until the latest question says otherwise."""
    return replace(
        latest,
        domain="housing",
        filters=_merge(search.filters, latest.filters),
        criteria=latest.criteria or search.criteria,
        facets=latest.facets or search.facets,
        sort=latest.sort or search.sort,
    )


def _merge(earlier: Filters, latest: Filters) -> Filters:
    """The latest wins: a place replaces the place, a price both ends of the price, and so on."""
    together = (
        ("sidos", "sigungus", "dongs", "neighbours", "stations", "places"),
        ("min_price", "max_price"),
        SIZES,
        ("min_households", "max_households"),
        ("move_in_from", "move_in_to"),
        ("receipt_from", "receipt_to"),
        ("announced_from", "announced_to"),
        ("min_competition", "max_competition"),
        ("min_score", "max_score"),
    )
    merged = {item.name: getattr(latest, item.name) or getattr(earlier, item.name) for item in fields(Filters)}
    for group in together:
        if any(getattr(latest, name) for name in group):
            merged |= {name: getattr(latest, name) for name in group}
    return Filters(**merged)
