"""Prices of second-hand goods, in won, as people write them: 3.5만, 8만5천원, 만원, ₩50,000, 50k."""

from __future__ import annotations

import re
from dataclasses import dataclass

_N = r"(?<!\d)\d+(?:,\d{3})*(?:\.\d+)?"
_DIGITS = {word: number for number, word in enumerate("일이삼사오육칠팔구", start=1)}
ABSURD = 1e18
AMOUNT = (
    rf"(?:(?P<man>{_N})\s*만(?:\s*(?P<chun>\d)\s*천)?\s*원?"
    rf"|(?P<only_chun>{_N})\s*천\s*원"
    r"|(?<![가-힣])(?P<digit>[일이삼사오육칠팔구])?(?P<tens>[십백])?만\s*원"
    r"|(?:₩|krw)\s*(?P<marked>\d+(?:,\d{3})*)(?:\s*(?P<marked_k>k)\b)?"
    rf"|(?P<k>{_N})\s*k\b(?:\s*(?:won|krw))?"
    rf"|(?P<thousand>{_N})\s*thousand\s*won"
    rf"|(?P<million>{_N})\s*million\s*won"
    r"|(?P<won>(?<!\d)\d+(?:,\d{3})*)\s*(?:원|won\b|krw\b)"
    r"|(?P<bare>\d{1,3}(?:,\d{3})+|\d{4,8})(?!\d))"
)
_PATTERN = re.compile(AMOUNT, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Amount:
    """``won`` at ``start`` to ``end``; ``bare`` where no unit says that it is money."""

    won: int
    start: int
    end: int
    bare: bool = False


def amounts(text: str) -> list[Amount]:
    """Every amount of money in ``text``, in order."""
    found = []
    for match in _PATTERN.finditer(text):
        won = _won(match)
        if won is not None:
            found.append(Amount(won, match.start(), match.end(), bool(match["bare"])))
    return found


def whole_amount(text: str) -> int | None:
    """The amount that ``text`` is, and nothing else (``34만원``, ``780,000``); None where it is something else."""
    stripped = text.strip()
    if re.fullmatch(r"\d+(?:\.0+)?", stripped):
        return int(_value(stripped))
    match = _PATTERN.fullmatch(stripped)
    return _won(match) if match else None


def _value(text: str) -> float:
    # Thousands of digits are infinite as a float, which no whole number is.
    return min(float(text.replace(",", "")), ABSURD)


def _won(match: re.Match[str]) -> int | None:
    found = match.groupdict()
    for name, factor in (("only_chun", 1e3), ("k", 1e3), ("thousand", 1e3), ("million", 1e6), ("won", 1), ("bare", 1)):
        if found[name]:
            return round(_value(found[name]) * factor)
    if found["man"]:
        return round(_value(found["man"]) * 10_000) + 1000 * int(found["chun"] or 0)
    if found["marked"]:
        return round(_value(found["marked"]) * (1000 if found["marked_k"] else 1))
    tens = {"십": 10, "백": 100}.get(found["tens"] or "", 1)
    return _DIGITS.get(found["digit"] or "", 1) * tens * 10_000
