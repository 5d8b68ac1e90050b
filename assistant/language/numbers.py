"""Numbers as people write them, and the words that make limits of them."""

from __future__ import annotations

import re

from assistant.domain import Reading

Readings = list[Reading]

PYEONG = 3.305785  # ㎡
SQUARE_FOOT = 0.09290304  # ㎡
ABOUT = 0.1  # 8억 정도 is 10 % less or more

_KOREAN_DIGITS = "일이삼사오육칠팔구"
_KOREAN_UNITS = {"십": 10, "백": 100, "천": 1000}
_ENGLISH = {
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10},
    **{"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17},
    **{"eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60},
    **{"seventy": 70, "eighty": 80, "ninety": 90},
}

# Only from the first digit on: tried from each of a long run, a pattern takes the square of its length.
DIGITS = r"(?<!\d)\d+(?:,\d{3})*(?:\.\d+)?"
SPELLED_KO = rf"[{_KOREAN_DIGITS}십백천]{{1,7}}"
_SPELLED_EN = rf"(?:(?:{'|'.join(_ENGLISH)}|an?(?=\s+(?:hundred|thousand))|hundred|thousand)\b[ -]?(?:and\s+)?){{1,12}}"
# Spelled numbers only before a unit, which the pattern around this must bring: 일 and 이 are words of their own.
NUMBER = rf"(?:{DIGITS}(?:\s*[천백](?=\s*(?:세대|가구|여)))?|(?<![가-힣]){SPELLED_KO}|(?<![a-z]){_SPELLED_EN})"

# Limits behind the figure. "안 넘는" is no "넘는".
HIGH_AFTER = (
    r"(?:(?:이하|미만)(?!이?가?\s*아[닌니])|(?:이상|초과)이?\s*아[닌니]|이내|안쪽|밑|아래|까지|안으로|안에서"
    r"|(?:에도|도|을|를|이|가|에)?\s*(?:(?:안|못)\s*(?:넘|초과|되[는고면어]|돼|된|미치)|(?:넘|초과하|되)지\s*(?:않|못|아니|말)|초과\s*안)|보다\s*(?:싼|저렴|작|적|낮)"
    r"|or less|or under|or below|or fewer|or smaller|max(?:imum)?\b|tops)"
)
LOW_AFTER = (
    r"(?:이상|초과|(?:이하|미만)이?가?\s*아[닌니]|부터|(?:을|를|이|가)?\s*넘|보다\s*(?:비싼|비싸|크|큰|많|높)"
    r"|or more|and above|or above|or larger|or bigger|\+|min(?:imum)?\b)"
)
HIGH_BEFORE = (
    r"(?:(?:is\s+)?(?:under|below|less than|fewer than|lower than|smaller than|cheaper than|at most|up to|within"
    r"|(?:no|not|n['’]t)\s+(?:be\s+)?(?:more than|over|above|higher than|larger than|exceed(?:ing)?)"
    r"|maximum(?: of)?|max\.?|[<≤]=?)\s*)"
)
LOW_BEFORE = (
    r"(?:(?:is\s+)?(?:(?:no|not|n['’]t)\s+(?:be\s+)?(?:less|fewer|lower|smaller|under|below)(?:\s+than)?"
    r"|over|above|more than|higher than|larger than|bigger than|exceed(?:s|ing)?|at least"
    r"|minimum(?: of)?|min\.?|[>≥]=?)\s*)"
)
BETWEEN = r"\s*(?:~|-|–|to|and|에서|부터)\s*"
_ABOUT_AFTER = r"(?:정도|쯤|내외|전후|안팎|선(?=\s|에|$))"
_ABOUT_BEFORE = r"(?:(?:around|about|roughly|approximately|(?<![가-힣])(?:약|대략|한))\s*)"


def limit(figure: str) -> re.Pattern[str]:
    """A pattern of ``figure`` with the words that make a limit of it: groups ``under over about high low near``."""
    return re.compile(
        rf"(?:(?P<under>{HIGH_BEFORE})|(?P<over>{LOW_BEFORE})|(?P<about>{_ABOUT_BEFORE}))?(?:{figure})"
        rf"\s*(?:(?P<high>{HIGH_AFTER})|(?P<low>{LOW_AFTER})|(?P<near>{_ABOUT_AFTER}))?"
    )


def side(match: re.Match[str]) -> str:
    """``high``, ``low`` or ``about`` where the words around a figure of :func:`limit` say so; else nothing."""
    if match["under"] or match["high"]:
        return "high"
    if match["over"] or match["low"]:
        return "low"
    return "about" if match["about"] or match["near"] else ""


def value(text: str) -> float:
    """The number of ``1,500``, ``이천오백`` or ``five hundred``."""
    text = text.strip().replace(",", "")
    if text[:1].isdigit():
        scale = _KOREAN_UNITS.get(text[-1:], 1)  # 2천 세대
        return float(text.rstrip("천백 ")) * scale
    if text[:1].isascii():
        return float(_english(text))
    total = digit = 0
    for char in text:
        if char in _KOREAN_UNITS:
            total += (digit or 1) * _KOREAN_UNITS[char]
            digit = 0
        else:
            digit = _KOREAN_DIGITS.index(char) + 1
    return float(total + digit)


def _english(text: str) -> int:
    total = current = 0
    for word in re.findall(r"[a-z]+", text):
        if word == "hundred":
            current = (current or 1) * 100
        elif word == "thousand":
            total, current = total + (current or 1) * 1000, 0
        elif word in ("a", "an"):
            current = current or 1
        elif word in _ENGLISH:
            current += _ENGLISH[word]
    return total + current
