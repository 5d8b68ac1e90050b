"""A place that nothing knows is noticed where homes are looked for, and not in what somebody says before they ask."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.understanding import read
from vocabularies import tokenizer, vocabulary


def places(text: str) -> set[str]:
    understood = read(text, vocabulary(), tokenizer().tagged, date(2026, 11, 1))
    return {left.word for left in understood.unmatched if left.place}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("별빛지구 초등학교 가까운 아파트", "별빛지구"),
        ("송도 말고 청라 쪽 지하철 가까운 아파트", "청라"),
        ("송도 6억 이하 아파트", "송도"),
        ("도쿄에서 역 가까운 아파트 찾아줘", "도쿄"),
        ("달맞이신도시 84타입 8억 이하 아파트 있어?", "달맞이신도시"),
        ("햇살마을 근처 공원 있는 아파트", "햇살마을"),
        ("물안개역 가까운 아파트", "물안개역"),
        ("homes near a park in Bluewater district", "Bluewater district"),
        ("cheapest 84 sqm apartment in Moonlight New Town", "Moonlight New Town"),
        ("apartments near a station in Osaka", "Osaka"),
    ],
)
def test_an_unread_place_is_noticed(text: str, place: str) -> None:
    assert places(text) == {place}


@pytest.mark.parametrize(
    "text",
    [
        "금천구에서 공원 가까운 아파트",
        "초등학교 가까운 아파트 찾아줘",
        "아이가 둘이라 초등학교 가까운 1000세대 이상 아파트",
        "반려견이랑 산책하기 좋은 공원 옆 아파트",
        "남편 직장이 판교인데 공원 가까운 아파트 추천해줘",
        "도쿄 말고 공원 가까운 아파트",
        "My husband works in Osaka, homes near a park?",
        "we live in Bluewater. Apartments near a subway station",
        "cheap large complexes near a subway station",
    ],
)
def test_what_is_read_or_said_in_passing_is_none(text: str) -> None:
    assert not places(text)
