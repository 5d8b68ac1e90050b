"""The registry of attributes: every row is complete, and whoever follows from it covers every row."""

from __future__ import annotations

from dataclasses import fields

import pytest

from assistant.domain import Filters
from assistant.kinds.housing.attributes import attributes, kind_of, place_kinds
from prompts import loader

ROWS = list(attributes().values())
BY_KEY = pytest.mark.parametrize("row", ROWS, ids=[row.key for row in ROWS])


@BY_KEY
def test_row_is_complete(row):
    assert all(row.label[language] for language in ("ko", "en"))
    assert not row.example or (row.example["ko"] and row.example["en"])
    assert bool(row.form) == bool(row.fields)
    assert bool(row.spans) == (row.form == "range"), "a range has ends, and nothing else has"
    assert row.form != "one" or row.values, "one of which values?"
    assert bool(row.widen.share or row.widen.points or row.widen.months) <= (row.form == "range")
    assert not row.excluded or row.negatable == "out"
    assert all("{}" in lead for lead in row.leads) or row.form == "day"
    assert not row.facet or row.facet in {lexeme.key for lexeme in loader.facets()} | {"location"}


@pytest.mark.parametrize("key", place_kinds())
def test_kind_of_place_is_complete(key):
    kind = place_kinds()[key]
    assert attributes()[key].facet == key, "its sentences are on a facet of its own name"
    assert kind.limit > 0
    for words in (kind.nouns, kind.reply):
        assert all(words[language] for language in ("ko", "en"))
    assert any(wish.key == key and wish.within for wish in loader.criteria()), "and somebody can wish for it"


def test_every_condition_of_the_filters_is_declared_once():
    declared = [name for row in ROWS for name in (*row.fields, *filter(None, [row.excluded]))]
    assert len(declared) == len(set(declared))
    # Several sizes lie within their span, and complexes are left out by their ids: neither is an attribute of a home.
    assert {*declared, "sizes", "except_ids"} == {item.name for item in fields(Filters)}


def test_a_place_is_of_the_kind_that_its_name_says():
    assert kind_of("가산초등학교") == "school"
    assert kind_of("서울숲") == kind_of("안양천 근린공원") == "park"
