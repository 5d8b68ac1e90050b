"""Names of railway lines and stations, as passengers say them rather than as the track is owned.

The public data name tracks (경인선, 안산선); a person asks for 1호선 or 4호선. A line of another city keeps its city
(부산1호선), so that it never matches a question about the capital's 1호선.
"""

from __future__ import annotations

import re
from pathlib import Path

import yaml

_SERVICES: dict[str, str] = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
# These stations lie on the 경원선 track, but trains of 경의중앙선 serve them.
_JUNGANG_ON_GYEONGWON = frozenset({"이촌", "서빙고", "한남", "옥수", "응봉", "왕십리", "청량리"})
_CITY_LINE = re.compile(r"(서울|인천|부산|대구|대전|광주)\s?(?:도시철도|지하철)\s?([0-9]+호선)")
_SUBTITLE = re.compile(r"\([^)]*\)")
_QUOTES = re.compile("['`’‘]+")
_PARENTHESES = re.compile(r"\s*\([^)]*\)")  # how a digit is said, or a subtitle: Euljiro 3(sam)-ga
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ACRONYMS = frozenset({"BEXCO"})
_SMALL_WORDS = frozenset({"at", "of", "and", "for", "the"})


def line_name(source: str, station: str) -> str:
    """``인천지하철 1호선`` → ``인천1호선``; ``서울 도시철도 7호선`` and ``7호선(인천)`` → ``7호선``."""
    name = _SUBTITLE.sub("", source).strip()
    if name == "경원선" and station in _JUNGANG_ON_GYEONGWON:
        return "경의중앙선"
    city = _CITY_LINE.fullmatch(name)
    if city:
        return city[2] if city[1] == "서울" else city[1] + city[2]
    return _SERVICES.get(name, name)


def station_name(source: str) -> str:
    """Without subtitle and without 역: ``사우(김포시청)역`` → ``사우``, ``서울역(경의선)`` → ``서울``."""
    name = re.sub(r"\s+", "", _SUBTITLE.sub("", source))
    name = re.sub(r"(?<=[가-힣])[.\-](?=[가-힣])", "·", name)  # 시청.용인대 and 시청-용인대 are one station
    return name[:-1] if name.endswith("역") and len(name) > 1 else name


def clean_english(name: str) -> str:
    """``Sungshin Women`s Univ.`` → ``Sungshin Women's Univ.``; ``KANGNAM UNIV`` → ``Kangnam Univ``.

    Empty where the source cut the name off (``Int''''''``): a romanised name is better than half a name.
    """
    name = " ".join(_PARENTHESES.sub("", _QUOTES.sub("'", name)).split())
    if name.endswith("'"):
        return ""
    if name.isupper() and len(name) > 3 and name not in _ACRONYMS:
        name = name.title()
    words = (word if word in _SMALL_WORDS else word[:1].upper() + word[1:] for word in name.split())
    name = _CAMEL.sub(" ", " ".join(words)).replace("-Gu ", "-gu ").replace("'S ", "'s ")
    return re.sub(r"\s+(?:sta\.|station)$", "", name, flags=re.IGNORECASE)
