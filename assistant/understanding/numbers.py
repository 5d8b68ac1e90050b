"""Numeric conditions in a question: price, area, households, months, distance, in the forms people type."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from assistant.domain import Filters
from assistant.understanding.text import ReadableText

WALK_METRES_PER_MINUTE = 67 / 1.3  # straight-line metres a minute: 67 m of path, path = 1.3 × straight line
PYEONG = 3.305785  # ㎡

Readings = list[tuple[str, str]]

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_WON = (
    rf"(?P<eok>{_NUMBER})\s*(?:억|eok)(?:\s*(?P<chun>\d+(?:\.\d+)?)\s*천)?(?:\s*(?P<rest>{_NUMBER}))?\s*만?\s*원?"
    rf"|(?P<man>{_NUMBER})\s*만\s*원"
    rf"|(?:krw|₩|won)?\s*(?P<million>{_NUMBER})\s*million(?:\s*(?:won|krw))?"
    rf"|(?:krw|₩|won)?\s*(?P<billion>{_NUMBER})\s*billion(?:\s*(?:won|krw))?"
)
_LOW = r"(?P<low>이상|넘는|초과|부터|or more|and above|or above)"
_HIGH = r"(?P<high>이하|미만|이내|안쪽|밑|아래|까지|안으로|안에서|or less|or under|or below)"
_BEFORE = (
    r"(?:(?P<under>under|below|less than|at most|up to|within|no more than|maximum|max)"
    r"|(?P<over>over|above|more than|at least|from|minimum|min))\s*"
)
_PRICE = re.compile(rf"(?:{_BEFORE})?(?:{_WON})(?P<dae>\s*대)?\s*(?:{_LOW}|{_HIGH})?")
_PRICE_RANGE = re.compile(
    rf"(?P<from>{_NUMBER})\s*(?:억)?\s*(?:~|-|–|에서|부터|to)\s*(?P<to>{_NUMBER})\s*억(?:\s*원)?(?:\s*사이|까지|대)?"
)
_BUDGET = re.compile(r"예산|자금|가진 돈|budget")
_AREA = re.compile(
    rf"(?:전용(?:면적)?\s*)?(?P<area>{_NUMBER})\s*(?:[a-h]\d?\s*(?=타입|형|$))?"
    r"(?:㎡|m2|m²|제곱미터|제곱|sqm|sq\.?\s?m|square met(?:er|re)s?|(?P<type>타입|형|(?:[- ]?types?\b)))"
    rf"(?P<dae>\s*대)?\s*(?:{_LOW}|{_HIGH})?|전용\s*(?P<bare>\d{{2,3}})(?!\d)"
)
# The sizes that people say without a unit: nothing else in a question is 59, 74, 84 or 114.
_BARE_AREA = re.compile(
    r"(?<![\d.,a-z])(?:59|74|84|114)(?![\d.,]*\d|\s*(?:억|만|천|세대|가구|점|분(?!양)|호|m|k|대\s*1|월|일|년|%|units?|house|min|point|million))"
)
_TYPE_LABEL = re.compile(r"(?<![\d.])(?P<area>\d{2,3})\s*(?P<letters>[a-h]\d?)(?![a-z0-9])")
_PYEONG = re.compile(rf"(?P<pyeong>{_NUMBER})\s*(?:평형|평|pyeong|pyung)(?P<dae>\s*대)?\s*(?:{_LOW}|{_HIGH})?")
_NATIONAL = re.compile(r"국민\s*평(?:형|수)|국평|national[- ]size")
_HOUSEHOLDS = re.compile(
    rf"(?:{_BEFORE})?(?P<count>{_NUMBER})\s*(?:세대|가구|households?|units?|homes?)\s*(?:{_LOW}|{_HIGH})?"
)
_KOREAN_DIGITS = "일이삼사오육칠팔구"
_SPELLED = re.compile(
    rf"(?=[{_KOREAN_DIGITS}]?[천백])(?:(?P<thousand>[{_KOREAN_DIGITS}]?)천)?(?:(?P<hundred>[{_KOREAN_DIGITS}]?)백)?"
    rf"\s*(?:세대|가구)\s*(?:{_LOW}|{_HIGH})?"
)
_MONTH_NAMES = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_YEAR = r"(?P<year>20\d{2}|\d{2})\s*년"
_WHEN = re.compile(
    rf"(?:{_YEAR}|(?P<relative>내후년|내년|올해|후년))\s*(?:(?P<month>\d{{1,2}})\s*월|(?P<half>상반기|하반기|초|말))?"
    r"\s*(?P<edge>이전|까지|전에|이후|부터|후에)?"
)
_WHEN_EN = re.compile(
    rf"(?P<edge>before|by|until|after|from|since|in)?\s*(?:(?P<month>{'|'.join(_MONTH_NAMES)})\s+)?(?P<year>20[2-4]\d)(?!\d)"
    r"|(?P<relative>next year|this year)"
)
_DISTANCE = re.compile(rf"(?P<metres>{_NUMBER})\s*(?P<unit>km|킬로(?:미터)?|m|미터|met(?:er|re)s?)(?![a-z0-9²2㎡])")
_WALK = re.compile(
    r"(?:도보|걸어서?|walk(?:ing)?)\s*(?:로)?\s*(?P<minutes>\d{1,2})\s*분"
    r"|(?P<before>\d{1,2})[- ]?(?:min(?:ute)?s?)['’]?[- ](?:walk|on foot)|(?P<near>\d{1,2})\s*분\s*(?:거리|이내|안)"
)
_OPEN_NOW = re.compile(
    r"(?:지금|현재|요즘)\s*(?:청약|접수|신청|모집)[가-힣]*\s*(?:가능|할 수|중|되는|받는)?|접수\s*중|모집\s*중"
    r"|currently open|open now|accepting applications"
)
_RENTAL = re.compile(r"(?<!민간)임대(?:\s*주택|\s*아파트)?|rentals?|for rent")


def _value(text: str) -> float:
    return float(text.replace(",", ""))


def _manwon(match: re.Match[str]) -> int:
    """A matched price in 만원."""
    found = match.groupdict()
    if found["eok"]:
        thousands = _value(found["chun"]) * 1000 if found["chun"] else 0
        return round(_value(found["eok"]) * 10_000 + thousands + (_value(found["rest"]) if found["rest"] else 0))
    if found["man"]:
        return round(_value(found["man"]))
    if found["million"]:
        return round(_value(found["million"]) * 100)
    return round(_value(found["billion"]) * 100_000)


def read_prices(text: ReadableText, filters: Filters, readings: Readings) -> Filters:
    """``8억 이하``, ``5~7억``, ``under 800 million won``, ``예산 6억`` (= at most), ``8억대``."""
    for match in text.finditer(_PRICE_RANGE):
        low, high = round(_value(match["from"]) * 10_000), round(_value(match["to"]) * 10_000)
        if low < high:
            readings.append(("price", text.take(match.span())))
            return replace(filters, min_price=low, max_price=high)
    for match in list(text.finditer(_PRICE)):
        amount = _manwon(match)
        if amount < 1000:
            continue
        above = bool(match["low"] or match["over"])
        below = bool(match["high"] or match["under"])
        if match["dae"]:
            filters = replace(filters, min_price=amount, max_price=amount + 9_999)
        elif above:
            filters = replace(filters, min_price=amount)
        elif below or _BUDGET.search(text.lower) or not filters.max_price:
            filters = replace(filters, max_price=amount)
        readings.append(("price", text.take(match.span()).strip()))
    return filters


def read_areas(text: ReadableText, filters: Filters, readings: Readings) -> Filters:
    """``84㎡``, ``전용 84``, ``59타입``, ``30평대`` (supply area, as people say it), ``국민평형`` (84)."""
    for match in text.finditer(_NATIONAL):
        readings.append(("area", text.take(match.span())))
        return replace(filters, min_area=84.0, max_area=84.9999)
    for match in text.finditer(_AREA):
        area = _value(match["area"] or match["bare"])
        if not 10 <= area <= 400:
            continue
        readings.append(("area", text.take(match.span()).strip()))
        if match["low"]:
            return replace(filters, min_area=area)
        if match["high"]:
            # 85㎡ 이하 is the law's size limit; 84 이하 means the 84 types too.
            return replace(filters, max_area=area if area != int(area) or area == 85 else area + 0.9999)
        if match["dae"]:
            return replace(filters, min_area=area // 10 * 10, max_area=area // 10 * 10 + 9.9999)
        if area != int(area):
            return replace(filters, min_area=area - 0.01, max_area=area + 0.01)
        return replace(filters, min_area=area, max_area=area + 0.9999)
    for match in text.finditer(_BARE_AREA):
        readings.append(("area", text.take(match.span())))
        area = float(match.group())
        return replace(filters, min_area=area, max_area=area + 0.9999)
    for match in text.finditer(_PYEONG):
        size = _value(match["pyeong"])
        if not 3 <= size <= 120:
            continue
        readings.append(("area", text.take(match.span()).strip()))
        low, high = (size // 10 * 10, size // 10 * 10 + 10) if match["dae"] else (size - 1, size + 1)
        if match["low"]:
            return replace(filters, min_supply_area=size * PYEONG)
        if match["high"]:
            return replace(filters, max_supply_area=(size + 0.99) * PYEONG)
        return replace(filters, min_supply_area=low * PYEONG, max_supply_area=high * PYEONG - 0.01)
    return filters


def read_type_label(text: ReadableText, by_type: Iterable[str]) -> str:
    """``84A`` of ``84A타입``; ``*`` where the question asks for every type (``by_type``: 타입별)."""
    if any(text.find(word, taken=True) for word in by_type):
        return "*"
    match = _TYPE_LABEL.search(text.lower)
    return f"{match['area']}{match['letters'].upper()}" if match else ""


def _spelled(digit: str | None, unit: int) -> int:
    """삼 of 삼백 as 300; a bare 백 as 100; nothing where the unit is not said."""
    return 0 if digit is None else (_KOREAN_DIGITS.index(digit) + 1 if digit else 1) * unit


def read_households(text: ReadableText, filters: Filters, readings: Readings) -> Filters:
    """``500세대 이상`` or ``at least 1,000 households``."""
    for match in text.finditer(_SPELLED):
        if match["low"] or match["high"]:
            readings.append(("households", text.take(match.span()).strip()))
            count = _spelled(match["thousand"], 1000) + _spelled(match["hundred"], 100)
            low, high = (count, None) if match["low"] else (None, count)
            filters = replace(filters, min_households=low, max_households=high)
    for match in text.finditer(_HOUSEHOLDS):
        count = round(_value(match["count"]))
        if match["high"] or match["under"]:
            filters = replace(filters, max_households=count)
        elif match["low"] or match["over"]:
            filters = replace(filters, min_households=count)
        else:
            continue
        readings.append(("households", text.take(match.span()).strip()))
    return filters


def _end_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def read_move_in(text: ReadableText, filters: Filters, readings: Readings, today: date) -> Filters:
    """``2026년 상반기``, ``내년``, ``by March 2027``: a time in a question without a complex is a move-in time."""
    for match in (*text.finditer(_WHEN), *text.finditer(_WHEN_EN)):
        found = match.groupdict()
        relative = found["relative"]
        if not relative and not found["year"]:
            continue
        if relative:
            year = today.year + {"올해": 0, "this year": 0, "내년": 1, "next year": 1}.get(relative, 2)
        else:
            year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
        first, last = 1, 12
        month = found.get("month")
        if month:
            first = last = int(month) if month.isdigit() else _MONTH_NAMES[month]
            if not 1 <= first <= 12:
                continue
        first, last = {"상반기": (1, 6), "하반기": (7, 12), "초": (1, 3), "말": (10, 12)}.get(
            found.get("half") or "", (first, last)
        )
        readings.append(("move_in", text.take(match.span()).strip()))
        edge = found.get("edge") or ""
        if edge in ("이전", "까지", "전에", "before", "by", "until"):
            return replace(filters, move_in_to=_end_of(year, last))
        if edge in ("이후", "부터", "후에", "after", "from", "since"):
            return replace(filters, move_in_from=date(year, first, 1))
        return replace(filters, move_in_from=date(year, first, 1), move_in_to=_end_of(year, last))
    return filters


def read_status(text: ReadableText, filters: Filters, readings: Readings, today: date) -> Filters:
    """Open for applications today; rental or sale."""
    for match in text.finditer(_OPEN_NOW):
        readings.append(("open", text.take(match.span())))
        filters = replace(filters, open_on=today)
    for match in text.finditer(_RENTAL):
        readings.append(("tenure", text.take(match.span())))
        filters = replace(filters, tenure="rental")
    return filters


def read_distance(text: ReadableText) -> tuple[int, str] | None:
    """Straight-line metres that a wish names (``300m 이내``, ``도보 10분``), with its words."""
    for match in text.finditer(_WALK):
        minutes = match["minutes"] or match["before"] or match["near"]
        return round(int(minutes) * WALK_METRES_PER_MINUTE), text.take(match.span())
    for match in text.finditer(_DISTANCE):
        metres = _value(match["metres"]) * (1000 if match["unit"].startswith(("k", "킬")) else 1)
        if 10 <= metres <= 20_000:
            return round(metres), text.take(match.span())
    return None
