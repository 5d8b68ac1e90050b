"""Figures with units, read from Korean or English text. Written apart from ``assistant.language.claims`` on purpose.

A measure must not share the code that it measures: a price that the assistant misreads would be misread here as well.
Values are in won, square metres, metres and minutes; a date is ``20250613``, a month ``202506``, a day of no year
``613``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from eval.data.numerals import in_digits

# A written figure in a dataset is one of these, a colon, and the value.
UNITS = (
    *("won", "m2", "pyeong", "m", "minutes", "homes", "ratio", "points", "percent"),
    *("date", "month", "month_day", "year"),
)

SQUARE_METRES_PER_PYEONG = 400 / 121
_N = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MON = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
# "from 63 to 75 points", "40~84㎡": the unit stands once, after the second value.
_RANGE = re.compile(rf"({_N})\s*(?:to|~|–)\s*$")
_RANGED = frozenset(("m2", "pyeong", "m", "minutes", "homes", "points", "percent"))

_EN_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_KRW_SCALE = r"billion|million|thousand|bn|mn|mil\.?(?![a-z])|m\b|k\b"
# One pass, the first form that fits at a place wins; group names say which figure it is.
_FORMS = re.compile(
    rf"""
      (?P<date_y>20\d\d|'\d\d|\d\d(?=\.\s?\d{{1,2}}\.\s?\d|년))(?:-|\.\s?|/|년\s*)(?P<date_m>\d{{1,2}})(?:-|\.\s?|/|월\s*)
      (?P<date_d>\d{{1,2}})(?![\d㎡%]|\.\d)일?
    | (?P<dmy_d>{_EN_DAY})\s(?:of\s)?(?P<dmy_mon>{_MON}),?\s(?P<dmy_y>20\d\d)
    | (?P<mdy_mon>{_MON})\s(?P<mdy_d>{_EN_DAY})(?:\s?[–~-]\s?(?P<mdy_to>{_EN_DAY}))?,?\s(?P<mdy_y>20\d\d)
    | (?P<month_y>20\d\d|'\d\d)(?:-|\.\s?|년\s*)(?P<month_m>0?[1-9]|1[0-2])(?!\d|,\d|\.\d|\s*(?:㎡|세대|점|%))월?
    | (?<!\d)(?P<monthy_m>0[1-9]|1[0-2])/(?P<monthy_y>20\d\d)
    | (?<!\d)(?P<monthk_y>\d\d)년\s*(?P<monthk_m>0?[1-9]|1[0-2])월
    | (?P<my_mon>{_MON}),?\s(?:of\s)?(?P<my_y>20\d\d)
    | (?P<md_m>\d{{1,2}})월\s*(?P<md_d>\d{{1,2}})일
    | (?<=~\s)(?P<mdot_m>0?[1-9]|1[0-2])\.\s?(?P<mdot_d>\d{{1,2}})(?![\d㎡%])
    | (?P<enmd_mon>{_MON})\s(?P<enmd_d>{_EN_DAY})(?![\d,]|\s(?:home|household|unit|people|applica))
    | (?P<endm_d>{_EN_DAY})\s(?:of\s)?(?P<endm_mon>{_MON})(?![a-z])
    | (?P<year>20\d\d)년
    | (?<!\d)(?P<yeark>\d\d)년(?=\s*(?:입주|분양|준공|완공|상반기|하반기))
    | \b(?:in|by|of|from|until)\s(?P<inyear>20\d\d)(?![\d,.]\d|\s[a-z]*\s?(?:home|household|unit|people))
    | (?P<mixed>(?:{_N})\s*[억만천백](?:\s*(?:{_N})?[억만천백]+)*
        (?:\s*(?:{_N})(?=\s*원|[\s,.)]|$|[이가은는을를에도로까]))?)
      \s*(?P<mixed_won>원)?(?!\s*(?:세대|가구|명|호|㎡|건|평(?!당)|점|대\s*1|units?|달러))
    | (?:krw|₩|\bwon)\s*(?P<krw>{_N})(?:\s*(?P<krw_scale>{_KRW_SCALE}))?
    | (?P<won>{_N})\s*(?P<won_scale>{_KRW_SCALE})?\s*(?:won\b|krw\b|원)
    | (?P<m2>{_N})[\s-]*(?:㎡|m²|m2(?![a-z0-9])|제곱|sq\.?\s?m\b|sqm\b|square[\s-]met)
    | (?P<pyeong>{_N})[\s-]*(?:평|pyeong)
    | (?P<km>{_N})[\s-]*(?:km\b|킬로미터|kilomet)
    | (?P<m>{_N})[\s-]*(?:m(?![a-z0-9²])|미터|met(?:er|re)s?\b)
    | (?P<minutes>{_N})[\s-]*(?:분(?!의)|minutes?\b|mins?\b)
    | (?P<homes>{_N})\s*(?:개\s*)?(?:세대|가구|households?\b|homes?\b|families\b|units?\b(?!\stypes?\b))
    | (?P<ratio>{_N})\s*(?:대\s*1|:\s*1(?!\d)|to\s(?:1|one)\b|applica(?:nts|tions)\s(?:per|for\seach)|per\sunit\b)
    | (?:경쟁률[은이]?|competition\srate(?:\swas|\sis|\sof))\s(?P<rate>{_N})(?!\s*(?:[%점㎡,\d]|퍼센트|percent|point))
    | (?P<points>{_N})\s*(?:점|points?\b)
    | (?:가점[은이]?|score\sof)\s(?P<score>{_N})(?!\s*(?:[%㎡:점명\d]|퍼센트|percent|point|세대|대\s*1|to\s))
    | (?P<percent>{_N})\s*(?:%|퍼센트|per\s?cent|pct\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_SCALES = {
    "billion": 1e9,
    "bn": 1e9,
    "million": 1e6,
    "mn": 1e6,
    "mil": 1e6,
    "m": 1e6,
    "thousand": 1e3,
    "k": 1e3,
    "": 1.0,
}
_PART = re.compile(rf"(?P<number>{_N})?\s*(?P<places>[억만천백]*)")
_PLACES = {"억": 1e8, "만": 1e4, "천": 1e3, "백": 1e2}
_DAYS = frozenset(("date", "month_day"))
# "12월 24일부터 27일까지", "24 to 27 December", "December 24 to 27": one of the days stands without its month.
_DAY_AFTER = re.compile(
    r"\s*(?:\([월화수목금토일]\))?\s*(?:부터|에서|~|–|-|to|and)\s*(?P<day>\d{1,2})"
    # Not "30 July 2021 to 3 August 2021", whose second day has a month of its own.
    rf"(?:일(?!\s*간)|(?![\d월일:%㎡.,/]|\s*(?:home|household|unit|세대|{_MON}\b)))",
    re.IGNORECASE,
)
_DAY_BEFORE = re.compile(rf"(?<!\d)(?P<day>{_EN_DAY})\s(?:to|and|–|-)\s$")


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


def _day(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _year(text: str) -> int:
    return 2000 + int(text[-2:])


def _won(text: str, *, won_follows: bool) -> float | None:
    """``8억 5,000만``, ``8억 5천``, ``850,000천`` in won; None where it is no sum of money, as 5천 of 5천 세대."""
    if not won_follows and not set(text) & set("억만"):
        return None
    parts = [(found["number"], found["places"]) for found in _PART.finditer(text) if found[0].strip()]
    total = 0.0
    for at, (number, places) in enumerate(parts):
        value = _number(number) if number else 1.0
        for place in places:
            value *= _PLACES[place]
        if not set("억만") & set(places):
            ten_thousands_follow = any("만" in later for _, later in parts[at + 1 :])  # 5천 of "5천 5백만"
            # After 억, people leave 만 unsaid ("8억 5천", "8억 5000"), unless it is all written out ("8억 5000원").
            unsaid = parts[0][1] == "억" and "만" not in text and bool(places or not won_follows)
            value *= 1e4 if ten_thousands_follow or unsaid else 1
        total += value
    return round(total)


def _figure(found: dict[str, str | None]) -> Figure | None:
    given = {name: value for name, value in found.items() if value}
    if "date_y" in given:
        return _date(given["date_y"], int(given["date_m"]), given["date_d"])
    for form in ("dmy", "mdy"):
        if f"{form}_y" in given:
            return _date(given[f"{form}_y"], _month(given[f"{form}_mon"]), given[f"{form}_d"])
    for form in ("month", "monthy", "monthk"):
        if f"{form}_y" in given:
            return Figure("month", _year(given[f"{form}_y"]) * 100 + int(given[f"{form}_m"]))
    if "my_y" in given:
        return Figure("month", int(given["my_y"]) * 100 + _month(given["my_mon"]))
    for form in ("md", "mdot"):
        if f"{form}_m" in given:
            return Figure("month_day", int(given[f"{form}_m"]) * 100 + int(given[f"{form}_d"]))
    for form in ("enmd", "endm"):
        if f"{form}_mon" in given:
            return Figure("month_day", _month(given[f"{form}_mon"]) * 100 + _day(given[f"{form}_d"]))
    if "yeark" in given:
        return Figure("year", _year(given["yeark"]))
    if "mixed" in given:
        won = _won(given["mixed"], won_follows="mixed_won" in given)
        return None if won is None else Figure("won", won)
    for name in ("krw", "won"):
        if name in given:
            scale = given.get(f"{name}_scale", "").lower().rstrip(".")
            return Figure("won", round(_number(given[name]) * _SCALES[scale]))
    if "km" in given:
        return Figure("m", round(_number(given["km"]) * 1000, 3))
    name, value = next(iter(given.items()))
    return Figure({"inyear": "year", "rate": "ratio", "score": "points"}.get(name, name), _number(value))


def _date(year: str, month: int, day: str) -> Figure | None:
    return Figure("date", _year(year) * 10_000 + month * 100 + _day(day)) if 1 <= month <= 12 else None


def figures(text: str) -> list[Figure]:
    """Every figure of ``text`` that has a unit, in order. Numbers without one are names and counts, and left out."""
    return [figure for figure, _, _ in located(readable(text))]


def readable(text: str) -> str:
    """The text in which :func:`located` looks: NFC, with numbers in digits."""
    return in_digits(unicodedata.normalize("NFC", text))


def located(text: str) -> list[tuple[Figure, int, int]]:
    """Every figure of a :func:`readable` text and where it stands. Of a range, both ends stand in its place."""
    found: list[tuple[Figure, int, int]] = []
    for match in _FORMS.finditer(text):
        if figure := _figure(match.groupdict()):
            found += [
                (one, *match.span()) for one in (*_begun(text, match, figure), figure, *_ended(text, match, figure))
            ]
    return found


def _begun(text: str, match: re.Match[str], figure: Figure) -> Iterator[Figure]:
    """The first value of a range whose unit, or month, stands after its last one."""
    if figure.unit in _RANGED and (first := _RANGE.search(text, 0, match.start())):
        yield Figure(figure.unit, _number(first.group(1)))
    if figure.unit in _DAYS and (first := _DAY_BEFORE.search(text, max(0, match.start() - 12), match.start())):
        yield _same_month(figure, _day(first["day"]))


def _ended(text: str, match: re.Match[str], figure: Figure) -> Iterator[Figure]:
    """The last day of a range whose month stands before its first one."""
    if figure.unit in _DAYS:
        last = _DAY_AFTER.match(text, match.end())
        if day := match["mdy_to"] or (last and last["day"]):
            yield _same_month(figure, _day(day))


def _same_month(date: Figure, day: int) -> Figure:
    return Figure(date.unit, date.value - date.value % 100 + day)


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

    Prices may be off by 0.1 %, distances by 5 m or 2 %, competition by its second decimal; ㎡ may be told in 평, to the
    first decimal or rounded to a whole one; all else must be equal.
    """
    if said.unit != truth.unit:
        coarser = {
            ("month", "date"): truth.value // 100,
            ("month_day", "date"): truth.value % 10_000,
            ("year", "date"): truth.value // 10_000,
            ("year", "month"): truth.value // 100,
        }
        if (said.unit, truth.unit) == ("pyeong", "m2"):
            pyeong = truth.value / SQUARE_METRES_PER_PYEONG
            return abs(said.value - pyeong) <= 0.06 or said.value == round(pyeong)
        return coarser.get((said.unit, truth.unit)) == said.value
    if said.unit == "m2" and said.value == int(truth.value):
        return True
    slack = {"won": 0.001 * truth.value, "m": max(5.0, 0.02 * truth.value), "ratio": 0.051}.get(truth.unit, 1e-6)
    return abs(said.value - truth.value) <= slack


def states(said: Figure, truth: Figure) -> bool:
    """Whether who hears ``said`` knows ``truth``: as :func:`agrees`, but a month does not tell the day asked for.

    A day without its year does, and a date tells its month and its year.
    """
    if said.unit != truth.unit and truth.unit in ("date", "month", "year"):
        told = {
            ("month_day", "date"): agrees(said, truth),
            ("date", "month"): said.value // 100 == truth.value,
            ("date", "year"): said.value // 10_000 == truth.value,
            ("month", "year"): said.value // 100 == truth.value,
        }
        return told.get((said.unit, truth.unit), False)
    return agrees(said, truth)
