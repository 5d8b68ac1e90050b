"""Prices in a question, in 만원."""

from __future__ import annotations

import re

from assistant.domain import Filters
from assistant.language.numbers import ABOUT, BETWEEN, DIGITS, NUMBER, SPELLED_KO, Readings, limit, side, value
from assistant.language.text import ReadableText

LEAST = 1000  # 만원: no home costs less, so it is another figure
_PARTS = {"초반": (0, 3), "중반": (4, 7), "후반": (7, 10)}  # tenths of the 억


def _won(prefix: str) -> str:
    """A price, its parts in groups that begin with ``prefix``."""
    p = prefix
    return (
        rf"(?P<{p}eok>{DIGITS}|(?<![가-힣]){SPELLED_KO})\s*(?:억|eok\b)"
        rf"(?:\s*(?P<{p}thousand>{DIGITS}|[일이삼사오육칠팔구])\s*천)?(?:\s*(?P<{p}hundred>\d|[일이삼사오육칠팔구])\s*백)?"
        rf"(?:\s*(?P<{p}rest>{DIGITS})(?=\s*만|\s*원|\s|이|$))?\s*만?\s*원?"
        rf"|(?P<{p}thousand_won>{DIGITS})\s*천\s*원|(?P<{p}thousand_man>{DIGITS})\s*천\s*만\s*원?"
        rf"|(?P<{p}man>{DIGITS})\s*만\s*원"
        rf"|(?P<{p}won>\d{{1,3}}(?:,\d{{3}}){{2,}}|\d{{8,}})\s*(?:원|won|krw)|(?:₩|krw)\s*(?P<{p}sign>\d{{1,3}}(?:,\d{{3}}){{2,}}|\d{{8,}})"
        rf"|(?:(?:₩|krw|won)\s*)?(?P<{p}million>{NUMBER})\s*(?:million|mil\b)(?:\s*(?:won|krw))?"
        rf"|(?:(?:₩|krw|won)\s*)?(?P<{p}billion>{NUMBER})\s*(?:billion|bn\b)(?:\s*(?:won|krw))?"
        rf"|(?:₩|krw|won)\s*(?P<{p}m>{DIGITS})\s*m\b|(?P<{p}m_won>{DIGITS})\s*m\s*(?:won|krw)"
        rf"|(?P<{p}bare_m>\d{{3,4}})m\b(?!\s*²)"
        rf"|(?:₩|krw|won)\s*(?P<{p}b>{DIGITS})\s*b\b|(?P<{p}b_won>{DIGITS})\s*b\s*(?:won|krw)"
    )


_PRICE = limit(rf"(?:{_won('')})(?P<dae>\s*대)?(?:\s*(?P<part>초반|중반|후반))?(?!\s*(?:세대|가구))")
_RANGE = re.compile(
    rf"(?:between\s+|from\s+)?(?:{_won('a_')}|(?P<bare>{DIGITS})){BETWEEN}(?:{_won('b_')})(?:\s*(?:사이|까지|대))?"
)
# What one 만원 figure is of each part.
_SCALE = {
    **{
        "eok": 10_000,
        "thousand": 1_000,
        "hundred": 100,
        "rest": 1,
        "thousand_won": 0.1,
        "thousand_man": 1_000,
        "man": 1,
    },
    "bare_m": 100,
    **{"won": 1e-4, "sign": 1e-4, "million": 100, "m": 100, "m_won": 100, "billion": 1e5, "b": 1e5, "b_won": 1e5},
}


def _manwon(match: re.Match[str], prefix: str = "") -> int:
    parts = match.groupdict()
    return round(sum(value(parts[prefix + name]) * of for name, of in _SCALE.items() if parts.get(prefix + name)))


# Beside these "600m" is an amount; beside those it is a distance.
_OF_PRICE = re.compile(r"\b(?:pric\w*|cost\w*|cheap\w*|budget|afford\w*|won|krw|(?:39|49|59|74|84|101|114)[a-z]?)\b")
_OF_DISTANCE = re.compile(
    r"[가-힣]|\b(?:near\w*|clos\w*|walk\w*|stations?|subway|metro|parks?|schools?|distance|away|within|radius)\b"
)


def _is_distance(match: re.Match[str], text: str) -> bool:
    """Whether a figure in "m" is one in metres: it is in millions only in a question on prices and on nothing near."""
    in_m = any(value_ for name, value_ in match.groupdict().items() if name.endswith("bare_m"))
    return in_m and not (_OF_PRICE.search(text) and not _OF_DISTANCE.search(text))


def read_prices(text: ReadableText, filters: Filters, readings: Readings) -> Filters:
    """``8억 이하``, ``5~7억``, ``under 800 million won``, ``예산 6억`` (= at most), ``8억대``, ``4억 중반``."""
    for match in list(text.finditer(_RANGE)):
        if _is_distance(match, text.lower):
            continue
        high = _manwon(match, "b_")
        low = _manwon(match, "a_")
        if match["bare"]:  # 7~9억: the unit is said once
            low = round(
                value(match["bare"]) * next(of for name, of in _SCALE.items() if match.groupdict()["b_" + name])
            )
        if LEAST <= low < high:
            readings.append(text.read("price", match.span()))
            return filters.but(min_price=low, max_price=high)
    for match in list(text.finditer(_PRICE)):
        amount = _manwon(match)
        if amount < LEAST or _is_distance(match, text.lower):
            continue
        if match["part"]:
            first, last = _PARTS[match["part"]]
            filters = filters.but(min_price=amount + first * 1_000, max_price=amount + last * 1_000 - 1)
        elif match["dae"]:
            filters = filters.but(min_price=amount, max_price=amount + 9_999)
        elif side(match) == "low":
            filters = filters.but(min_price=amount)
        elif side(match) == "about":
            filters = filters.but(min_price=round(amount * (1 - ABOUT)), max_price=round(amount * (1 + ABOUT)))
        elif side(match) == "high" or not filters.max_price:  # a price alone is what one can pay
            filters = filters.but(max_price=amount)
        readings.append(text.read("price", match.span()))
    return filters
