"""What a question leaves out because the conversation already said it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace

from assistant.domain import EntityName, Filters, Message, Understanding
from assistant.understanding.text import ReadableText
from assistant.understanding.vocabulary import Vocabulary
from prompts import loader

Reader = Callable[[str], Understanding]


def _names_in(message: str, vocabulary: Vocabulary) -> tuple[EntityName, ...]:
    """Complexes that an answer named, in the order it named them."""
    text = ReadableText(message)
    found: list[tuple[int, EntityName]] = []
    for alias in vocabulary.aliases():
        if alias in text.squeezed and (span := text.find_squeezed(alias)):
            text.take(span)
            found += [(span[0], name) for name in vocabulary.named(alias)[:1]]
    return tuple(dict.fromkeys(name for _, name in sorted(found, key=lambda pair: pair[0])))


def _ordinal(text: ReadableText, language: str) -> int | None:
    for index, phrases in enumerate(loader.words("words.yaml")["ordinals"][language]):
        if any(text.find(phrase, taken=True) for phrase in phrases):
            return index
    return None


def _merge(earlier: Filters, latest: Filters) -> Filters:
    """Earlier conditions hold on until the latest question says otherwise: the latest wins, field by field."""
    merged = {item.name: getattr(latest, item.name) or getattr(earlier, item.name) for item in fields(Filters)}
    if latest.sigungus or latest.dongs or latest.sidos:
        merged |= {"sidos": latest.sidos, "sigungus": latest.sigungus, "dongs": latest.dongs}
    return Filters(**merged)


def carry_over(
    latest: Understanding, history: Sequence[Message], vocabulary: Vocabulary, read: Reader
) -> Understanding:
    """Fill what ``latest`` leaves out from the turn before: which complex, which question, which conditions."""
    questions = [message.content for message in history if message.role == "user"]
    answers = [message.content for message in history if message.role == "assistant"]
    if not questions:
        return latest
    before = read(questions[-1])
    for older in reversed(questions[:-1]):
        if before.entities or before.filters != Filters() or before.facets:
            break
        before = read(older)
    text = ReadableText(latest.text)
    if latest.entities or latest.unknown_names:
        # "그럼 B는?" keeps the question and changes the complex.
        if not latest.facets and not latest.unmatched and before.facets:
            return replace(latest, facets=before.facets)
        return latest
    candidates = _names_in(answers[-1], vocabulary) if answers else ()
    ordinal = _ordinal(text, latest.language)
    if ordinal is not None and ordinal < len(candidates):
        return _about(latest, (candidates[ordinal],))
    # A size alone asks about the complex at hand ("84는 얼마야?"); anything else sets a new condition.
    nothing_named = replace(latest.filters, min_area=None, max_area=None) == Filters()
    refers = any(text.find(word, taken=True) for word in loader.words("words.yaml")["reference"][latest.language])
    if latest.stage in ("define", "howto") and not refers and not latest.facets:
        return latest
    if (refers or latest.facets) and nothing_named:
        focus = before.entities or (candidates if len(candidates) == 1 or refers else ())
        if focus and (latest.facets or latest.unmatched):
            return _about(latest, focus if before.entities else focus[:3])
    if latest.stage == "explore" and latest.domain == "housing":
        # The last question that set conditions, though one on a single complex may have come between.
        for text_before in reversed(questions):
            listed = read(text_before)
            if listed.stage == "explore" and listed.domain == "housing":
                return replace(
                    latest,
                    filters=_merge(listed.filters, latest.filters),
                    criteria=latest.criteria or listed.criteria,
                    facets=latest.facets or listed.facets,
                )
    return latest


def _about(latest: Understanding, entities: tuple[EntityName, ...]) -> Understanding:
    return replace(latest, entities=entities, domain="housing", stage="detail", criteria=())
