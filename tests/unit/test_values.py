"""What every statement of the samples says in figures stands beside its Korean and its English as typed values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

import pytest
from shipped import PROMPTS

from assistant.domain import Document, Sentence
from assistant.language.claims import claims, implied
from ingest.reading import SAMPLES, read_documents

# Facets of statements whose digits are no figures: of streets, firms, telephones and pages.
NAMES = ("location", "builder", "developer", "contact", "homepage")


@pytest.fixture(scope="module")
def homes() -> list[Document]:
    paths = [SAMPLES / name for name in ("housing", "context", "glossary")]
    return read_documents(PROMPTS, paths, progress=False, cache=None)[0]


def statements(home: Document) -> Iterator[Sentence]:
    return (sentence for chunk in home.chunks for sentence in chunk.sentences)


def without_names(home: Document) -> Callable[[str], str]:
    """Texts without what is called by digits: the complex, its types, the places near it, their lines, ranks."""
    assert home.housing is not None
    names = {home.name_ko, home.name_en}
    names |= {name for near in home.housing.nearby for name in (near.name_ko, near.name_en)}
    types = {kind.label for kind in home.housing.unit_types}
    named = "|".join(re.escape(name) for name in sorted(filter(None, names), key=len, reverse=True))
    labels = "|".join(re.escape(label) for label in sorted(types, key=len, reverse=True))
    pattern = re.compile(rf"{named}|\d호선|Line \d|[12]순위|(?<![\d.])(?:{labels})(?!\s?㎡|[\d.]\d)")
    return lambda text: pattern.sub("…", text)


figures = cache(claims)


def test_every_figure_of_either_language_is_a_value(homes: list[Document]) -> None:
    untyped = []
    for home in homes:
        bare = without_names(home)
        for sentence in statements(home):
            assert sentence.values is not None
            said = implied(frozenset((value.unit, value.value) for value in sentence.values))
            # English tells a unit once for several figures: "from 30 to 69 points", "46 general supply".
            said |= {("number", value.value) for value in sentence.values}
            for text in (sentence.ko, sentence.en) if sentence.facet not in NAMES else ():
                untyped += [(claim, text) for claim in figures(bare(text)) - said]
    assert not untyped


def test_every_value_is_told_in_korean(homes: list[Document]) -> None:
    for home in homes:
        bare = without_names(home)
        for sentence in statements(home):
            said = implied(figures(bare(sentence.ko)))
            for value in sentence.values or ():
                # The year of a period's end is that of its beginning; of one type alone nobody says that it is one.
                also = ("monthday", value.value % 10_000) if value.unit == "date" else ("number", value.value)
                assert {(value.unit, value.value), also} & said or value == ("types", 1, "number", ""), sentence


def test_a_value_is_that_of_the_record(homes: list[Document]) -> None:
    """Prices are those of a type, distances those of a place."""
    for home in homes:
        assert home.housing is not None
        prices = {(one.label, one.top_price * 10_000) for one in home.housing.unit_types if one.top_price}
        distances = {(near.name_ko, near.distance) for near in home.housing.nearby}
        for value in (value for sentence in statements(home) for value in sentence.values or ()):
            if value.attribute == "price" and home.housing.tenure == "sale":
                assert (value.entity, value.value) in prices or value.value in {price for _, price in prices}
            if value.attribute == "distance":
                assert (value.entity, value.value) in distances
