"""Times in a question: months of move-in, or of application where that is what the question speaks of."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.domain import EntityName, Filters
from assistant.language.numbers import Readings
from assistant.language.text import ReadableText

_MONTH_NAMES = {
    form: number for number, name in enumerate(calendar.month_name) if name for form in (name.lower(), name[:3].lower())
}
_RELATIVE = {
    "재작년": -2,
    "작년": -1,
    "지난해": -1,
    "올해": 0,
    "올": 0,
    "금년": 0,
    "내년": 1,
    "내후년": 2,
    "후년": 2,
} | {
    "last year": -1,
    "this year": 0,
    "next year": 1,
    "the year after next": 2,
}
_SHIFTS = {"다다음": 2, "다음": 1, "지난": -1, "저번": -1, "next": 1, "last": -1}
_PARTS = {
    **{"상반기": (1, 6), "하반기": (7, 12), "초": (1, 3), "중순": (5, 8), "말": (10, 12)},
    **{"봄": (3, 5), "여름": (6, 8), "가을": (9, 11), "겨울": (12, 12), "연초": (1, 3), "연말": (10, 12)},
    **{f"{quarter}분기": (3 * quarter - 2, 3 * quarter) for quarter in range(1, 5)},
}
_PARTS_EN = {
    **{
        "first half": (1, 6),
        "second half": (7, 12),
        "h1": (1, 6),
        "h2": (7, 12),
        "early": (1, 3),
        "late": (10, 12),
        "end": (10, 12),
    },
    **{"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 12)},
    **{name: (3 * quarter - 2, 3 * quarter) for quarter in range(1, 5) for name in (f"q{quarter}",)},
}
_NAMES = "|".join(sorted(_MONTH_NAMES, key=len, reverse=True))


def _time_ko(p: str) -> str:
    return (
        rf"(?:(?P<{p}iso_year>20\d{{2}})[./-](?P<{p}iso_month>\d{{1,2}})(?![\d.]\d)"
        rf"|(?:(?P<{p}year>20\d{{2}}|\d{{2}})\s*년|(?P<{p}relative>재작년|작년|지난해|올해|금년|내후년|내년|후년|올(?=\s*(?:봄|여름|가을|겨울|상반기|하반기))))"
        rf"(?:\s*(?P<{p}month>\d{{1,2}})\s*월(?:\s*(?P<{p}day>\d{{1,2}})\s*일)?"
        rf"|\s*(?P<{p}part>상반기|하반기|[1-4]\s*분기|초|중순|말|봄|여름|가을|겨울))?"
        rf"|(?P<{p}bare>(?<![\d~-])\d{{1,2}})\s*월(?!세)|(?P<{p}shift>(?:다다음|다음|이번|지난|저번)\s*[달주](?!러|인|택|민|소)|연말|연초))"
    )


def _time_en(p: str) -> str:
    return (
        rf"(?:(?:(?P<{p}part_en>first half|second half|early|late|(?:the )?end|spring|summer|autumn|fall|winter|q[1-4])"
        r"\s*(?:of|in)?\s+)?"
        rf"(?:(?P<{p}month_en>\b(?:{_NAMES}))\.?,?\s+)?(?P<{p}year_en>20[2-4]\d)(?!\d)"
        rf"(?:,?\s+(?P<{p}then_en>first half|second half|h[12]\b|q[1-4]\b))?"
        rf"|(?P<{p}relative_en>last year|this year|next year|the year after next)"
        rf"|(?P<{p}season_en>(?:this|next|last)\s+(?:spring|summer|autumn|fall|winter))"
        rf"|(?P<{p}shift_en>(?:this|next|last)\s+(?:month|week)))"
    )


_EDGE_KO = (
    r"(?:\s*(?:에|안에|내에|중에)?\s*(?P<to>이전|까지|전까지|안에|이내|내로|안으로)"
    r"|\s*(?P<before>전에)|\s*(?P<from>이후|부터|후에|넘어서|지나서))?"
)
_WHEN_KO = re.compile(_time_ko("") + _EDGE_KO)
_RANGE_KO = re.compile(rf"{_time_ko('a_')}\s*(?:~|-|–|에서|부터)\s*{_time_ko('b_')}(?:\s*사이|\s*까지)?")
_WHEN_EN = re.compile(
    r"(?:(?P<to>(?:by|until|no later than)(?: the end of)?)|(?P<before>before|prior to)|(?P<after>after|later than)"
    rf"|(?P<from>from|since))?\s*(?:the\s+)?{_time_en('')}"
    r"(?:(?P<later>\s*,?\s*(?:(?:or|and)\s+(?:later|after|beyond)|onwards?))"
    r"|(?P<earlier>\s*,?\s*(?:or|and)\s+(?:earlier|before|sooner)))?"
)
_RANGE_EN = re.compile(rf"(?:between|from)\s+{_time_en('a_')}\s*(?:and|to|-|until|through)\s*{_time_en('b_')}")
_INSIDE = ("안에", "이내", "내로", "안으로")  # of a half-year or a season: in it; of a year: by its end
_WITHIN = re.compile(
    r"(?<!\d)(?P<count>\d{1,2})\s*(?P<unit>년|개월|달)\s*(?:안|이내|내)(?:에|로)?"
    r"|within\s+(?:the next\s+)?(?P<count_en>\d{1,2}|a|one|two|three)\s+(?P<unit_en>year|month)s?"
)
_APPLICATION = re.compile(r"청약|접수|appl")
# What a notice does: "2024년에 공고 난", "올해 분양한", "offered in 2024".
_NOTICE = (
    r"(?:공고|모집|나온|나왔|나오는|분양\s*(?:한|된|했|하|되|됐|예정|시작)"
    r"|announced|offered|notice|published|released|launched)"
)
_ANNOUNCED = re.compile(_NOTICE)
_THEN_ANNOUNCED = re.compile(
    rf"\s*(?:에|중에)?\s*(?:입주자\s*)?(?:{_NOTICE}|분양(?!가|권|금|대금|주택|전환|만))"
)  # right after it
_FAMILY_AFTER = re.compile(
    r"에?\s*(?:[가-힣]{1,8}(?:이|가)\s*)?(?:(?:초등|중|고등)?학교에?|유치원에?)\s*(?:들어|입학|가[는서])"
    r"|에?\s*(?:결혼|출산|태어|입학)"
)
_FAMILY_BEFORE = re.compile(r"\b(?:school|kindergarten|married|marry|marrying|wedding|baby|due)\s*(?:in\s*)?$")
# How long something has gone on, and no year: 무주택 10년, 결혼 10년차.
_LASTING_BEFORE = re.compile(r"(?:무주택|통장|가입|결혼|혼인|거주|납입)[가-힣 ]{0,6}$")
_LASTING_AFTER = re.compile(r"\s*(?:차|째|동안|간(?![가-힣])|됐|되었|된|넘)")
_MOVE_IN = re.compile(r"입주|이사|들어가|들어갈|살 수|완공|준공|mov(?:e|ing)|ready|complet|live in")


@dataclass(frozen=True, slots=True)
class _Span:
    """From the first day of one month to the last day of another."""

    first: date
    last: date


def _end_of(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _span(match: re.Match[str], prefix: str, today: date) -> _Span | str | None:
    """The time that a match names; its words where no calendar has it; None where it is no time."""
    found = {name.removeprefix(prefix): given for name, given in match.groupdict().items() if name.startswith(prefix)}
    get = found.get
    year, month, part = today.year, get("month") or get("iso_month"), get("part")
    if given := get("year") or get("iso_year") or get("year_en"):
        year = int(given) + (2000 if len(given) == 2 else 0)
    elif relative := get("relative") or get("relative_en"):
        year += _RELATIVE[relative]
    elif bare := get("bare"):
        if not 1 <= int(bare) <= 12:
            return f"{bare}월"
        year += int(bare) < today.month
        month = bare
    elif (shift := get("shift")) and "연" in shift:
        first, last = _PARTS[shift]
        return _Span(date(year, first, 1), _end_of(year, last))
    elif shift := shift or get("shift_en"):
        return _shifted(shift, today)
    elif season := get("season_en"):
        which, name = season.split()
        first, last = _PARTS_EN[name]
        if which == "next" and today.month < first:  # the next spring there is
            which = "this"
        year += {"last": -1, "this": 0, "next": 1}[which]
        return _Span(date(year, first, 1), _end_of(year, last))
    else:
        return None
    first, last = 1, 12
    if name := get("month_en"):
        first = last = _MONTH_NAMES[name]
    elif month:
        first = last = int(month)
        if not 1 <= first <= 12:
            return match.group().strip()
        if (day := get("day")) and not 1 <= int(day) <= calendar.monthrange(year, first)[1]:
            return match.group().strip()
    elif part:
        first, last = _PARTS[re.sub(r"\s", "", part)]
    elif english := get("part_en") or get("then_en"):
        first, last = _PARTS_EN[english.removeprefix("the ")]
    return _Span(date(year, first, 1), _end_of(year, last))


def _shifted(words: str, today: date) -> _Span:
    """A month or a week, from Monday to Sunday, counted from today: 지난달, "next week"."""
    by = next((by for said, by in _SHIFTS.items() if words.startswith(said)), 0)
    if words.endswith(("주", "week")):
        monday = today - timedelta(days=today.weekday() - 7 * by)
        return _Span(monday, monday + timedelta(days=6))
    year, month = divmod(today.year * 12 + today.month - 1 + by, 12)
    return _Span(date(year, month + 1, 1), _end_of(year, month + 1))


def what_happens(lower: str) -> str:
    """At the time that a question names: ``announced``, ``receipt`` (applications) or ``move_in``."""
    if _MOVE_IN.search(lower):
        return "move_in"
    if _ANNOUNCED.search(lower) and "접수" not in lower:
        return "announced"
    return "receipt" if _APPLICATION.search(lower) else "move_in"


def read_namesakes(
    text: ReadableText,
    entities: tuple[EntityName, ...],
    announced: Mapping[str, date],
    readings: Readings,
    today: date,
) -> tuple[EntityName, ...]:
    """Of a complex offered in several notices, those of the time that the question names (2022년에 나온 ○○).

    ``announced``: the day of the notice by document id. A time of moving in, and one that fits none, narrows nothing.
    """
    if len(entities) < 2 or len({name.name_ko for name in entities}) > 1:
        return entities
    moving = _MOVE_IN.search(text.lower)
    for match in (*_times(text, _WHEN_KO), *_times(text, _WHEN_EN)):
        span = _span(match, "", today)
        if not isinstance(span, _Span) or (moving and not _THEN_ANNOUNCED.match(text.lower, match.end())):
            continue
        first, last = _bounds(match, span)
        kept = tuple(
            name for name in entities if (day := announced.get(name.id)) and (first or day) <= day <= (last or day)
        )
        if kept:
            readings.append(text.read("announced", match.span()))
            return kept
    return entities


_EDGES = ("to", "before", "after", "from", "later", "earlier")


def _times(text: ReadableText, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Matches whose time nothing has read yet; the word before it may belong to both: "ready by 2026"."""
    for match in pattern.finditer(text.lower):
        spans = [match.span(name) for name, given in match.groupdict().items() if given and name not in _EDGES]
        if spans and not any(text.is_taken(*span) for span in spans):
            yield match


def _of_family(lower: str, match: re.Match[str]) -> bool:
    """Whether a time is that of a child's school or a wedding, or a while, and not of the home: 내년에 입학해서."""
    if re.fullmatch(r"\d{2}\s*년", match.group().strip()) and (
        _LASTING_BEFORE.search(lower, 0, match.start()) or _LASTING_AFTER.match(lower, match.end())
    ):
        return True
    return bool(_FAMILY_AFTER.match(lower, match.end()) or _FAMILY_BEFORE.search(lower, 0, match.start()))


def read_months(text: ReadableText, filters: Filters, readings: Readings, today: date) -> tuple[Filters, str]:
    """``2026년 상반기``, ``내년``, ``3월 이후``, ``by March 2027``, ``1년 안에``; second: words that no calendar has.

    A time is one of move-in, unless the question speaks of a notice or of applying, and not of moving in.
    """
    key = what_happens(text.lower)
    if any(_THEN_ANNOUNCED.match(text.lower, match.end()) for match in _times(text, _WHEN_KO) if match.group().strip()):
        key = "announced"

    def between(first: date | None, last: date | None) -> Filters:
        if key == "announced":
            return filters.but(announced_from=first, announced_to=last)
        if key == "receipt":
            return filters.but(receipt_from=first, receipt_to=last)
        return filters.but(move_in_from=first, move_in_to=last)

    for match in (*text.finditer(_RANGE_KO), *text.finditer(_RANGE_EN)):
        low, high = _span(match, "a_", today), _span(match, "b_", today)
        if isinstance(low, _Span) and isinstance(high, _Span) and low.first < high.last:
            readings.append(text.read(key, match.span()))
            return between(low.first, high.last), ""
    for match in text.finditer(_WITHIN):
        readings.append(text.read(key, match.span()))
        said = match["count"] or match["count_en"]
        count = int(said) if said.isdigit() else {"two": 2, "three": 3}.get(said, 1)
        months = count * (12 if (match["unit"] or match["unit_en"]) in ("년", "year") else 1)
        year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
        return between(None, _end_of(year, month + 1)), ""
    for match in (*_times(text, _WHEN_KO), *_times(text, _WHEN_EN)):
        span = _span(match, "", today)
        if span is None:
            continue
        if _of_family(text.lower, match):
            text.take(match.span())
            continue
        reading = text.read(key, match.span())
        if isinstance(span, str):
            return filters, reading.words
        readings.append(reading)
        return between(*_bounds(match, span)), ""
    return filters, ""


def _bounds(match: re.Match[str], span: _Span) -> tuple[date | None, date | None]:
    """First and last day that the words around a time allow."""
    edge = match.groupdict()
    if edge.get("part") and edge["to"] in _INSIDE:
        return span.first, span.last
    if edge["to"] or edge.get("earlier"):
        return None, span.last
    if edge["before"]:
        return None, span.first - timedelta(days=1)
    if edge.get("after"):
        return span.last + timedelta(days=1), None
    if edge["from"] or edge.get("later"):
        return span.first, None
    return span.first, span.last
