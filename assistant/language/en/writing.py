"""Figures and months in plain English. Prices keep the Korean way of saying them beside the won."""

from __future__ import annotations

from typing import Final

from assistant.language.ko import writing as korean
from assistant.language.ko.writing import number

# Not strftime("%B"), which depends on the locale.
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def won(manwon: int) -> str:
    """만원 as ``KRW 850 million (8억 5,000만원)``; from 10억 up in billions."""
    if manwon >= 100_000:
        return f"KRW {number(manwon / 100_000, 5)} billion ({korean.won(manwon)})"
    return f"KRW {number(manwon / 100, 2)} million ({korean.won(manwon)})"


def month(year: int, month: int) -> str:
    return f"{_MONTHS[month - 1]} {year}"
