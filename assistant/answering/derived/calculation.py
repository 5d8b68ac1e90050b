"""A share of a price, and a price per 평: from published figures, with every figure stated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answering.derived.conclusion import Conclusion, Pair, area_of, figures, name_of, say, sentences_of, won
from assistant.answering.evidence.quoting import quote
from assistant.domain import EntityName, Result, Sentence, Understanding
from assistant.language.ko.writing import number, pyeong
from assistant.retrieval.retriever import wanted_facets
from prompts.loader import Prompts

MAX_PRICES = 3
REPLACES = ("price", "price_range", "types")
_PERCENT = re.compile(r"((?<!\d)\d+(?:\.\d+)?)\s*(?:%|퍼센트|프로(?![가-힣])|percent)", re.IGNORECASE)
_AREA = re.compile(r"\d+(?:\.\d+)?")  # of exclusive area, which a type is called by
# A score that the asker has, not one asked about: "60점인데", "with 60 points".
_OWN_SCORE = re.compile(
    r"(\d{1,2})\s*점(?:인데|이면|이에요|으로|이라|짜리|가지고|밖에|이고|,|\s*가능)"
    r"|(?:with|have|my score is)\s+(\d{1,2})(?:\s*points)?",
    re.I,
)
_SQUARE_METRES_PER_PYEONG = 400 / 121


def calculate(prompts: Prompts, understanding: Understanding, results: Sequence[Result]) -> Iterator[Conclusion]:
    """At most three sentences on the one complex that the question names."""
    if len(understanding.entities) != 1:
        return
    entity = understanding.entities[0]
    prices = list(_prices(entity, understanding, results))[:MAX_PRICES]
    text = understanding.text.lower()
    wordings = prompts.conclusions
    payments = [word for word in wordings["share"]["words"][understanding.language] if word in text]
    percent = _PERCENT.search(understanding.text)
    if percent and 0 < float(percent[1]) <= 100 and (payments or "price" in wanted_facets(understanding)):
        yield from (
            _share(prompts, entity, pair, float(percent[1]), payments, understanding.language) for pair in prices
        )
    if "score" in wanted_facets(understanding) and (own := _OWN_SCORE.search(understanding.text)):
        yield from _score(prompts, entity, float(own[1] or own[2]), understanding, results)
    per_area = [word for word in wordings["per_pyeong"]["words"][understanding.language] if word in text]
    if per_area and not any(sentences_of(entity.id, results, "unit_price")):
        for pair in prices:
            yield from _per_pyeong(prompts, entity, pair, per_area, understanding.language)


def _prices(entity: EntityName, understanding: Understanding, results: Sequence[Result]) -> Iterator[Pair]:
    """The top price of each size, or of the size asked for."""
    low, high = understanding.filters.min_area, understanding.filters.max_area
    for pair in sentences_of(entity.id, results, "price"):
        size = area_of(pair[1])
        if size is None or len(figures(pair[1], "won")) != 1:
            continue
        if (low is None or size >= int(low)) and (high is None or size <= high):
            yield pair


def _score(
    prompts: Prompts, entity: EntityName, own: float, understanding: Understanding, results: Sequence[Result]
) -> Iterator[Conclusion]:
    """The asker's score beside the lowest that won, of the size asked for or of all."""
    low, high = understanding.filters.min_area, understanding.filters.max_area
    size = int(low) if low is not None and high is not None and int(low) == int(high) else None
    for pair in sentences_of(entity.id, results, "score"):
        points = figures(pair[1], "point")
        if points and (area_of(pair[1]) == size if size else "overall" in pair[1].tags):
            key = "lower" if own < points[0] else "enough"
            yield Conclusion(
                say(
                    prompts,
                    *("score", key),
                    language=understanding.language,
                    name=name_of(entity, understanding.language),
                    own=number(own),
                    lowest=number(points[0]),
                    gap=number(abs(points[0] - own)),
                ),
                (quote(*pair, understanding.language),),
                remark=say(prompts, "score", "remark", language=understanding.language),
            )
            return


def _share(
    prompts: Prompts, entity: EntityName, pair: Pair, percent: float, covers: Sequence[str], language: str
) -> Conclusion:
    (price,) = figures(pair[1], "won")
    return Conclusion(
        say(
            prompts,
            *("share", "sentence"),
            language=language,
            name=name_of(entity, language),
            area=str(area_of(pair[1])),
            price=won(price, language),
            percent=number(percent),
            amount=won(price * percent / 100, language),
        ),
        (quote(*pair, language),),
        covers=tuple(covers),
        whole=True,
        replaces=REPLACES,
        remark=say(prompts, "share", "remark", language=language) if covers else "",
    )


def _per_pyeong(
    prompts: Prompts, entity: EntityName, pair: Pair, covers: Sequence[str], language: str
) -> Iterator[Conclusion]:
    label = _label(pair[1])
    if not (found := _AREA.match(label)):
        return
    (price,) = figures(pair[1], "won")
    area = float(found[0])
    yield Conclusion(
        say(
            prompts,
            *("per_pyeong", "sentence"),
            language=language,
            name=name_of(entity, language),
            label=label,
            price=won(price, language),
            area=number(area),
            pyeong=pyeong(area),
            amount=won(price / (area / _SQUARE_METRES_PER_PYEONG), language),
        ),
        (quote(*pair, language),),
        covers=tuple(covers),
        whole=True,
        replaces=REPLACES,
        remark=say(prompts, "per_pyeong", "remark", language=language),
    )


def _label(sentence: Sentence) -> str:
    """The type whose price a statement tells: ``84.98A``. Without typed values, what it ends with in brackets."""
    if sentence.values is None:
        return sentence.ko.rpartition("(")[2].partition(")")[0]
    return next((value.entity for value in sentence.values if value.unit == "won"), "")
