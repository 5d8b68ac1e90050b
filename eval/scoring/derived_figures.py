"""Figures that follow from stated ones. Written apart from ``assistant.answering.derived``, which it judges."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from eval.data.figures import SQUARE_METRES_PER_PYEONG, Figure, agrees, located, readable

_LABEL = re.compile(r"(?<![\d,.])\d{2,3}(?:\.\d+)?(?![\d,])")
_SUBTRACTED = ("won", "m", "homes", "points")


def follows(said: Figure, held: Sequence[Figure], text: str) -> bool:
    """Whether ``said`` is computed rightly from figures that cited quotes and the question hold.

    A difference of two; a percentage that the question names; a price over an area; an area by its type's label, which
    stands in ``text`` (quotes and question) without its unit, and the same area in 평, or one in 평 in ㎡.
    """
    labels = [Figure("m2", float(number)) for number in _LABEL.findall(_without_figures(text))]
    areas = [*(figure for figure in held if figure.unit == "m2"), *labels]
    in_pyeong = [figure.value / SQUARE_METRES_PER_PYEONG for figure in areas]
    prices = [figure.value for figure in held if figure.unit == "won"]
    if said.unit in _SUBTRACTED and any(
        said.unit == one.unit == other.unit and agrees(said, Figure(said.unit, abs(one.value - other.value)))
        for one, other in combinations(held, 2)
    ):
        return True
    if said.unit == "won":
        shares = [figure.value / 100 for figure in held if figure.unit == "percent"]
        return any(
            abs(said.value - price * part) <= 5_000
            for price in prices
            for part in (*shares, *(1 / value for value in in_pyeong if value))
        )
    if said.unit == "m2":
        in_metres = [figure.value * SQUARE_METRES_PER_PYEONG for figure in held if figure.unit == "pyeong"]
        return any(said.value == figure.value for figure in labels) or any(
            abs(said.value - value) <= 0.06 for value in in_metres
        )
    return said.unit == "pyeong" and any(abs(said.value - value) <= 0.06 for value in in_pyeong)


def _without_figures(text: str) -> str:
    """``text`` without its figures: 84 평 holds no label 84."""
    text = readable(text)
    for _, start, end in reversed(located(text)):
        text = f"{text[:start]} {text[end:]}"
    return text
