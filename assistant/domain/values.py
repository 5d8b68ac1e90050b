"""What a statement says in figures, apart from how either language writes them."""

from __future__ import annotations

from typing import Literal, NamedTuple

Unit = Literal[
    "date",  # 20251208
    "month",  # 202803
    "monthday",  # 1208, of no year
    "year",
    "won",
    "m2",
    "pyeong",
    "m",
    "minute",
    "home",
    "ratio",  # to one
    "percent",
    "point",
    "line",
    "number",  # of anything else
]


class Value(NamedTuple):
    """One figure. ``unit`` is of the closed set that :mod:`assistant.language.claims` reads off a text, too.

    ``attribute`` says what is measured (``price``, ``receipt_end``, ``distance`` …), ``entity`` of what, where not of
    the document itself: a type's label (``84.98A``), a place's Korean name, a kind of supply.
    """

    attribute: str
    value: float
    unit: Unit
    entity: str = ""
