"""Answers made without a model: from the evidence's own sentences, and the sentences that say what is missing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from assistant.domain import Domain, EntityName, Evidence, Filters, Understanding
from assistant.language.ko import writing as korean
from assistant.language.numbers import PYEONG
from assistant.language.text import ReadableText, has_any, squeeze
from assistant.retrieval.relaxation import Relaxation
from assistant.understanding import conditions, speaks_of_housing, words_of
from assistant.understanding.intents import is_thanks
from prompts.loader import Prompts

# Sizes that are common in ㎡ and next to unheard of in 평.
_SQUARE_METRES_AS_PYEONG = re.compile(r"(59|74|84|101|114)\s*(?:평형|평|pyeong)")
_BULLET = re.compile(r"^(?:[-–•·ㆍ※■□○●▪◦*]\s*)+")


def plain(quote: str) -> str:
    """A quote without the bullet that it had in its document."""
    return _BULLET.sub("", quote)


def sources(prompts: Prompts, evidence: Sequence[Evidence], language: str) -> str:
    """Which documents an answer from documents is from: "this apartment" is that of one notice, not of every one."""
    names = dict.fromkeys(item.name_ko for item in evidence if item.document_id.startswith("document:"))
    return prompts.say("sources", language, names=", ".join(f"‘{name}’" for name in names)) if names else ""


def transition(prompts: Prompts, understanding: Understanding, domain: Domain | None) -> str:
    """What became of the conversation before, in one short sentence, or nothing. ``domain`` is what answers now."""
    carried, language = understanding.carried, understanding.language
    if carried.fresh:
        return prompts.say("fresh", language)
    if carried.replaced:
        earlier, latest = (", ".join(words_) for words_ in zip(*carried.replaced, strict=True))
        return prompts.say("replaced", language, earlier=earlier, latest=latest)
    if carried.beside:
        return prompts.say("beside", language, name=carried.beside)
    if carried.kept:
        return prompts.say("kept", language, conditions=", ".join(carried.kept))
    before = carried.before.domain
    if before == "housing" and domain == "listing":
        return prompts.say("to_posts", language)
    if before == "listing" and domain == "housing":
        return prompts.say("to_homes", language)
    if before == "housing" and carried.before.focus and domain != "housing" and understanding.stage != "detail":
        return prompts.say("to_rules", language)
    return ""


def asks_how_many(prompts: Prompts, understanding: Understanding) -> bool:
    """Whether the question is how many complexes there are."""
    return has_any(ReadableText(understanding.text, prompts), prompts.words["how_many"], understanding.language)


def asks_for_all(prompts: Prompts, understanding: Understanding) -> bool:
    """Whether the question wants every complex named."""
    return has_any(ReadableText(understanding.text, prompts), prompts.words["every_one"], understanding.language)


def takes_for_open(prompts: Prompts, understanding: Understanding) -> bool:
    """Whether a question on a complex takes for granted that one can apply for it."""
    taken = has_any(ReadableText(understanding.text, prompts), prompts.words["taken_as_open"], understanding.language)
    return bool(understanding.entities and (taken or understanding.filters.open_on))


def tells_rules(prompts: Prompts, cited: Sequence[Evidence], language: str) -> bool:
    """Whether what was cited are rules of who may apply, which a notice or a new law may have otherwise."""
    rules = prompts.words["rules"]
    told = [item for item in cited if item.facet in ("faq", "fact")]
    return any(has_any(ReadableText(f"{item.name_ko} {item.quote}", prompts), rules, language) for item in told)


def absent(understanding: Understanding, language: str) -> str:
    """The question's words that nothing found speaks of."""
    return _quoted(list(dict.fromkeys(left.word for left in understanding.unmatched if left.told)), language)


def relaxed(prompts: Prompts, relaxation: Relaxation, language: str) -> str:
    """Which condition nothing met, and what was looked for instead."""
    bounds = [_bound(relaxation.key, bound, language) for bound in relaxation.bounds]
    if relaxation.key == "sigungu":
        wider = prompts.say("wider_districts", language, names=", ".join(bounds))
    else:
        low, high = bounds
        wider = prompts.say(
            "wider_between" if low and high else "wider_from" if low else "wider_to", language, low=low, high=high
        )
    return prompts.say("relaxed", language, conditions=relaxation.words, wider=wider)


def why_not(prompts: Prompts, understanding: Understanding, excluded: Sequence[str]) -> str:
    """Which conditions the complex does not meet, or that it meets them all."""
    language, entity = understanding.language, understanding.entities[0]
    name = entity.name_ko if language == "ko" else entity.name_en
    if not excluded:
        return prompts.say("why_not_met", language, name=name)
    return prompts.say("why_not", language, name=name, conditions=words_of(prompts, understanding, excluded))


def _bound(key: str, bound: int | float | date | str | None, language: str) -> str:
    """A limit with its unit, as the reader writes it."""
    if bound is None or isinstance(bound, str):
        return bound or ""
    if isinstance(bound, date):
        return f"{bound.year}년 {bound.month}월" if language == "ko" else f"{bound:%B %Y}"
    if key == "price":
        return price_limit(round(bound), language)
    unit = {"distance": "m", "area": "㎡", "households": "세대", "score": "점"}[key]
    if language == "en":
        unit = {"distance": " m", "area": " ㎡", "households": " households", "score": " points"}[key]
    return f"{round(bound, 1):,g}{unit}"


def price_limit(manwon: int, language: str) -> str:
    """A round price as people limit it: 6억원, 600 million won."""
    return f"{manwon / 100:,g} million won" if language == "en" else korean.won(manwon)


def ignored(prompts: Prompts, understanding: Understanding, names: Iterable[str]) -> Iterator[str]:
    """What is said of words that played no part.

    That the documents do not speak of a word is said only where all that could speak of it was read: of things that no
    document here holds, and of the complex asked about. Elsewhere, and of words in complexes' names (``names``,
    squeezed), it only was no condition.
    """
    language = understanding.language
    known = tuple(names)
    absent_: list[str] = []
    unused: list[str] = []
    for left in understanding.unmatched:
        # "Han" is no part of a name for standing in "hanshin"; of Hangul two syllables tell.
        length = len(squeeze(left.word))
        named = length > (3 if left.word.isascii() else 1) and any(squeeze(left.word) in name for name in known)
        if left.told and not (left.place and searched_places(understanding)):
            (absent_ if left.absent or (understanding.entities and not named) else unused).append(left.word)
    for key, words_ in (("ignored", absent_), ("not_used", unused)):
        if words_:
            yield prompts.say(key, language, words=_quoted(list(dict.fromkeys(words_)), language))


def searched_instead(prompts: Prompts, understanding: Understanding) -> str:
    """That a place of the question was not read, and where homes were looked for instead; or nothing."""
    language, searched = understanding.language, searched_places(understanding)
    unread = dict.fromkeys(left.word for left in understanding.unmatched if left.place)
    if not (unread and searched):
        return ""
    return prompts.say(
        "searched_instead", language, words=_quoted(list(unread), language), places=_quoted(searched, language)
    )


def searched_places(understanding: Understanding) -> list[str]:
    """The places that a search for homes goes by, in the question's words."""
    placed = [one.words for one in understanding.readings if one.key in conditions.PLACES and one.words]
    unread = {left.word for left in understanding.unmatched if left.place}
    return [words for words in dict.fromkeys(placed) if words not in unread]


def _quoted(words_: Sequence[str], language: str) -> str:
    return ", ".join(f"‘{word}’" if language == "ko" else f'"{word}"' for word in words_)


def _as_pyeong(prompts: Prompts, understanding: Understanding) -> str:
    """How "84평" was read: it is said for 84 ㎡ as often as it is meant."""
    for reading in understanding.readings:
        size = _SQUARE_METRES_AS_PYEONG.match(reading.words) if reading.key == "area" else None
        if size:
            metres = str(round(int(size.group(1)) * PYEONG))
            values = {"words": size.group(), "metres": metres, "number": size.group(1)}
            return " " + prompts.say("as_pyeong", understanding.language, **values)
    return ""


def refusal(
    prompts: Prompts,
    understanding: Understanding,
    today: str,
    nearest: Sequence[EntityName] = (),
    named: Sequence[EntityName] = (),
) -> str:
    """Why there is no answer, what can be asked instead, and how a size was read that may be meant otherwise."""
    return _reason(prompts, understanding, today, nearest, named) + _as_pyeong(prompts, understanding)


def _reason(
    prompts: Prompts,
    understanding: Understanding,
    today: str,
    nearest: Sequence[EntityName] = (),
    named: Sequence[EntityName] = (),
) -> str:
    """Why there is no answer, and what can be asked instead. ``nearest``: names like the one not found."""
    language = understanding.language
    if understanding.impossible:
        key = "contradiction" if len(understanding.impossible) > 1 else "impossible"
        return prompts.say(key, language, conditions=", ".join(understanding.impossible))
    if understanding.carried.beyond:
        listed = understanding.carried.before.candidates
        names = ", ".join(name.name_ko if language == "ko" else name.name_en for name in listed)
        return prompts.say("beyond", language, count=str(len(listed)), names=names)
    if any(left.place and left.word in understanding.unknown_names for left in understanding.unmatched):
        return prompts.say("unknown_place", language, name=", ".join(understanding.unknown_names))
    if understanding.unknown_names:
        text = prompts.say("unknown_name", language, name=", ".join(understanding.unknown_names))
        return text + _suggest(prompts, nearest, language)
    market = prompts.words["private_market"][language]
    if any(left.absent and left.word.lower() in market for left in understanding.unmatched):
        return prompts.say("private_market", language, words=absent(understanding, language))
    if named:
        name = ", ".join(entity.name_ko if language == "ko" else entity.name_en for entity in named[:2])
        if absent(understanding, language):
            return prompts.say("not_held", language, name=name, words=absent(understanding, language))
        return prompts.say("not_held_facet", language, name=name)
    if any(left.absent for left in understanding.unmatched):
        return prompts.say("not_held_anywhere", language, words=absent(understanding, language))
    filters = understanding.filters
    if filters.open_on or (filters.receipt_from and filters.receipt_from.isoformat() >= today):
        return prompts.say("none_open", language, today=today)
    if understanding.domain == "housing" and (understanding.filters != Filters() or understanding.criteria):
        read = ", ".join(dict.fromkeys(reading.words for reading in understanding.readings if reading.words))
        return prompts.say("none_match", language, conditions=read)
    if not understanding.readings and not understanding.unmatched:
        if not any(char.isalnum() for char in understanding.text):
            return prompts.say("blank", language)
        if is_thanks(prompts, understanding.text, language):
            return prompts.say("welcome", language)
        return prompts.say("too_broad" if speaks_of_housing(prompts, understanding) else "introduction", language)
    return prompts.say("nothing_found", language) + _suggest(prompts, nearest, language)


def _suggest(prompts: Prompts, nearest: Sequence[EntityName], language: str) -> str:
    if not nearest:
        return ""
    names = ", ".join(entity.name_ko if language == "ko" else entity.name_en for entity in nearest)
    return " " + prompts.say("suggest", language, names=names)
