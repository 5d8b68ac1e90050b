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
        ("해든마을 공원 옆 아파트 추천", "해든마을"),  # a tokenizer reads a verb and 마을
        ("푸른솔마을 근처 아파트", "푸른솔마을"),
        ("해든 마을 공원 옆 아파트", "해든 마을"),
        ("은하수 마을 근처 아파트", "은하수 마을"),
        ("공원 옆 아파트 달님지구에", "달님지구"),
        ("해든역 근처 아파트", "해든역"),
        ("해든마을이랑 가까운 공원 있는 아파트", "해든마을"),
        ("가온누리마을 6억 이하", "가온누리마을"),
        ("도담마을로 이사가고 싶은데 초등학교 가까운 아파트 추천해줘", "도담마을"),
        ("달빛무지개마을 쪽으로 알아보는 중인데 초등학교 가까운 아파트", "달빛무지개마을"),
        ("금천구 해든마을 공원 옆 아파트", "해든마을"),
        ("하안동 근처 공원 가까운 아파트", "하안동"),  # a neighbourhood that no notice is of
        ("물빛리 근처 대단지", "물빛리"),
        ("봄내 쪽 대단지", "봄내"),
        ("한아름 지구 1000세대 이상", "한아름 지구"),
        ("가온누리역에서 걸어서 10분 안쪽 아파트", "가온누리역"),
        ("달무리택지지구 아파트", "달무리택지지구"),  # 택지 is read as a condition, and the name before it by nothing
        ("달무리택지지구 학교 옆", "달무리택지지구"),
        ("솔모루마을 초등학교", "솔모루마을"),
        ("새빛들 쪽 1000세대 넘는 데", "새빛들"),
        ("인천 검단 아파트", "검단"),
        ("서울이나 부산 아파트", "부산"),  # of a place that is known to be elsewhere
        ("새별신도시가 좋다던데요. 거기 공원 가까운 아파트 추천해줘", "새별신도시"),
        ("I heard good things about Saebyeol New Town. Could you recommend homes there?", "Saebyeol New Town"),
        ("homes near Bluewater Station", "Bluewater Station"),
        ("apartments around Times Square", "Times Square"),
        ("Are there apartments around Times Square near an elementary school?", "Times Square"),
        ("I'm moving to Bluewater. Which apartments are near a park?", "Bluewater"),
        ("cheap flats in Camden Town", "Camden Town"),
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
        "이 지역 공원 가까운 아파트",
        "이 동네에서 공원 가까운 아파트",
        "우리 마을 근처 아파트",
        "우리동네 근처 아파트",
        "조용한 동네 아파트 추천",
        "살기 좋은 마을 초등학교 가까운 아파트",
        "새로 생긴 신도시 공원 가까운 아파트",
        "지하철역 가까운 아파트",
        "환승역 가까운 아파트",
        "역 근처 아파트",
        "비규제지역 아파트",
        "공원 근처 아파트",
        "회사 근처 공원 가까운 아파트",
        "시장 근처 아파트",
        "저렴한 쪽으로 아파트 추천",
        "가까운 쪽 84타입 아파트",
        "사는 곳 근처 1000세대 이상 아파트",
        "해든마을 말고 공원 가까운 아파트",
        "철산역 근처 아파트",
        "남편 직장이 해든마을인데 공원 가까운 아파트 추천해줘",
        "homes near Park",
        "homes near Elementary School",
        "apartments in Korea near a school",
        "apartments in South Korea near a school",
        "We visited Bluewater. Are there apartments near a park?",
        "서울 말고 경기 아파트",
        "부산 말고 서울 아파트",
        "부산에서 살다가 서울로 이사가는데 아파트 추천해줘",
        "서울에서 광명으로 이사가는데 아파트 추천해줘",
        "Apartments Near A Park In Seoul",
        "HOMES NEAR A PARK IN SEOUL",
        "apartments at the Lowest Price near Schools",
        "My parents live in Geumcheon-gu, so I want apartments in Geumcheon-gu",
        "My husband works in Osaka, homes near a park?",
        "we live in Bluewater. Apartments near a subway station",
        "cheap large complexes near a subway station",
    ],
)
def test_what_is_read_or_said_in_passing_is_none(text: str) -> None:
    assert not places(text)


@pytest.mark.parametrize(
    ("text", "sidos"),
    [
        ("서울 살다가 세종시로 이사가는데 세종 아파트 추천해줘", ("세종",)),
        ("서울에서 쭉 살았는데요 내년 3월에 세종시로 발령이 났어요 거기 괜찮은 데 추천해줘", ("세종",)),
        ("I'm moving from Seoul to Sejong, homes in Sejong", ("Sejong",)),
        ("부산 말고 서울 아파트", ("서울특별시",)),
    ],
)
def test_who_leaves_a_known_place_asks_for_homes_where_they_go(text: str, sidos: tuple[str, ...]) -> None:
    assert read(text, vocabulary(), tokenizer().tagged, date(2026, 11, 1)).filters.sidos == sidos
