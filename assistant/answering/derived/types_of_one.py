"""The types of one complex against each other: two sizes that the question names, or the one that is most of all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answering.derived.comparison import difference, shown
from assistant.answering.derived.conclusion import Conclusion, Pair, area_of, figures, name_of, say, sentences_of
from assistant.answering.evidence.quoting import quote
from assistant.domain import EntityName, Result, Understanding
from assistant.retrieval.retriever import wanted_facets
from prompts.loader import Prompts

_TYPE = "type:"


def rank_types(prompts: Prompts, understanding: Understanding, results: Sequence[Result]) -> Iterator[Conclusion]:
    """At most one sentence for each of price, competition and score of the one complex that the question names."""
    if len(understanding.entities) != 1:
        return
    entity = understanding.entities[0]
    wordings = prompts.conclusions["types"]
    for facet in wanted_facets(understanding):
        if facet in wordings["subjects"]:
            if understanding.filters.sizes:
                yield from _two_sizes(prompts, facet, entity, understanding, results)
            elif _asks_for_most(prompts, understanding):
                yield from _most(prompts, facet, entity, understanding, results)


def _asks_for_most(prompts: Prompts, understanding: Understanding) -> bool:
    """Whether a superlative and a word for types stand in the question: 경쟁률 제일 높은 타입."""
    filters = understanding.filters
    if filters.min_area and filters.max_area and filters.max_area - filters.min_area < 1:
        return False  # of one size that is named, the most is its price
    text = understanding.text.lower().replace("at most", "")  # a limit, and no superlative
    wordings = prompts.conclusions["types"]
    return all(any(word in text for word in wordings[key][understanding.language]) for key in ("most", "nouns"))


def _two_sizes(
    prompts: Prompts, facet: str, entity: EntityName, understanding: Understanding, results: Sequence[Result]
) -> Iterator[Conclusion]:
    measure = prompts.conclusions["measures"][facet]
    language = understanding.language
    found = [
        (values[0], size, pair)
        for size in understanding.filters.sizes[:2]
        for pair in sentences_of(entity.id, results, facet)
        if area_of(pair[1]) == size and (values := figures(pair[1], measure["unit"]))
    ]
    if len(found) != 2 or found[0][0] == found[1][0]:
        return
    high, low = sorted(found, key=lambda one: -one[0])
    gap = difference(high[0], low[0], measure["unit"], language)
    yield Conclusion(
        say(
            prompts,
            *("types", "two"),
            language=language,
            name=name_of(entity, language),
            subject=_subject(prompts, facet, language),
            size=str(high[1]),
            other_size=str(low[1]),
            value=shown(high[0], measure["unit"], language),
            other_value=shown(low[0], measure["unit"], language),
            comparative=str(measure["high"][language]).format(difference=gap).strip(),
        ),
        tuple(quote(*pair, language) for _, _, pair in (high, low)),
        covers=tuple(prompts.words["compare"][language]),
        whole=True,
        replaces=(facet,),
    )


def _most(
    prompts: Prompts, facet: str, entity: EntityName, understanding: Understanding, results: Sequence[Result]
) -> Iterator[Conclusion]:
    """The type whose figure is the highest, or the lowest where the question's words ask for that."""
    wordings = prompts.conclusions
    measure, language = wordings["measures"][facet], understanding.language
    found = [
        (values[0], label, pair)
        for pair in sentences_of(entity.id, results, facet)
        if (label := _label(pair)) and (values := figures(pair[1], measure["unit"]))
    ]
    if len(found) < 2:
        return
    asked = understanding.text.lower().replace("비싼", "")  # which holds 싼
    lowest = any(word in asked for word in wordings["types"]["low"][language])
    value = (min if lowest else max)(value for value, _, _ in found)
    ends = [(label, pair) for figure, label, pair in found if figure == value]
    yield Conclusion(
        say(
            prompts,
            *("types", "lowest" if lowest else "highest"),
            language=language,
            name=name_of(entity, language),
            subject=_subject(prompts, facet, language),
            label=", ".join(label for label, _ in ends),
            value=shown(value, measure["unit"], language),
        ),
        tuple(quote(*pair, language) for _, pair in ends),
        whole=True,
        replaces=(facet,),
    )


def _label(pair: Pair) -> str:
    """``84.98A`` of a statement on that type, all applicants together; empty for any other statement."""
    tags = pair[1].tags
    # Scores are published by residence alone; competition and its counts by residence come beside the rate of all.
    if "residence" in tags and pair[1].facet != "score":
        return ""
    return next((tag.removeprefix(_TYPE) for tag in tags if tag.startswith(_TYPE)), "")


def _subject(prompts: Prompts, facet: str, language: str) -> str:
    return str(prompts.conclusions["types"]["subjects"][facet][language])
