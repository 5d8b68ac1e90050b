"""Figures as they are told: written in both languages, with the typed value beside them, in the place that knows it.

``attribute`` and ``entity`` as :class:`assistant.domain.Value` has them. English prices keep the Korean way of saying
them beside the won.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from assistant.domain import Unit, Value
from assistant.language.en import writing as english
from assistant.language.ko import writing as korean
from assistant.language.ko.writing import number
from ingest.writing.statements import Phrase


def figure(attribute: str, value: float, unit: Unit, entity: str = "", *, decimals: int = 4) -> Phrase:
    """The bare number, alike in both languages; the template says its unit."""
    written = number(value, decimals)
    return Phrase(written, written, (Value(attribute, _as_written(written), unit, entity),))


def won(attribute: str, manwon: int, entity: str = "") -> Phrase:
    return Phrase(korean.won(manwon), english.won(manwon), (Value(attribute, manwon * 10_000, "won", entity),))


def homes(attribute: str, count: int, entity: str = "", *, noun: str = "unit") -> Phrase:
    """``1,234`` and ``1,234 units``."""
    named = f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
    return Phrase(f"{count:,}", named, (Value(attribute, count, "home", entity),))


def pyeong(attribute: str, square_metres: float) -> Phrase:
    written = korean.pyeong(square_metres)
    return Phrase(written, written, (Value(attribute, _as_written(written), "pyeong"),))


def area(attribute: str, square_metres: float) -> Phrase:
    """``84.98㎡(약 25.7평)``."""
    metres, about = figure(attribute, square_metres, "m2"), pyeong(attribute, square_metres)
    return Phrase(
        korean.area(square_metres), f"{metres.en} ㎡ (about {about.en} pyeong)", (*metres.values, *about.values)
    )


def month(attribute: str, first_day: date) -> Phrase:
    value = Value(attribute, first_day.year * 100 + first_day.month, "month")
    return Phrase(korean.month(first_day), english.month(first_day.year, first_day.month), (value,))


def day(attribute: str, when: date) -> Phrase:
    value = Value(attribute, when.year * 10_000 + when.month * 100 + when.day, "date")
    return Phrase(korean.day(when), f"{when.day} {english.month(when.year, when.month)}", (value,))


def period(attribute: str, start: date, end: date) -> Phrase:
    """Its ends are of the attributes ``ATTRIBUTE_start`` and ``ATTRIBUTE_end``."""
    first, last = day(f"{attribute}_start", start), day(f"{attribute}_end", end)
    named = first.en if start == end else f"from {first.en} to {last.en}"
    return Phrase(korean.period(start, end), named, (*first.values, *last.values))


def joined(phrases: Iterable[Phrase], by: str = ", ", by_en: str | None = None) -> Phrase:
    """All of them as one, with ``by`` between (``by_en`` in English)."""
    told = list(phrases)
    return Phrase(
        by.join(phrase.ko for phrase in told),
        (by if by_en is None else by_en).join(phrase.en for phrase in told),
        tuple(value for phrase in told for value in phrase.values),
    )


def _as_written(number: str) -> float:
    """The value of what is told, not of what was rounded for it."""
    value = float(number.replace(",", ""))
    return int(value) if value.is_integer() else value
