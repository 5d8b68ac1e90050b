"""Fixed terms in plain English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

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
