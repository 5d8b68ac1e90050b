"""Facilities named in a park's description, reduced to a fixed vocabulary so that they can be said in two languages."""

from __future__ import annotations

import re

# Facility in the source's words → the noun it is listed as. Order is the order in which facilities are listed:
# what people ask about first. English names are in ingest/common_words.csv.
FACILITIES: dict[str, str] = {
    r"산\s?책\s?로|산책길|산책등산로": "산책로",
    r"둘레길": "둘레길",
    r"탐방로": "탐방로",
    r"등산로": "등산로",
    r"조깅|트림코스|트랙": "조깅코스",
    r"숲길|오솔길|자락길": "숲길",
    r"황토길|황톳길|맨발길": "황톳길",
    r"호수|저수지": "호수",
    r"연못": "연못",
    r"생태습지|습지원|생태연못": "습지",
    r"잔디광장|잔디마당": "잔디광장",
    r"식물원|수목원": "식물원",
    r"유아숲": "유아숲체험원",
    r"캠핑장|캠 핑 장": "캠핑장",
    r"전망대|전망데크": "전망대",
    r"조합놀이대|어린이\s?놀이터|어린이놀이시설|놀이터|놀이시설": "놀이터",
    r"물놀이": "물놀이장",
    r"바닥분수": "바닥분수",
    r"(?<!바닥)분수": "분수",
    r"배드민턴": "배드민턴장",
    r"농구장|농구대": "농구장",
    r"테니스장": "테니스장",
    r"축구장": "축구장",
    r"풋살": "풋살장",
    r"족구장": "족구장",
    r"배구장": "배구장",
    r"야구장": "야구장",
    r"게이트볼": "게이트볼장",
    r"파크골프": "파크골프장",
    r"인라인": "인라인스케이트장",
    r"수영장": "수영장",
    r"다목적운동장|다목적구장": "다목적운동장",
    r"체육관|체육센터": "체육관",
    r"운동기구|체력단련|헬스|운동시설|체육시설": "운동기구",
    r"약수터": "약수터",
    r"야외무대|야외공연장|공연장": "야외무대",
    r"도서관": "도서관",
    r"미술관": "미술관",
    r"박물관": "박물관",
    r"정자|팔각정": "정자",
    r"파고라|그늘시렁": "파고라",
    r"화장실": "화장실",
    r"음수대|음수전": "음수대",
    r"주차장": "주차장",
}
TRAILS = frozenset({"산책로", "둘레길", "탐방로", "등산로", "조깅코스", "숲길", "황톳길"})

_PATTERNS = tuple((re.compile(pattern), noun) for pattern, noun in FACILITIES.items())


def facilities(*descriptions: str) -> tuple[str, ...]:
    """The facilities that any of the texts names, each once, in the order of ``FACILITIES``."""
    text = " ".join(descriptions)
    return tuple(dict.fromkeys(noun for pattern, noun in _PATTERNS if pattern.search(text)))


def has_trail(names: tuple[str, ...]) -> bool:
    """Whether a walking path is among these facilities."""
    return not TRAILS.isdisjoint(names)
