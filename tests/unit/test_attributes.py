"""The registry of attributes: every row is complete, and whoever follows from it covers every row."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import get_type_hints

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from shipped import PROMPTS

from assistant.domain import Filters, Reading, Understanding
from assistant.domain.attributes import Attribute, Widening
from assistant.entrypoints.chat.chips import chips
from assistant.entrypoints.chat.texts import texts
from assistant.kinds.housing.attributes import attributes, kind_of, place_kinds, reading_schema
from assistant.kinds.housing.impossible import contradictions
from assistant.retrieval.relaxation import relaxations
from assistant.retrieval.retriever import wanted_facets
from assistant.understanding import conditions
from assistant.understanding.exclusion_reason import about_excluded, words_of
from assistant.understanding.negation import NEGATABLE, without
from eval.scoring.query_understanding import load

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
    assert not row.facet or row.facet in {lexeme.key for lexeme in PROMPTS.facets} | {"location"}


@pytest.mark.parametrize("key", place_kinds())
def test_kind_of_place_is_complete(key):
    kind = place_kinds()[key]
    assert attributes()[key].facet == key, "its sentences are on a facet of its own name"
    assert kind.limit > 0
    for words in (kind.nouns, kind.reply):
        assert all(words[language] for language in ("ko", "en"))
    assert any(wish.key == key and wish.within for wish in PROMPTS.criteria), "and somebody can wish for it"


def test_every_condition_has_a_name_of_its_own_and_a_typed_one_is_declared():
    declared = [name for row in ROWS for name in (*row.fields, *filter(None, [row.excluded]))]
    assert len(declared) == len(set(declared))
    # Several sizes lie within their span, and complexes are left out by their ids: neither is an attribute of a home.
    assert set(get_type_hints(Filters)) <= {*declared, "sizes", "except_ids"}


def test_conditions_are_a_value():
    filters = Filters(max_price=60_000, sidos=(), dongs=None)
    assert dict(filters) == {"max_price": 60_000}
    assert (filters.sidos, filters.min_price) == ((), None)
    assert filters == Filters().but(max_price=60_000)
    assert hash(filters) == hash(filters.but(sidos=("서울특별시",)).without(["sidos"]))
    assert filters.but(max_price=None) == Filters()
    with pytest.raises(AttributeError, match="max_price cannot be set"):
        filters.max_price = 1


def test_the_schema_of_a_reading_takes_what_people_wrote_down_and_nothing_else():
    schema = reading_schema()
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    written = [
        {name: value for name, value in case.expect.get("filters", {}).items() if name != "around"} for case in load()
    ]
    assert sum(map(bool, written)) > 100
    for filters in written:
        validator.validate(filters)
    for wrong in ({"max_price": "6억"}, {"tenure": "lease"}, {"sidos": []}, {"move_in_to": "soon"}, {"floors": 3}):
        assert not validator.is_valid(wrong)


def test_a_place_is_of_the_kind_that_its_name_says():
    assert kind_of("가산초등학교") == "school"
    assert kind_of("서울숲") == kind_of("안양천 근린공원") == "park"


# ---- whoever follows from the registry covers every row of it

LOW = {"integer": 100, "number": 100.0, "date": date(2027, 1, 1)}
HIGH = {"integer": 200, "number": 200.0, "date": date(2028, 1, 1)}
LIMITED = pytest.mark.parametrize("row", [row for row in ROWS if row.form], ids=lambda row: row.key)


def asking(row: Attribute, low=LOW, high=HIGH) -> Understanding:
    """A question with this one condition, said in its label."""
    given = {end: values[row.type] for span in row.spans for end, values in zip(span, (low, high), strict=True)}
    value = {"one": (row.values or ("",))[0], "day": date(2027, 1, 1)}.get(row.form, ("서울숲",))
    filters = Filters(**given | dict.fromkeys(row.names, value))
    words = f"{row.label['ko']} 100"
    return Understanding("", "ko", "housing", "explore", filters=filters, readings=(Reading(row.key, words),))


@LIMITED
def test_a_condition_is_said_taken_back_shown_and_proven(row):
    understanding = asking(row)
    assert conditions.is_set(understanding.filters, row.key)
    assert [one.key for one in conditions.said(understanding)] == [row.key]
    assert conditions.taken_back(understanding, (row.key,)).filters == Filters()
    assert [chip.key for chip in chips(PROMPTS, understanding, texts("ko"))] == [row.key]
    assert chips(PROMPTS, understanding, texts("en"))[0].text.startswith(row.label["en"])
    assert bool(wanted_facets(understanding)) == bool(row.proves and (row.facet or row.key == "place"))


@LIMITED
def test_an_unmet_condition_is_told_in_its_words_and_shown_by_its_facet(row):
    understanding = asking(row)
    for name in row.fields:
        assert words_of(PROMPTS, understanding, [name]) == f"{row.label['ko']} 100"
        assert about_excluded(understanding, [name]).facets == (row.facet or row.key,)


@LIMITED
def test_ranges_exclude_themselves_and_give_way_as_their_row_says(row):
    backwards = asking(row, HIGH, LOW)
    assert bool(contradictions(backwards.filters, backwards.readings)) == (row.form == "range" and not row.overlaps)
    wider = [relaxation for *_, relaxation in relaxations(asking(row)) if relaxation.key == row.key]
    assert len(wider) == (len(row.spans) if row.widen != Widening() else 0)


@pytest.mark.parametrize("row", [row for row in ROWS if row.negatable], ids=lambda row: row.key)
def test_what_can_be_left_out_is_left_out(row):
    assert row.key in NEGATABLE
    understanding = asking(row)
    nothing = replace(understanding, filters=Filters())
    if row.excluded:
        assert getattr(without(nothing, [understanding]), row.excluded) == ("서울숲",)
