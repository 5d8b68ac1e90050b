"""Namesakes told apart: a complex offered in several notices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from assistant.domain import Evidence, Result
from assistant.language.claims import told


def told_apart(found: Sequence[Evidence], results: Sequence[Result]) -> list[Evidence]:
    """A complex offered in several notices is named with each notice's date: their figures differ."""
    notices: dict[str, set[str]] = defaultdict(set)
    for item in found:
        notices[item.name_ko].add(item.document_id)
    announced = {
        result.document_id: sentence
        for result in results
        for sentence in result.sentences
        if sentence.facet == "announced"
    }

    def dated(item: Evidence) -> Evidence:
        sentence = announced.get(item.document_id)
        if len(notices[item.name_ko]) < 2 or sentence is None:
            return item
        (day,) = {int(value) for unit, value in told(sentence.values, sentence.ko) if unit == "date"} or {0}
        year, month = day // 10_000, day // 100 % 100
        quote = item.quote.replace(item.name_ko, f"{item.name_ko}({year}년 {month}월 공고)", 1)
        if quote == item.quote:
            quote = item.quote.replace(item.name_en, f"{item.name_en} (notice of {year}-{month:02d})", 1)
        if not day:
            return item
        values = None if item.values is None or sentence.values is None else (*item.values, *sentence.values)
        return replace(item, quote=quote, text=f"{item.text}\n{sentence.ko}\n{sentence.en}", values=values)

    return [dated(item) for item in found]
