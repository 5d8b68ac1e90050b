"""The administrative parts of a site's address, as a notice writes it by hand.

Notices leave out the province (``평택시 고덕 …``), run words together (``효성동123-30번지``), put the legal dong in
brackets after a road name (``오리로7길 4(오류동)``) or name three towns at once, of which the first is taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_SIDOS: Final = {"서울": "서울특별시", "인천": "인천광역시", "경기": "경기도"}
_SIDO = re.compile(r"(?<![가-힣])(서울|인천|경기)(?:특별시|광역시|도|시)?(?=\s|$)")
# Cities of Gyeonggi with districts of their own; the city's 시 is sometimes dropped (용인처인구).
_CITY_WITH_DISTRICTS = re.compile(
    r"(수원|성남|안양|부천|안산|고양|용인|화성)시?\s*(수지구|[가-힣]{1,3}(?<!지)구)(?![가-힣])"
)
_CITY = re.compile(r"(?<![가-힣])([가-힣]{2,4}시|[가-힣]{2}군)(?![가-힣])")
_DISTRICT = re.compile(r"(?<![가-힣])([가-힣]{1,4}(?<!지)구|[가-힣]{2}군)(?![가-힣])")
# Cities and counties of Gyeonggi, for addresses that run one into the site's name (오산세교2지구).
_GYEONGGI = re.compile(
    r"(?<![가-힣])(수원|성남|의정부|안양|부천|광명|평택|동두천|안산|고양|과천|구리|남양주|오산|시흥|군포|의왕|하남|용인|파주|이천|안성"
    r"|김포|화성|광주|양주|포천|여주|연천|가평|양평)"
)
_COUNTIES: Final = frozenset({"연천", "가평", "양평"})
# 독산동, 개포1동, 영등포동5가, 을지로4가, 진접읍, and the first of 초평동삼동; not 102동 (a building) or 공동주택.
_DONG = re.compile(
    r"(?<![가-힣0-9])([가-힣]{1,6}?)(?:[0-9]{0,2}(동)([0-9]가)?|(로[0-9]가)|(읍|면))"
    r"(?:(?![가-힣])|(?=[가-힣]{1,8}동(?![가-힣])))"
)
_NOT_A_DONG: Final = frozenset({"공동", "이동", "단동", "본동", "각동"})


@dataclass(frozen=True, slots=True)
class Address:
    """Parts of an address; empty where it does not say. ``sigungu`` keeps both levels: ``수원시 장안구``."""

    sido: str
    sigungu: str
    dong: str

    def __str__(self) -> str:
        return " ".join(part for part in (self.sido, self.sigungu, self.dong) if part)


def parse_address(text: str, region: str = "", name: str = "") -> Address:
    """Read ``text``; ``region`` (공급지역명: 서울, 경기, 인천) and the complex's name fill in what it leaves out."""
    found = _SIDO.search(text)
    sido = _SIDOS.get(found.group(1) if found else region.strip()[:2], "")
    rest = text[found.end() :] if found else text
    sigungu, end = _sigungu(rest, sido)
    if not sigungu and sido == "경기도" and (town := _GYEONGGI.search(rest) or _GYEONGGI.match(name)):
        sigungu = town.group(1) + ("군" if town.group(1) in _COUNTIES else "시")
    return Address(sido, sigungu, _dong(rest[end:]) or _dong(rest))


def _sigungu(text: str, sido: str) -> tuple[str, int]:
    """The city or district, and where it ends in ``text``."""
    if sido in ("서울특별시", "인천광역시"):
        match = _DISTRICT.search(text)
        return (match.group(1), match.end()) if match else ("", 0)
    if both := _CITY_WITH_DISTRICTS.search(text):
        return f"{both.group(1)}시 {both.group(2)}", both.end()
    if (city := _CITY.search(text)) and city.group(1) not in ("서울시", "인천시"):
        return city.group(1), city.end()
    return "", 0


def _dong(text: str) -> str:
    """The first 동, 읍 or 면. An administrative dong (개포1동) is given as its legal one (개포동)."""
    for stem, dong, street, road, town in _DONG.findall(text):
        name = f"{stem}{dong}{street}{road}{town}"
        if name not in _NOT_A_DONG:
            return str(name)
    return ""
