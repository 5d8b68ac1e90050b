"""Whether the complex that a question calls the first of all is: computed over all that meet its conditions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answering.derived.comparison import shown
from assistant.answering.derived.conclusion import Conclusion, Pair, area_of, figures, name_of, say, sentences_of
from assistant.answering.evidence.quoting import quote
from assistant.domain import EntityName, Result, Understanding
from prompts.loader import Prompts

PLACES = ("sido", "sigungu", "dong")


def check_first(
    prompts: Prompts,
    understanding: Understanding,
    results: Sequence[Result],
    leaders: Sequence[EntityName],
    of_leaders: Sequence[Result],
) -> Iterator[Conclusion]:
    """At most one sentence: it is the first, or which one is. ``leaders`` come first in the order that is claimed."""
    facet, direction = understanding.most.split(":")
    if facet not in prompts.conclusions["measures"]:
        return
    entity, language = understanding.entities[0], understanding.language
    measure = prompts.conclusions["measures"][facet]
    own = _figure(prompts, entity.id, facet, direction, understanding, results)
    found = [
        (figure, leader)
        for leader in leaders
        if (figure := _figure(prompts, leader.id, facet, direction, understanding, of_leaders))
    ]
    if own is None or not found:
        return
    (value, pair), leader = (max if direction == "down" else min)(found, key=lambda one: one[0][0])
    said = {
        "place": _place(prompts, understanding),
        "subject": _subject(prompts, facet, direction, understanding),
        "most": str(prompts.conclusions["superlative"]["most"][facet][direction][language]),
        "name": name_of(entity, language),
        "value": shown(own[0], measure["unit"], language),
    }
    is_first = own[0] >= value if direction == "down" else own[0] <= value
    evidence = (quote(*own[1], language), *(() if is_first else (quote(*pair, language),)))
    if is_first:
        text = say(prompts, "superlative", "holds", language=language, **said)
    else:
        first, other = name_of(leader, language), shown(value, measure["unit"], language)
        text = say(prompts, "superlative", "fails", language=language, first=first, first_value=other, **said)
    alone = set(understanding.facets) <= {facet, "price_range"}
    yield Conclusion(text, evidence, whole=True, alone=alone, replaces=(facet, "price_range"))


def _figure(
    prompts: Prompts,
    document_id: str,
    facet: str,
    direction: str,
    understanding: Understanding,
    results: Sequence[Result],
) -> tuple[float, Pair] | None:
    """The figure by which a complex is ordered: of the size asked for, else over all of its types."""
    size = _size(understanding)
    unit = prompts.conclusions["measures"][facet]["unit"]
    for pair in sentences_of(document_id, results, "price_range" if facet == "price" and size is None else facet):
        of_types = facet in ("competition", "score", "price")
        if of_types and (area_of(pair[1]) != size or "by_type" in pair[1].tags):
            continue
        if values := figures(pair[1], unit):
            return (values[-1] if direction == "down" and facet == "price" else values[0]), pair
    return None


def _size(understanding: Understanding) -> int | None:
    low, high = understanding.filters.min_area, understanding.filters.max_area
    return int(low) if low is not None and high is not None and int(low) == int(high) else None


def _place(prompts: Prompts, understanding: Understanding) -> str:
    said = [one.words for one in understanding.readings if one.key in PLACES]
    language = understanding.language
    return say(prompts, "superlative", "place" if said else "anywhere", language=language, place=" ".join(said))


def _subject(prompts: Prompts, facet: str, direction: str, understanding: Understanding) -> str:
    subjects = prompts.conclusions["superlative"]["subjects"]
    if facet != "price":
        return str(subjects[facet][understanding.language])
    if (size := _size(understanding)) is not None:
        return str(subjects["size"][understanding.language]).format(area=size)
    return str(subjects["price"][direction][understanding.language])
