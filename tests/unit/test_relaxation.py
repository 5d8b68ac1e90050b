"""Conditions that are widened when nothing meets them all, and how that is said."""

from __future__ import annotations

from datetime import date

from shipped import PROMPTS

from assistant.answering.remarks import refusal, relaxed
from assistant.domain import Criterion, Filters, Reading, Understanding
from assistant.retrieval.relaxation import relaxations

WIDE = Understanding(
    text="금천구 주변 역에서 500m 이내 8억 이하 2027년 입주",
    language="ko",
    domain="housing",
    stage="explore",
    criteria=(Criterion("station", 500),),
    filters=Filters(
        sigungus=("금천구",),
        neighbours=("광명시", "구로구"),
        max_price=80_000,
        move_in_from=date(2027, 1, 1),
        move_in_to=date(2027, 12, 31),
    ),
    readings=(Reading("price", "8억 이하"), Reading("sigungu", "금천구"), Reading("move_in", "2027년 입주")),
)


def test_one_condition_is_widened_at_a_time_and_the_others_stay() -> None:
    wider = {relaxation.key: (filters, criteria) for filters, criteria, relaxation in relaxations(WIDE)}
    assert list(wider) == ["distance", "sigungu", "price", "move_in"]
    filters, criteria = wider["price"]
    assert (filters.max_price, filters.move_in_to, criteria) == (88_000, date(2027, 12, 31), WIDE.criteria)
    assert wider["distance"] == (WIDE.filters, (Criterion("station", 1500),))
    assert wider["move_in"][0].move_in_from == date(2026, 7, 1)
    assert wider["move_in"][0].move_in_to == date(2028, 6, 30)


def test_what_was_widened_is_said_with_its_words_and_its_new_bounds() -> None:
    said = {relaxation.key: relaxed(PROMPTS, relaxation, "ko") for _, _, relaxation in relaxations(WIDE)}
    assert "‘8억 이하’" in said["price"]
    assert "8억 8,000만원까지" in said["price"]
    assert "광명시, 구로구" in said["sigungu"]
    assert "2026년 7월~2028년 6월" in said["move_in"]
    english = [relaxed(PROMPTS, relaxation, "en") for _, _, relaxation in relaxations(WIDE)]
    assert any("up to 880 million won" in text for text in english)


def test_conditions_that_exclude_each_other_are_named() -> None:
    excluding = Understanding(
        text="", language="ko", domain="housing", stage="explore", impossible=("1억 이하", "20억 이상")
    )
    assert "‘1억 이하, 20억 이상’" in refusal(PROMPTS, excluding, "2026-11-22")
