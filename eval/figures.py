"""Figures with units, read from Korean or English text. Written apart from ``assistant.claims`` on purpose.

A measure must not share the code that it measures: a price that the assistant misreads would be misread here as well.
Values are in won, square metres, metres and minutes; a date is ``20250613``, a month ``202506``, a day of no year
``613``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

# A written figure in a dataset is one of these, a colon, and the value.
UNITS = (
    *("won", "m2", "pyeong", "m", "minutes", "homes", "ratio", "points", "percent"),
    *("date", "month", "month_day", "year"),
)

_N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MON = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
# "from 63 to 75 points", "40~84㎡": the unit stands once, after the second value.
_RANGE = re.compile(rf"({_N})\s*(?:to|~|–)\s*$")
_RANGED = frozenset(("m2", "pyeong", "m", "minutes", "homes", "points", "percent"))

# One pass, the first form that fits at a place wins; group names say which figure it is.
_FORMS = re.compile(
    rf"""
      (?P<date_y>20\d\d)(?:-|\.\s?|/|년\s*)(?P<date_m>\d{{1,2}})(?:-|\.\s?|/|월\s*)(?P<date_d>\d{{1,2}})(?!\d)일?
    | (?P<dmy_d>\d{{1,2}})\s(?P<dmy_mon>{_MON}),?\s(?P<dmy_y>20\d\d)
    | (?P<mdy_mon>{_MON})\s(?P<mdy_d>\d{{1,2}}),\s?(?P<mdy_y>20\d\d)
    | (?P<month_y>20\d\d)(?:-|년\s*)(?P<month_m>\d{{1,2}})(?!\d)월?
    | (?P<my_mon>{_MON}),?\s(?P<my_y>20\d\d)
    | (?P<md_m>\d{{1,2}})월\s*(?P<md_d>\d{{1,2}})일
    | (?P<year>20\d\d)년
    | (?P<eok>{_N})\s*억(?:\s*(?P<cheon>\d)\s*천(?!원))?(?:\s*(?P<eok_man>{_N})\s*만?)?\s*원?
    | (?P<man>{_N})\s*만\s*원?
    | (?:krw|₩)\s*(?P<krw>{_N})(?:\s*(?P<krw_scale>billion|million|bn|m\b))?
    | (?P<won>{_N})\s*(?P<won_scale>billion|million)?\s*(?:won\b|krw\b|원)
    | (?P<m2>{_N})\s*(?:㎡|m²|m2\b|제곱미터|sq\.?\s?m\b|sqm\b|square\s?met)
    | (?P<pyeong>{_N})\s*(?:평|pyeong)
    | (?P<km>{_N})\s*(?:km\b|킬로미터|kilomet)
    | (?P<m>{_N})\s*(?:m(?![a-z0-9²])|미터|met(?:er|re)s?\b)
    | (?P<minutes>{_N})[\s-]*(?:분|minutes?\b|mins?\b)
    | (?P<homes>{_N})\s*(?:개\s*)?(?:세대|가구|households?\b|homes?\b|units?\b(?!\stypes?\b))
    | (?P<ratio>{_N})\s*(?:대\s*1|:\s*1(?!\d)|to\s(?:1|one)\b|applica(?:nts|tions)\s(?:per|for\seach)|per\sunit\b)
    | (?P<points>{_N})\s*(?:점|points?\b)
    | (?P<percent>{_N})\s*(?:%|퍼센트|percent)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SCALES = {"billion": 1e9, "bn": 1e9, "million": 1e6, "m": 1e6, "": 1.0}


class Figure(NamedTuple):
    """A value with its unit, one of :data:`UNITS`."""

    unit: str
    value: float

    def __str__(self) -> str:
        return f"{self.value:.10g} {self.unit}"


def _number(text: str | None) -> float:
    return float((text or "0").replace(",", ""))


def _month(word: str) -> int:
    return _MONTHS.index(word[:3].lower()) + 1


def _figure(found: dict[str, str | None]) -> Figure:
    given = {name: value for name, value in found.items() if value}
    for form in ("date", "dmy", "mdy"):
        if f"{form}_y" in given:
            month = int(given["date_m"]) if form == "date" else _month(given[f"{form}_mon"])
            return Figure("date", int(given[f"{form}_y"]) * 10_000 + month * 100 + int(given[f"{form}_d"]))
    if "month_y" in given:
        return Figure("month", int(given["month_y"]) * 100 + int(given["month_m"]))
    if "my_y" in given:
        return Figure("month", int(given["my_y"]) * 100 + _month(given["my_mon"]))
    if "md_m" in given:
        return Figure("month_day", int(given["md_m"]) * 100 + int(given["md_d"]))
    if "eok" in given:
        eok, cheon, man = (_number(given.get(name)) for name in ("eok", "cheon", "eok_man"))
        return Figure("won", round(eok * 1e8 + cheon * 1e7 + man * 1e4))
    if "man" in given:
        return Figure("won", round(_number(given["man"]) * 1e4))
    for name in ("krw", "won"):
        if name in given:
            return Figure("won", round(_number(given[name]) * _SCALES[given.get(f"{name}_scale", "").lower()]))
    if "km" in given:
        return Figure("m", _number(given["km"]) * 1000)
    name, value = next(iter(given.items()))
    return Figure(name, _number(value))


def figures(text: str) -> list[Figure]:
    """Every figure of ``text`` that has a unit, in order. Numbers without one are names and counts, and left out."""
    text = unicodedata.normalize("NFC", text)
    found: list[Figure] = []
    for match in _FORMS.finditer(text):
        figure = _figure(match.groupdict())
        if figure.unit in _RANGED and (first := _RANGE.search(text, 0, match.start())):
            found.append(Figure(figure.unit, _number(first.group(1))))
        found.append(figure)
    return found


def parse_figure(text: str) -> Figure | None:
    """``won:1273400000``, ``month:2021-02`` or ``date:2020-06-15`` of a dataset; None where it is plain text.

    Raises:
        ValueError: the unit is known, the value is not a number.
    """
    unit, colon, value = text.partition(":")
    if not colon or unit not in UNITS:
        return None
    return Figure(unit, float(value.replace("-", "")))


def agrees(said: Figure, truth: Figure) -> bool:
    """Whether ``said`` is ``truth`` or an honest way to put it: 84 ㎡ for 84.98, a month for a date, 0.35 km for 347 m.

    Prices may be off by 0.1 %, distances by 5 m or 2 %, competition by its second decimal; all else must be equal.
    """
    if said.unit != truth.unit:
        coarser = {
            ("month", "date"): truth.value // 100,
            ("month_day", "date"): truth.value % 10_000,
            ("year", "date"): truth.value // 10_000,
            ("year", "month"): truth.value // 100,
        }
        return coarser.get((said.unit, truth.unit)) == said.value
    if said.unit == "m2" and said.value == int(truth.value):
        return True
    slack = {"won": 0.001 * truth.value, "m": max(5.0, 0.02 * truth.value), "ratio": 0.051}.get(truth.unit, 1e-6)
    return abs(said.value - truth.value) <= slack
