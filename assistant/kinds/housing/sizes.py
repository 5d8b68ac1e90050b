"""Sizes in a question: floor area in ㎡, and how many homes a complex has."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.domain import Filters
from assistant.language.numbers import ABOUT, BETWEEN, DIGITS, NUMBER, PYEONG, SQUARE_FOOT, Readings, limit, side, value
from assistant.language.text import ReadableText

MAX_SIZES = 3  # more figures than this in one question are hardly all sizes
_METRES = (
    r"(?:㎡|m2|m²|제곱미터|제곱|sqm|sq\.?\s?m(?:et(?:er|re)s?)?\b|square met(?:er|re)s?"
    r"|타입|형(?![가-힣])|(?:[- ]?types?\b))"
)
_FEET = r"(?:sq\.?\s?ft\b\.?|sqft|square f(?:ee|oo)t|ft²)"
_AREA = limit(
    rf"(?:전용(?:면적)?\s*)?(?P<area>{DIGITS})\s*(?:[a-h]\d?\s*(?=타입|형|$))?(?:{_METRES}|(?P<feet>{_FEET}))(?P<dae>\s*대)?"
    r"|전용\s*(?P<bare>\d{2,3})(?!\d)"
)
_AREA_RANGE = re.compile(
    rf"(?:between\s+|from\s+)?(?P<from>{DIGITS})\s*(?:{_METRES})?{BETWEEN}(?P<to>{DIGITS})\s*{_METRES}(?:\s*사이)?"
)
# The sizes that people say without a unit: nothing else in a question is 59, 74, 84 or 114.
_BARE_AREA = re.compile(
    r"(?<![\d.,a-z])(?:59|74|84|114)(?![\d.,]*\d|\s*(?:억|만(?!\s*$|\s+(?:보|골|추|찾|있|좀|나|알))|천|세대|가구|점|평(?!균|당)|분(?!양)|호|m(?!ax)|k|대\s*1|월|일|년|%|:|units?|house|home|min|point|million|billion))"
)
# Behind a complex any number that stands alone beside what one asks of a size: "49 얼마", "the 49 at …".
_SIZE_OF_NAMED = re.compile(
    r"(?<![\d.,a-z#-])(?P<area>[2-9]\d|1\d\d)"
    r"(?=\s*(?:$|[?!]|[은는이가도]\s|얼마|가격|분양가|최고|최저|값|경쟁률|커트라인|at\b|in\b|price|cost))"
)
_TYPE_LABEL = re.compile(r"(?<![\d.])(?P<area>\d{2,3})\s*(?P<letters>[a-h]\d?)(?![a-z0-9])")
_PYEONG = limit(
    rf"(?P<pyeong>{NUMBER})\s*(?:평형|평(?!균|당|일|촌|택)|pyeong|pyung)(?P<dae>\s*대)?(?:\s*(?P<part>초반|중반|후반))?"
)
_PYEONG_RANGE = re.compile(rf"(?P<from>{DIGITS})\s*(?:평)?{BETWEEN}(?P<to>{DIGITS})\s*(?:평형|평|pyeong)(?:\s*사이)?")
_PARTS = {"초반": (0, 4), "중반": (4, 7), "후반": (7, 10)}  # 평 of the ten
_NATIONAL = re.compile(r"국민\s*평(?:형|수)|국평|national(?:\s+housing)?[- ]size")
_HOMES = r"(?:세대|가구|households?|units?|homes?|apartments)"
_HOUSEHOLDS = limit(rf"(?P<count>{NUMBER})(?P<more>\+|\s+or\s+more)?\s*{_HOMES}")
_HOUSEHOLDS_RANGE = re.compile(
    rf"(?:between\s+|from\s+)?(?P<from>{NUMBER})\s*{_HOMES}?{BETWEEN}(?P<to>{NUMBER})\s*{_HOMES}(?:\s*사이)?"
)


def _upper(area: float) -> float:
    """85㎡ 이하 is the law's size limit; 84 이하 means the 84 types too."""
    return area if area != int(area) or area == 85 else area + 0.9999


def read_areas(text: ReadableText, filters: Filters, readings: Readings, *, named: bool = False) -> Filters:
    """``84㎡``, ``전용 84``, ``59타입``, ``60㎡ 이상 85㎡ 이하``, ``국평`` (84), ``30평대`` (supply area, as said).

    ``named``: a complex is; then a number may be a size that is not among the usual ones.
    """
    for match in text.finditer(_NATIONAL):
        readings.append(text.read("area", match.span()))
        return filters.but(min_area=84.0, max_area=84.9999)
    for match in text.finditer(_AREA_RANGE):
        low, high = value(match["from"]), value(match["to"])
        if 10 <= low < high <= 400:
            readings.append(text.read("area", match.span()))
            return filters.but(min_area=low, max_area=_upper(high))
    if (several := _several(text)) is not None:
        sizes, spans = several
        readings.extend(text.read("area", span) for span in spans)
        return filters.but(min_area=float(sizes[0]), max_area=sizes[-1] + 0.9999, sizes=tuple(sizes))
    for match in list(text.finditer(_AREA)):
        area = value(match["area"] or match["bare"])
        if match.groupdict()["feet"]:
            area = round(area * SQUARE_FOOT, 1)
        if not 10 <= area <= 400:
            continue
        readings.append(text.read("area", match.span()))
        if side(match) == "low":
            filters = filters.but(min_area=area)
        elif side(match) == "high":
            filters = filters.but(max_area=_upper(area))
        elif side(match) == "about" or match["feet"]:
            return filters.but(min_area=area * (1 - ABOUT), max_area=area * (1 + ABOUT))
        elif match["dae"]:
            return filters.but(min_area=area // 10 * 10, max_area=area // 10 * 10 + 9.9999)
        elif area != int(area):
            return filters.but(min_area=area - 0.01, max_area=area + 0.01)
        else:
            return filters.but(min_area=area, max_area=area + 0.9999)
    if filters.min_area or filters.max_area:
        return filters
    for match in text.finditer(_BARE_AREA):
        readings.append(text.read("area", match.span()))
        area = float(match.group())
        return filters.but(min_area=area, max_area=area + 0.9999)
    filters = _read_pyeong(text, filters, readings)
    if named and filters.min_supply_area is None and filters.max_supply_area is None:
        for match in text.finditer(_SIZE_OF_NAMED):
            readings.append(text.read("area", match.span()))
            area = float(match["area"])
            return filters.but(min_area=area, max_area=area + 0.9999)
    return filters


def _several(text: ReadableText) -> tuple[list[int], list[tuple[int, int]]] | None:
    """Two or three sizes named side by side (49타입이랑 59타입, 59랑 84), with where they stand."""
    exact = [
        match
        for match in text.finditer(_AREA)
        if match["area"] and not (side(match) or match["dae"] or match["feet"]) and 10 <= value(match["area"]) <= 400
    ]
    taken = [match.span() for match in exact]
    bare = [
        match for match in text.finditer(_BARE_AREA) if not any(a < match.end() and match.start() < b for a, b in taken)
    ]
    found = {int(value(match["area"])): match.span() for match in exact}
    found |= {int(match.group()): match.span() for match in bare}
    sizes = sorted(found)
    return (sizes, [found[size] for size in sizes]) if 2 <= len(sizes) <= MAX_SIZES else None


def _read_pyeong(text: ReadableText, filters: Filters, readings: Readings) -> Filters:
    for match in text.finditer(_PYEONG_RANGE):
        low, high = value(match["from"]), value(match["to"])
        if 3 <= low < high <= 120:
            readings.append(text.read("area", match.span()))
            return filters.but(min_supply_area=low * PYEONG, max_supply_area=(high + 0.99) * PYEONG)
    for match in list(text.finditer(_PYEONG)):
        size = value(match["pyeong"])
        if not 3 <= size <= 120:
            continue
        readings.append(text.read("area", match.span()))
        if side(match) == "low":
            filters = filters.but(min_supply_area=size * PYEONG)
        elif side(match) == "high":
            filters = filters.but(max_supply_area=(size + 0.99) * PYEONG)
        else:
            low, high = (size // 10 * 10, size // 10 * 10 + 10) if match["dae"] else (size - 1, size + 1)
            if match["part"]:
                low, high = (size + tens for tens in _PARTS[match["part"]])
            return filters.but(min_supply_area=low * PYEONG, max_supply_area=high * PYEONG - 0.01)
    return filters


def read_type_label(text: ReadableText, by_type: Iterable[str]) -> str:
    """``84A`` of ``84A타입``; ``*`` where the question asks for every type (``by_type``: 타입별)."""
    if any(text.find(word, taken=True) for word in by_type):
        return "*"
    match = _TYPE_LABEL.search(text.lower)
    return f"{match['area']}{match['letters'].upper()}" if match else ""


def read_households(text: ReadableText, filters: Filters, readings: Readings) -> Filters:
    """``500세대 이상``, ``천 세대 넘는``, ``at least 1,000 households``."""
    for match in text.finditer(_HOUSEHOLDS_RANGE):
        low, high = round(value(match["from"])), round(value(match["to"]))
        if low < high:
            readings.append(text.read("households", match.span()))
            return filters.but(min_households=low, max_households=high)
    for match in list(text.finditer(_HOUSEHOLDS)):
        count = round(value(match["count"]))
        if side(match) == "high":
            filters = filters.but(max_households=count - (match["high"] == "미만"))
        elif side(match) == "low" or match["more"]:
            filters = filters.but(min_households=count + (match["low"] == "초과"))
        elif side(match) == "about":
            filters = filters.but(min_households=round(count * (1 - ABOUT)), max_households=round(count * (1 + ABOUT)))
        else:
            continue
        readings.append(text.read("households", match.span()))
    return filters
