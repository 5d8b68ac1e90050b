"""Reads what a post may cost out of a question: 10만원 이하, 3~5만원, 5만원대, under 50,000 won."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.domain import Reading
from assistant.language.text import ReadableText
from assistant.language.won import Amount, amounts

_HIGH = re.compile(r"\s*(?:이하|미만|이내|안쪽|밑|아래|까지|안으로|안에서|안 넘|or less|or under|or below|max)")
_LOW = re.compile(r"\s*(?:이상|넘는|초과|부터|or more|and up|or above)")
_UNDER = re.compile(
    r"(?:under|below|less than|up to|at most|within|no more than|max(?:imum)?|cheaper than)\s*$", re.IGNORECASE
)
_OVER = re.compile(r"(?:over|above|more than|at least|min(?:imum)?)\s*$", re.IGNORECASE)
_ABOUT = re.compile(r"\s*대(?![가-힣])")
_BETWEEN = re.compile(r"\s*(?:~|-|–|에서|부터|to|and)\s*")
_FROM = re.compile(r"(?P<low>(?<!\d)\d+(?:\.\d+)?)\s*(?:~|-|–|에서|부터|to)\s*$")


def read_price(text: ReadableText, readings: list[Reading]) -> tuple[int | None, int | None]:
    """Lowest and highest price: 10만원 이하, 3~5만원, 5만원대, under 50,000 won; an amount alone is the most to pay."""
    lower = text.lower
    found = [amount for amount in amounts(lower) if not text.is_taken(amount.start, amount.end)]
    for first, second in pairwise(found):
        if _BETWEEN.fullmatch(lower[first.end : second.start]):
            readings.append(text.read("price", (first.start, second.end)))
            return min(first.won, second.won), max(first.won, second.won)
    low: int | None = None
    high: int | None = None
    for amount in found:
        before, after = lower[: amount.start], lower[amount.end :]
        least, most = _OVER.search(before) or _LOW.match(after), _UNDER.search(before) or _HIGH.match(after)
        about = _ABOUT.match(after)
        start, end = amount.start, amount.end
        if amount.bare and not (least or most or about):
            continue  # a model number, a year
        if about:
            low, high = amount.won, amount.won + _step(amount) - 1
        elif part := _FROM.search(before):
            low, high, start = _same_unit(part["low"], amount, lower), amount.won, part.start()
        elif least:
            low = amount.won
        else:
            high = amount.won
        for match in (least, most, about):
            if match:
                before_it = match.string is before
                start = match.start() if before_it else start
                end = end if before_it else amount.end + match.end()
        readings.append(text.read("price", (start, end)))
    return low, high


def _same_unit(number: str, amount: Amount, lower: str) -> int:
    """3 of 3~5만원 in won."""
    digits = re.search(r"[\d.]+", lower[amount.start : amount.end].replace(",", ""))
    return round(float(number) * amount.won / float(digits.group())) if digits else amount.won


def _step(amount: Amount) -> int:
    """How far "…만원대" reaches: 5만원대 to 59,999, 10만원대 to 199,999."""
    return int(10 ** (len(str(amount.won)) - 1))
