"""Of a complex's sentences on one facet, those that the question asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain import Result, Sentence, Understanding
from assistant.kinds.housing.attributes import place_kinds
from assistant.kinds.housing.levels import read_level
from assistant.language.claims import told
from assistant.language.text import ReadableText, has_any
from prompts.loader import Prompts

LARGEST_AREA = 400  # ㎡ of exclusive area; no type is larger
# Facets whose sentences also answer another.
STANDS_FOR = {
    "price": ("price", "price_range"),
    "receipt": ("receipt",),
    "types": ("types",),
    "units": ("units", "types"),
    "special": ("units",),
}


def _area_tags(understanding: Understanding) -> set[str]:
    filters = understanding.filters
    if filters.sizes:
        return {f"area:{size}" for size in filters.sizes}
    if filters.min_area is not None or filters.max_area is not None:
        low, high = int(filters.min_area or 0), int(filters.max_area or LARGEST_AREA)
        return {f"area:{area}" for area in range(low, high + 1)}
    if filters.min_supply_area is not None and filters.max_supply_area is not None:
        return {f"supply:{area}" for area in range(int(filters.min_supply_area), int(filters.max_supply_area) + 1)}
    return set()


def preferred(
    prompts: Prompts,
    sentences: Sequence[tuple[Result, Sentence]],
    facet: str,
    understanding: Understanding,
    limit: int,
    place: str = "",
) -> list[tuple[Result, Sentence]]:
    """Sentences of one facet: those of the area, line or place asked for, else the first ones."""
    facets = STANDS_FOR.get(facet, (facet,))
    of_facet = [pair for pair in sentences if pair[1].facet in facets]
    areas = _area_tags(understanding)
    if areas and any(areas & set(sentence.tags) for _, sentence in of_facet):
        of_facet = [pair for pair in of_facet if areas & set(pair[1].tags)]
    elif facet == "price" and areas:
        return []  # the area asked for has no price: another area's would answer another question
    if facet == "price":
        of_facet = _within_budget(of_facet, understanding)
    of_facet = _by_residence(prompts, of_facet, understanding) or _of_type(of_facet, understanding.type_label)
    if facet == "regulation" and understanding.filters.regulations:
        asked = set(understanding.filters.regulations)
        of_facet = [pair for pair in of_facet if asked & set(pair[1].tags)] or of_facet
    if facet == "station" and understanding.filters.lines:
        lines = {f"line:{line}" for line in understanding.filters.lines}
        of_facet = [pair for pair in of_facet if lines & set(pair[1].tags)]
    if facet == "station" and understanding.filters.stations:
        of_facet = [pair for pair in of_facet if any(name in pair[1].ko for name in understanding.filters.stations)]
    if facet in place_kinds() and understanding.filters.places:
        named = [pair for pair in of_facet if any(name in pair[1].ko for name in understanding.filters.places)]
        of_facet = named or of_facet
    if facet == "special":
        of_facet = [pair for pair in of_facet if "special" in pair[1].tags]
    if level := read_level(prompts, understanding.text, understanding.language, facet):
        of_facet = [pair for pair in of_facet if f"{facet}:{level}" in pair[1].tags]
    if place:
        of_facet.sort(key=lambda pair: place not in pair[1].ko)
    return of_facet[:limit]


def _within_budget(
    sentences: list[tuple[Result, Sentence]], understanding: Understanding
) -> list[tuple[Result, Sentence]]:
    """Under a price limit, the sizes that keep it rather than the whole range; the largest first."""
    filters = understanding.filters
    if filters.min_price is None and filters.max_price is None:
        return sentences
    low, high = (filters.min_price or 0) * 10_000, (filters.max_price or 10**9) * 10_000

    def keeps(sentence: Sentence) -> bool:
        prices = [value for unit, value in told(sentence.values, sentence.ko) if unit == "won"]
        return bool(prices) and all(low <= price <= high for price in prices)

    kept = [pair for pair in sentences if "by_type" not in pair[1].tags and keeps(pair[1])]
    # Where the size's dearest type is over the limit, the types that keep it.
    kept = kept or [pair for pair in sentences if keeps(pair[1])]
    sized = [pair for pair in kept if any(tag.startswith("area:") for tag in pair[1].tags)]
    return sized[::-1] or kept or sentences


def _by_residence(
    prompts: Prompts, sentences: list[tuple[Result, Sentence]], understanding: Understanding
) -> list[tuple[Result, Sentence]]:
    """Where the question asks for local applicants or others (당해, 기타지역), the sentences that tell them apart."""
    asked = prompts.words["residence"]
    if not has_any(ReadableText(understanding.text, prompts), asked, understanding.language):
        return []
    apart = [pair for pair in sentences if "residence" in pair[1].tags]
    if understanding.type_label or _area_tags(understanding):
        return _of_type(apart, understanding.type_label or "*")
    return [pair for pair in apart if "by_type" not in pair[1].tags] or apart


def _of_type(sentences: list[tuple[Result, Sentence]], label: str) -> list[tuple[Result, Sentence]]:
    """Single types only where types are asked for: one (``84A``) or each (``*``)."""
    if label == "*":
        return [pair for pair in sentences if "by_type" in pair[1].tags] or sentences
    if parts := re.fullmatch(r"(\d+)(.*)", label):
        # 84A is 84.98A, and not 184A nor 84.98AB.
        named = re.compile(rf"(?<!\d){parts[1]}(?:\.\d+)?{parts[2]}(?![A-Z0-9])")
        return [pair for pair in sentences if named.search(pair[1].ko)]
    return [pair for pair in sentences if "by_type" not in pair[1].tags] or sentences
