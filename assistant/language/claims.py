"""What a sentence claims in figures, as values with units, whichever language and form it is written in.

850,000천원, 8억 5,000만원, 8억5천 and KRW 850 million are one claim: ``("won", 850000000)``.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable

from assistant.domain import Value

Claim = tuple[str, float]

NAMING = ("line", "number")  # units of figures that may be parts of names

_N = r"(?<!\d)(?:\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_MONTHS = {name.lower(): index for index, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.lower(): index for index, name in enumerate(calendar.month_abbr) if name}
_MONTH_WORD = "|".join(sorted(_MONTHS, key=len, reverse=True))

# Order matters: what a pattern matches is taken out before the next looks.
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("date", re.compile(r"(?P<y>20\d\d)\s*[.년-]\s*(?P<m>\d{1,2})\s*[.월-]\s*(?P<d>\d{1,2})\s*일?")),
    ("date", re.compile(rf"(?P<mon>{_MONTH_WORD})\.?\s+(?P<d>\d{{1,2}}),?\s+(?P<y>20\d\d)", re.I)),
    ("date", re.compile(rf"(?P<d>\d{{1,2}})\s+(?P<mon>{_MONTH_WORD})\.?,?\s+(?P<y>20\d\d)", re.I)),
    ("month", re.compile(r"(?P<y>20\d\d)\s*[.년-]\s*(?P<m>\d{1,2})\s*월?(?![\d.]*\d)")),
    ("month", re.compile(rf"(?P<mon>{_MONTH_WORD})\.?,?\s+(?P<y>20\d\d)", re.I)),
    ("monthday", re.compile(r"(?P<m>\d{1,2})\s*월\s*(?P<d>\d{1,2})\s*일")),
    ("year", re.compile(r"(?P<y>20\d\d)\s*년")),
    ("won", re.compile(rf"(?P<eok>{_N})\s*억(?:\s*(?P<chun>\d)\s*천)?(?:\s*(?P<man>{_N})\s*만?)?\s*원?")),
    ("won", re.compile(rf"(?P<thousand>{_N})\s*천\s*원")),
    ("won", re.compile(rf"(?P<man>{_N})\s*만\s*원")),
    ("won", re.compile(rf"(?:(?:krw|₩)\s*)?(?P<billion>{_N})\s*billion(?:\s*(?:won|krw))?", re.I)),
    ("won", re.compile(rf"(?:(?:krw|₩)\s*)?(?P<million>{_N})\s*million(?:\s*(?:won|krw))?", re.I)),
    ("won", re.compile(rf"(?:krw|₩)\s*(?P<won>{_N})|(?P<won2>{_N})\s*(?:원|won)(?![가-힣a-z])", re.I)),
    ("m2", re.compile(rf"(?P<v>{_N})\s*(?:㎡|m²|m2|제곱미터|sqm|sq\.?\s?m\b|square met(?:er|re)s?)", re.I)),
    ("pyeong", re.compile(rf"(?P<v>{_N})\s*(?:평|pyeong)", re.I)),
    ("km", re.compile(rf"(?P<v>{_N})\s*(?:km|킬로미터|kilomet(?:er|re)s?)", re.I)),
    ("m", re.compile(rf"(?P<v>{_N})\s*(?:(?-i:m)|미터|met(?:er|re)s?)(?![a-z])", re.I)),
    ("minute", re.compile(rf"(?P<v>{_N})[\s-]*(?:분|min(?:ute)?s?)", re.I)),
    (
        "home",
        re.compile(rf"(?P<v>{_N})\s*(?:개\s*)?(?:세대|가구|households?|units?(?!\s+types?)|homes?|apartments?)", re.I),
    ),
    (
        "ratio",
        re.compile(
            # A colon with a space only behind it is a punctuation mark: "type 120.43: 1 unit".
            rf"(?P<v>{_N})\s*(?:(?:대\s*|(?<!\s):|(?<=\s):\s*|to\s*)1(?!,?\d)|to\s*one\b"
            r"|applicants? (?:per|for each) unit|applications? per unit)",
            re.I,
        ),
    ),
    ("percent", re.compile(rf"(?P<v>{_N})\s*(?:%|퍼센트|percent)", re.I)),
    ("point", re.compile(rf"(?P<v>{_N})\s*(?:점|points?)", re.I)),
    ("line", re.compile(r"(?P<v>\d)\s*호선|line\s*(?P<v2>\d)", re.I)),
    ("number", re.compile(rf"(?P<v>{_N})")),
)


def _float(text: str) -> float:
    return float(text.replace(",", ""))


def _won(found: dict[str, str | None]) -> float:
    def part(name: str) -> float:
        return _float(found[name] or "0") if found.get(name) else 0.0

    return (
        part("eok") * 1e8
        + part("chun") * 1e7
        + part("man") * 1e4
        + part("thousand") * 1e3
        + part("billion") * 1e9
        + part("million") * 1e6
        + part("won")
        + part("won2")
    )


def _value(unit: str, match: re.Match[str]) -> tuple[Claim, ...]:
    found = match.groupdict()
    if unit in ("date", "month", "monthday", "year"):
        month = _MONTHS[found["mon"].lower()] if found.get("mon") else int(found.get("m") or 0)
        year, day = int(found.get("y") or 0), int(found.get("d") or 0)
        if unit == "date":
            return (("date", year * 10_000 + month * 100 + day),)
        if unit == "month":
            return (("month", year * 100 + month),)
        if unit == "monthday":
            return (("monthday", month * 100 + day),)
        return (("year", year),)
    if unit == "won":
        return (("won", round(_won(found))),)
    value = _float(found.get("v") or found.get("v2") or "0")
    if unit == "km":
        return (("m", value * 1000),)
    return ((unit, value),)


def claims(text: str) -> frozenset[Claim]:
    """All figures of ``text``, each with its unit; ``number`` where it has none. Citation marks are left out."""
    rest = re.sub(r"\[\d+\](?:\[\d+\])*", " ", text)
    found: set[Claim] = set()
    for unit, pattern in _PATTERNS:

        def keep(match: re.Match[str], unit: str = unit) -> str:
            found.update(_value(unit, match))
            return " "

        rest = pattern.sub(keep, rest)
    return frozenset(found)


def told(values: Iterable[Value] | None, text: str) -> frozenset[Claim]:
    """The figures of a statement: its typed values, or where it has none what can be read in its text."""
    return claims(text) if values is None else frozenset((value.unit, value.value) for value in values)


def stated(values: Iterable[Value] | None, text: str) -> frozenset[Claim]:
    """The figures of a statement that may be repeated: also those in its names (a complex, a type, an address)."""
    typed = told(values, text)
    if values is None:
        return typed
    known = {value for _, value in typed}
    return typed | {claim for claim in claims(text) if claim[0] in NAMING or claim[1] not in known}


def implied(stated: frozenset[Claim]) -> frozenset[Claim]:
    """What the stated figures also allow to be said: a date's month and year, a figure without its unit."""
    more: set[Claim] = set(stated)
    for unit, value in stated:
        if unit == "date":
            more |= {("month", value // 100), ("year", value // 10_000), ("monthday", value % 10_000)}
        elif unit == "month":
            more.add(("year", value // 100))
        if unit in ("m2", "number", "home", "pyeong"):
            more.add(("number", value))
        if unit == "m2":
            more |= {("m2", float(int(value))), ("number", float(int(value)))}  # 84.98㎡ may be called 84㎡
    return frozenset(more)


def unsupported(sentence: str, *evidence: frozenset[Claim]) -> frozenset[Claim]:
    """Figures of ``sentence`` that none of the ``evidence`` states or implies."""
    return claims(sentence).difference(*map(implied, evidence))
