"""A share of a price, and a price per 평: from published figures, with every figure stated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.conclusions.conclusion import Conclusion, Pair, area_of, figures, name_of, say, sentences_of, won
from assistant.domain import EntityName, Result, Understanding
from assistant.evidence.quoting import quote
from assistant.korean import number, pyeong
from assistant.retrieval import wanted_facets
from prompts.loader import words

MAX_PRICES = 3
REPLACES = ("price", "price_range", "types")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*(?:%|퍼센트|프로(?![가-힣])|percent)", re.IGNORECASE)
_LABEL = re.compile(r"\(((\d+(?:\.\d+)?)[A-Z0-9-]*)\)입니다")
_SQUARE_METRES_PER_PYEONG = 400 / 121


def calculate(understanding: Understanding, results: Sequence[Result]) -> Iterator[Conclusion]:
    """At most three sentences on the one complex that the question names."""
    if len(understanding.entities) != 1:
        return
    entity = understanding.entities[0]
    prices = list(_prices(entity, understanding, results))[:MAX_PRICES]
    text = understanding.text.lower()
    wordings = words("conclusions.yaml")
    payments = [word for word in wordings["share"]["words"][understanding.language] if word in text]
    percent = _PERCENT.search(understanding.text)
    if percent and 0 < float(percent[1]) <= 100 and (payments or "price" in wanted_facets(understanding)):
        yield from (_share(entity, pair, float(percent[1]), payments, understanding.language) for pair in prices)
    per_area = [word for word in wordings["per_pyeong"]["words"][understanding.language] if word in text]
    if per_area and not any(sentences_of(entity.id, results, "unit_price")):
        for pair in prices:
            yield from _per_pyeong(entity, pair, per_area, understanding.language)


def _prices(entity: EntityName, understanding: Understanding, results: Sequence[Result]) -> Iterator[Pair]:
    """The top price of each size, or of the size asked for."""
    low, high = understanding.filters.min_area, understanding.filters.max_area
    for pair in sentences_of(entity.id, results, "price"):
        size = area_of(pair[1])
        if size is None or len(figures(pair[1], "won")) != 1:
            continue
        if (low is None or size >= int(low)) and (high is None or size <= high):
            yield pair


def _share(entity: EntityName, pair: Pair, percent: float, covers: Sequence[str], language: str) -> Conclusion:
    (price,) = figures(pair[1], "won")
    return Conclusion(
        say(
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
        remark=say("share", "remark", language=language) if covers else "",
    )


def _per_pyeong(entity: EntityName, pair: Pair, covers: Sequence[str], language: str) -> Iterator[Conclusion]:
    if not (label := _LABEL.search(pair[1].ko)):
        return
    (price,) = figures(pair[1], "won")
    area = float(label[2])
    yield Conclusion(
        say(
            *("per_pyeong", "sentence"),
            language=language,
            name=name_of(entity, language),
            label=label[1],
            price=won(price, language),
            area=number(area),
            pyeong=pyeong(area),
            amount=won(price / (area / _SQUARE_METRES_PER_PYEONG), language),
        ),
        (quote(*pair, language),),
        covers=tuple(covers),
        whole=True,
        replaces=REPLACES,
        remark=say("per_pyeong", "remark", language=language),
    )
