"""Conditions that a person set anew beside the question: on a chip, or in the panel of conditions.

The words of the condition take the place of what the question says of it, and the question is read as if it had been
asked so. Whatever else that reading makes of them, the condition holds as its own words say it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.domain import Criterion, Filters, ListingFilters, Reading, Understanding
from assistant.kinds.housing.attributes import attributes
from assistant.kinds.housing.figures import read_distance
from assistant.language.text import ReadableText, clean
from assistant.understanding import conditions
from prompts.loader import Prompts

Reader = Callable[[str], Understanding]
PostReader = Callable[[str], ListingFilters]


def distance(key: str, criteria: Sequence[Criterion]) -> int:
    """How near the wish of this key is to be, in metres; 0 where there is none."""
    return next((wish.within for wish in criteria if key in (wish.name, wish.key)), 0)


def limits(key: str, words: str, read: Reader) -> tuple[str, Filters] | None:
    """What ``words`` set on homes as a condition of this key, and the key; None where they set nothing of the kind.

    In place of a district any other place will do.
    """
    keys = (key, *conditions.PLACES) if key in conditions.PLACES else (key,)
    for form in ("{}", *(attributes()[key].leads if key in attributes() else ())):
        found = read(form.format(words)).filters
        for one in keys:
            if conditions.is_set(found, one):
                names = [name for key in keys for name in conditions.FIELDS[key]]
                return one, found.only(names)
    return None


def limits_on_posts(key: str, words: str, read: PostReader) -> tuple[str, ListingFilters] | None:
    """The same for posts."""
    found = read(words)
    keys = [
        one for one in (key, *(conditions.PLACES if key in conditions.PLACES else ())) if one in conditions.POST_FIELDS
    ]
    for one in keys:
        if conditions.is_set_on_posts(found, one):
            names = [name for key in keys for name in conditions.POST_FIELDS[key]]
            return one, found.only(names)
    return None


def metres(prompts: Prompts, words: str) -> int | None:
    """How near "500m 이내", "도보 5분" or a bare number of metres is, in a straight line."""
    found = read_distance(ReadableText(clean(words), prompts)) or read_distance(
        ReadableText(f"{clean(words)}m", prompts)
    )
    return found[0] if found else None


def restated(prompts: Prompts, understood: Understanding, instead: Sequence[Reading]) -> str:
    """The question with these conditions in place of what it says of them; those it does not mention at its end."""
    spans: list[tuple[int, int, str]] = []
    added = []
    for one in instead:
        if _is_distance(prompts, one, understood.criteria):
            continue  # how near one thing is: in the text it would be read of all
        places = conditions.PLACES if one.key in conditions.PLACES else (one.key,)
        said = [read for read in understood.readings if read.key in places and read.start >= 0]
        said = [read for read in said if read.key == one.key] + [read for read in said if read.key != one.key]
        figured = [read for read in said if any(map(str.isdigit, read.words))] or said
        spans += [(read.start, read.end, one.words if read is figured[0] else "") for read in figured]
        added += [] if figured else [one.words]
    text = understood.text
    for start, end, words in sorted(spans, reverse=True):
        text = text[:start] + words + text[end:]
    return " ".join((" ".join(text.split()), *added))


def set_anew(
    prompts: Prompts,
    understood: Understanding,
    instead: Sequence[Reading],
    read_again: Reader,
    read: Reader,
    posts: PostReader,
) -> Understanding:
    """``understood``, the question as it was asked, with these conditions; ``read_again`` reads it restated.

    Each that could be read is among the readings, under the key that it was read as; what could not changes nothing.
    """
    readable = [one for one in instead if _with(prompts, understood, one, read, posts) is not None]
    if not readable:
        return understood
    before = understood.readings if understood.listing is not None else conditions.said(understood)
    anew = read_again(restated(prompts, understood, readable))
    for one in readable:
        if (found := _with(prompts, anew, one, read, posts)) is None:
            continue
        key, anew = found
        told, carried = conditions.words_of_key(before, key), anew.carried
        if told and told != one.words and key in conditions.RANGES:
            others = tuple(pair for pair in carried.replaced if pair[1] != one.words)
            carried = replace(carried, replaced=(*others, (told, one.words)))
        readings = tuple(reading for reading in anew.readings if reading.key != key)
        anew = replace(anew, carried=carried, readings=(*readings, Reading(key, one.words)))
    return anew


def _is_distance(prompts: Prompts, one: Reading, criteria: Sequence[Criterion]) -> bool:
    wished = any(wish.within and one.key in (wish.key, wish.name) for wish in criteria)
    return wished and metres(prompts, one.words) is not None


def _with(
    prompts: Prompts, understood: Understanding, one: Reading, read: Reader, posts: PostReader
) -> tuple[str, Understanding] | None:
    """The key that a condition was read as, and ``understood`` with it; None where its words say nothing of it."""
    if understood.listing is not None:
        if (wanted := limits_on_posts(one.key, one.words, posts)) is None:
            return None
        keys = conditions.PLACES if wanted[0] in conditions.PLACES else (wanted[0],)
        names = [name for key in keys for name in conditions.POST_FIELDS.get(key, ())]
        return wanted[0], replace(understood, listing=understood.listing.without(names).but(**wanted[1].only(names)))
    if _is_distance(prompts, one, understood.criteria):
        within = metres(prompts, one.words) or 0
        wishes = (
            replace(wish, within=within) if one.key in (wish.key, wish.name) else wish for wish in understood.criteria
        )
        return one.key, replace(understood, criteria=tuple(wishes))
    if one.key not in conditions.FIELDS or (found := limits(one.key, one.words, read)) is None:
        return None
    key, homes = found
    keys = conditions.PLACES if key in conditions.PLACES else (key,)
    # The districts around those named are not said by the words of a place.
    derived = {name for attribute in attributes().values() for name in attribute.derived}
    names = [name for each in keys for name in conditions.FIELDS[each] if name not in derived]
    if understood.filters.only(names) == homes.only(names):
        return key, understood
    return key, replace(understood, filters=conditions.merged(conditions.cleared(understood.filters, keys), homes))
