"""Figures, dates and fixed terms in plain English. Prices keep the Korean way of saying them beside the won."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from assistant.language.en.writing import month as english_month
from assistant.language.en.writing import won as won
from assistant.language.ko import writing as korean
from assistant.language.ko.writing import number


def area(square_metres: float) -> str:
    return f"{number(square_metres)} ㎡ (about {korean.pyeong(square_metres)} pyeong)"


def month(first_day: date) -> str:
    return english_month(first_day.year, first_day.month)


def day(when: date) -> str:
    return f"{when.day} {english_month(when.year, when.month)}"


def period(start: date, end: date) -> str:
    return day(start) if start == end else f"from {day(start)} to {day(end)}"


def units(count: int) -> str:
    return f"{count:,} unit" if count == 1 else f"{count:,} units"


PARK_KINDS: Final[Mapping[str, str]] = {
    "근린공원": "neighborhood park",
    "어린이공원": "children's park",
    "소공원": "pocket park",
    "문화공원": "cultural park",
    "체육공원": "sports park",
    "수변공원": "waterside park",
    "역사공원": "historical park",
    "묘지공원": "cemetery park",
    "도시자연공원": "urban nature park",
    "도시자연공원구역": "urban nature park zone",
    "도시농업공원": "urban farming park",
    "생태공원": "ecological park",
    "방재공원": "disaster-prevention park",
    "주제공원": "theme park",
    "국립공원": "national park",
    "수목원": "arboretum",
    "식물원": "botanical garden",
    "국가도시공원": "national urban park",
    "가로공원": "roadside park",
}

SCHOOL_LEVELS: Final[Mapping[str, str]] = {
    "초등학교": "elementary school",
    "중학교": "middle school",
    "고등학교": "high school",
}

RESIDENCES: Final[Mapping[str, str]] = {
    "해당지역": "local residents",
    "기타지역": "residents of other areas",
    "기타경기": "other residents of Gyeonggi-do",
}
