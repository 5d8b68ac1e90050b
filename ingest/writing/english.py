"""Figures, dates and fixed terms in plain English. Prices keep the Korean way of saying them beside the won."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from ingest import korean
from ingest.korean import number

# Not strftime("%B"), which depends on the locale.
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def won(manwon: int) -> str:
    """만원 as ``KRW 850 million (8억 5,000만원)``; from 10억 up in billions."""
    if manwon >= 100_000:
        return f"KRW {number(manwon / 100_000, 5)} billion ({korean.won(manwon)})"
    return f"KRW {number(manwon / 100, 2)} million ({korean.won(manwon)})"


def area(square_metres: float) -> str:
    return f"{number(square_metres)} ㎡ (about {korean.pyeong(square_metres)} pyeong)"


def month(first_day: date) -> str:
    return f"{_MONTHS[first_day.month - 1]} {first_day.year}"


def day(when: date) -> str:
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"


def period(start: date, end: date) -> str:
    return day(start) if start == end else f"from {day(start)} to {day(end)}"


def units(count: int) -> str:
    return f"{count:,} unit" if count == 1 else f"{count:,} units"


def listed(items: Sequence[str]) -> str:
    """``a, b and c``."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}"


_LINES: Final = {
    "신분당선": "Shinbundang Line",
    "수인분당선": "Suin-Bundang Line",
    "분당선": "Bundang Line",
    "수인선": "Suin Line",
    "경의중앙선": "Gyeongui-Jungang Line",
    "중앙선": "Jungang Line",
    "경부선": "Gyeongbu Line",
    "경인선": "Gyeongin Line",
    "경원선": "Gyeongwon Line",
    "경춘선": "Gyeongchun Line",
    "경강선": "Gyeonggang Line",
    "서해선": "Seohae Line",
    "안산선": "Ansan Line",
    "과천선": "Gwacheon Line",
    "일산선": "Ilsan Line",
    "장항선": "Janghang Line",
    "진접선": "Jinjeop Line",
    "별내선": "Byeollae Line",
    "하남선": "Hanam Line",
    "신림선": "Sillim Line",
    "우이신설선": "Ui-Sinseol Line",
    "의정부선": "Uijeongbu LRT",
    "의정부경전철": "Uijeongbu LRT",
    "에버라인": "EverLine",
    "에버라인선": "EverLine",
    "용인에버라인": "EverLine",
    "공항철도": "Airport Railroad (AREX)",
    "공항철도1호선": "Airport Railroad (AREX)",
    "김포골드라인": "Gimpo Goldline",
    "수도권 광역급행철도": "GTX",
    "GTX-A": "GTX-A",
}
_NUMBERED_LINE = re.compile(r"(인천)?\s*(\d+)호선")


def line(name: str) -> str:
    """``7호선`` → ``Line 7``, ``인천1호선`` → ``Incheon Line 1``; an unknown line keeps its Korean name."""
    if match := _NUMBERED_LINE.fullmatch(name):
        return f"{'Incheon ' if match[1] else ''}Line {match[2]}"
    return _LINES.get(name, name)


PARK_KINDS: Final[Mapping[str, str]] = {
    "근린공원": "neighbourhood park",
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
    "국가도시공원": "national urban park",
    "가로공원": "roadside park",
}

SCHOOL_LEVELS: Final[Mapping[str, str]] = {
    "초등학교": "elementary school",
    "중학교": "middle school",
    "고등학교": "high school",
}

SPECIAL_SUPPLY: Final[Mapping[str, str]] = {
    "다자녀가구": "multi-child families",
    "신혼부부": "newlyweds",
    "생애최초": "first-time buyers",
    "노부모부양": "those supporting elderly parents",
    "기관추천": "institutional recommendation",
    "기관추천기타": "other institutional recommendation",
    "이전기관": "relocated institutions",
}

# Facilities that parks are listed with; one that is not here is left out of the English sentence.
FACILITIES: Final[Mapping[str, str]] = {
    "산책로": "walking path",
    "등산로": "hiking trail",
    "둘레길": "circular trail",
    "자전거도로": "cycle path",
    "조합놀이대": "play structure",
    "어린이놀이터": "playground",
    "어린이놀이시설": "playground",
    "놀이터": "playground",
    "그네": "swings",
    "시소": "seesaw",
    "미끄럼틀": "slide",
    "모래사장": "sandpit",
    "체력단련시설": "exercise equipment",
    "체력단련기구": "exercise equipment",
    "운동기구": "exercise equipment",
    "운동시설": "sports facilities",
    "야외운동기구": "outdoor exercise equipment",
    "배드민턴장": "badminton court",
    "농구장": "basketball court",
    "족구장": "foot-volleyball court",
    "축구장": "football pitch",
    "테니스장": "tennis court",
    "게이트볼장": "gateball court",
    "인라인스케이트장": "inline-skating rink",
    "풋살장": "futsal pitch",
    "화장실": "toilets",
    "음수대": "drinking fountain",
    "쉼터": "rest area",
    "휴게소": "rest area",
    "벤치": "benches",
    "정자": "pavilion",
    "파고라": "pergola",
    "주차장": "car park",
    "매점": "kiosk",
    "야외무대": "outdoor stage",
    "야외공연장": "outdoor theatre",
    "도서관": "library",
    "분수": "fountain",
    "바닥분수": "floor fountain",
    "연못": "pond",
    "광장": "plaza",
    "잔디광장": "lawn",
    "물놀이장": "water playground",
}


def facilities(names: Sequence[str]) -> list[str]:
    """English names of those that have one, without repeating any."""
    return list(dict.fromkeys(FACILITIES[name] for name in names if name in FACILITIES))
