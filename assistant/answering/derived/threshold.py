"""``84가 22억 넘어?``, "Can I get the 84 for 2.5 billion?": the prices of one complex against a limit asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.answering.derived.conclusion import Conclusion, Pair, figures, name_of, say, sentences_of, won
from assistant.answering.evidence.quoting import quote
from assistant.domain import EntityName, Result, Understanding
from prompts.loader import Prompts

_WHETHER = re.compile(
    r"넘(?:어|나|니|지|는지|습니까|을까)|(?:이면|으로|로|안에|이하로)\s*(?:돼|되[나는니]|될까|가능|살 수|충분)"
    r"|(?:이하|이상|미만|초과)(?:야|인가|이야|인지|지|예요|입니까|에요)|^\s*(?:is|are|does|do|can|could|would|will)\b",
    re.IGNORECASE,
)


def check_limit(prompts: Prompts, understanding: Understanding, results: Sequence[Result]) -> Iterator[Conclusion]:
    """At most one sentence: all types asked about keep the limit, or only some. None do is a premise that is wrong."""
    filters = understanding.filters
    if len(understanding.entities) != 1 or (filters.min_price is None) == (filters.max_price is None):
        return
    if not _WHETHER.search(understanding.text):
        return
    entity, language = understanding.entities[0], understanding.language
    prices = _prices(entity, understanding, results)
    limit = (filters.min_price or filters.max_price or 0) * 10_000
    over = filters.min_price is not None
    keep = [price for price, _ in prices if (price >= limit if over else price <= limit)]
    if not keep:
        return
    (low, cheapest), (high, dearest) = prices[0], prices[-1]
    key = f"{'all' if len(keep) == len(prices) else 'some'}_{'over' if over else 'within'}"
    text = say(
        prompts,
        *("threshold", key),
        language=language,
        name=name_of(entity, language),
        limit=won(limit, language),
        low=won(low, language),
        high=won(high, language),
    )
    ends = dict.fromkeys((cheapest, dearest) if low != high else (dearest,))
    evidence = tuple(quote(*pair, language) for pair in ends)
    yield Conclusion(text, evidence, whole=True, replaces=("price", "price_range"))


def _prices(entity: EntityName, understanding: Understanding, results: Sequence[Result]) -> list[tuple[float, Pair]]:
    """The top price of each type that is asked about, the lowest first, with the statement that holds it."""
    low, high = understanding.filters.min_area or 0, understanding.filters.max_area or 1_000
    of_types: dict[int, list[Pair]] = {}
    of_sizes: dict[int, Pair] = {}
    for pair in sentences_of(entity.id, results, "price"):
        area = next((int(tag.removeprefix("area:")) for tag in pair[1].tags if tag.startswith("area:")), None)
        if area is None or not int(low) <= area <= high:
            continue
        if "by_type" in pair[1].tags:
            of_types.setdefault(area, []).append(pair)
        else:
            of_sizes[area] = pair
    # Of a size with one type alone there is no statement for the type.
    pairs = [pair for area, of_size in of_sizes.items() for pair in of_types.get(area, [of_size])]
    return sorted(((max(figures(pair[1], "won")), pair) for pair in pairs), key=lambda one: one[0])
