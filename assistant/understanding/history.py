"""Where a conversation stands: replayed from its messages, or taken on from the state that an answer carried.

Every earlier turn is read again in order, so that what "there", "the second one" or "and the 84?" stand for is what
they stood for when it was asked: the complexes at hand, the last list, and the conditions of the search.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.domain import ConversationState, EntityName, Filters, HomeSearch, Message, PostSearch, Understanding
from assistant.language.gazetteer.vocabulary import Vocabulary
from assistant.language.text import ReadableText
from assistant.understanding import conditions
from assistant.understanding.conditions import SIZES

REMEMBERED_TURNS = 6  # as many as the chat keeps; each is read in a few milliseconds

# A question's text, read in a state.
Reader = Callable[[str, ConversationState], Understanding]


def replayed(history: Sequence[Message], vocabulary: Vocabulary, read: Reader) -> ConversationState:
    """The state after these messages."""
    state = ConversationState()
    for question, answer in _turns(history)[-REMEMBERED_TURNS:]:
        understood = read(question, state)
        before = ConversationState() if understood.carried.fresh else state
        state = after(before, understood, _names_in(answer, vocabulary))
    return state


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
    text = ReadableText(message, vocabulary.prompts)
    found: list[tuple[int, EntityName]] = []
    for alias in vocabulary.aliases_in(text.squeezed):
        if span := text.find_squeezed(alias):
            text.take(span)
            found += [(span[0], name) for name in vocabulary.named(alias)[:1]]
    return tuple(dict.fromkeys(name for _, name in sorted(found, key=lambda pair: pair[0])))


def after(state: ConversationState, understood: Understanding, named: tuple[EntityName, ...]) -> ConversationState:
    """The state once ``understood`` was answered with the complexes ``named``, in the order the answer named them."""
    if understood.listing is not None:
        # A look at the market forgets no complex.
        said = tuple(replace(one, start=-1, end=-1) for one in understood.readings)
        return replace(state, domain="listing", posts=PostSearch(understood.listing, understood.sort, said))
    state = replace(state, domain=understood.domain, posts=None)
    if understood.unknown_names:
        return replace(state, focus=(), stage=None, facets=(), sizes=Filters(), type_label="")
    asked = replace(
        state,
        facets=understood.facets,
        sizes=understood.filters.only(SIZES),
        type_label=understood.type_label,
    )
    if understood.entities:
        # A list keeps its order while its complexes are asked about one by one.
        listed = set(understood.entities) <= set(state.candidates)
        recent = state.recent
        if len(understood.entities) == 1:
            recent = (*(name for name in recent if name not in understood.entities), *understood.entities)[-3:]
        return replace(
            asked,
            stage="shortlist" if understood.stage == "shortlist" else "detail",
            focus=understood.entities,
            recent=recent,
            candidates=state.candidates if listed else understood.entities,
        )
    if conditions.is_search(understood):
        search = HomeSearch(
            understood.filters,
            understood.criteria,
            understood.sort,
            understood.facets,
            conditions.said(understood),
        )
        focus = named if len(named) == 1 else ()
        return replace(asked, stage="explore", search=search, candidates=named, focus=focus, recent=())
    if len(named) == 1 and not state.candidates:  # whatever was asked, this complex was spoken of
        return replace(asked, stage="detail", focus=named, candidates=named)
    return state
