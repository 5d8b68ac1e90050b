"""``아니 8억으로``, ``make it 8 instead``: another figure for a condition that the conversation has already set."""

from __future__ import annotations

import re

from assistant.domain import HomeSearch
from assistant.kinds.housing.attributes import attributes

_FIGURE = re.compile(
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?)\s*"
    r"(?P<unit>억(?:\s*\d천)?(?:\s*원)?|만\s*원|천만\s*원|million(?:\s*won)?|billion(?:\s*won)?|세대|가구|households|homes|units"
    r"|㎡|제곱미터|평|pyeong|점|points?)?",
    re.IGNORECASE,
)
# All that may stand around the figure: a question that says more is read as it stands.
_CORRECTS = re.compile(
    r"(?:(?:아니|아뇨|아니[요야]|음|그냥|그럼|그러면)[\s,.]*)*(?:[^가-힣]{0,30}\S{1,30}\s*말고\s*)?FIGURE\s*(?:으?로|까지)?\s*"
    r"(?P<cue>(?:바꿔|해|하자|할게|늘려|올려|높여|낮춰|줄여|내려|변경)[가-힣\s]*)?[.!?~]*"
    r"|(?:(?:no|sorry|actually|ok|okay|well)[\s,.]*)*(?P<make>(?:let's\s+)?(?:make|change|raise|lower|increase)\s+(?:it|that)"
    r"(?:\s+to)?|i\s+meant|say)?\s*FIGURE\s*(?P<instead>instead|then|rather)?(?:\s*please)?[.!?]*".replace(
        "FIGURE",
        r"(?:\d[\d,.]*)\s*(?:억(?:\s*\d천)?(?:\s*원)?|만\s*원|천만\s*원|(?:million|billion)(?:\s*won)?|households|homes|units|㎡|제곱미터|세대|가구|평|pyeong|점|points?)?",
    ),
    re.IGNORECASE,
)
# "no, more than 1000", "아니 1000 이상": a limit without its unit.
_LIMIT = re.compile(
    r"(?:(?:아니|아뇨|아니[요야]|음|그럼|그러면|no|sorry|actually|ok|okay|and|what about|how about)[\s,.]*)*"
    r"(?P<before>(?:more|less|fewer|larger|cheaper)\s+than|over|above|under|below|at\s+least|at\s+most|up\s+to)?\s*"
    r"(?P<number>\d[\d,.]*)\s*(?P<after>이상|이하|미만|초과|까지)?(?:만|은|는|으?로)?[.!?~]*",
    re.IGNORECASE,
)
_SAYS_NO = re.compile(r"아니|아뇨|말고|\b(?:no|actually|sorry)\b", re.IGNORECASE)
_LARGEST_RATIO = 5  # how far another figure may be from the earlier one and still be meant in its unit


def corrected(text: str, search: HomeSearch) -> str:
    """The earlier condition in its own words with the new figure ("under 800 million won"), or empty."""
    if (limit := _LIMIT.fullmatch(text.strip())) and (limit["before"] or limit["after"]):
        return _in_the_earlier_unit(limit, search)
    found = _CORRECTS.fullmatch(text.strip())
    if not found or not (any(found.group("cue", "make", "instead")) or _SAYS_NO.search(text)):
        return ""
    *_, figure = _FIGURE.finditer(text)
    unit = (figure["unit"] or "").lower()
    for reading in _with_one_figure(search, unit):
        earlier = _FIGURE.search(reading)
        if earlier is None:
            continue
        number = figure["number"]
        if not unit:
            number = _in_its_unit(float(number.replace(",", "")), float(earlier["number"].replace(",", "")))
        if number:
            said = figure.group().strip() if unit else f"{number}{earlier.group()[len(earlier['number']) :]}"
            return f"{reading[: earlier.start()]}{said}{reading[earlier.end() :]}"
    return ""


def _in_the_earlier_unit(limit: re.Match[str], search: HomeSearch) -> str:
    for reading in _with_one_figure(search, ""):
        if earlier := _FIGURE.search(reading):
            number = _in_its_unit(float(limit["number"].replace(",", "")), float(earlier["number"].replace(",", "")))
            parts = (limit["before"], f"{number}{(earlier['unit'] and ' ' + earlier['unit']) or ''}", limit["after"])
            return " ".join(part for part in parts if part) if number else ""
    return ""


def _with_one_figure(search: HomeSearch, unit: str) -> list[str]:
    """Words of the conditions that the figure may be meant for; without a unit there must be only one."""
    units = {key: one.units for key, one in attributes().items() if one.units}
    placed = [one for one in search.said if one.key in units and len(re.findall(r"\d[\d,.]*", one.words)) == 1]
    if unit:
        return [one.words for one in placed if unit.startswith(units[one.key])]
    return [placed[0].words] if len(placed) == 1 else []


def _in_its_unit(number: float, earlier: float) -> str:
    """``number`` as a multiple of the unit that ``earlier`` is in; 8 after "600 million" is 800 of them."""
    for scale in (1, 10, 100, 1000):
        if earlier % scale == 0 and 1 / _LARGEST_RATIO <= number * scale / earlier <= _LARGEST_RATIO:
            return f"{number * scale:g}"
    return ""
