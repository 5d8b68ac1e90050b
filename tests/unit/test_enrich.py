"""Nearby places: distances, choice of parks, merging of listings; and what an address says."""

from __future__ import annotations

import math
from typing import Literal

import pytest

from assistant.domain import Nearby
from ingest.address import Address, parse_address
from ingest.enrich import Surroundings, is_for_walking, merge_parks, park_name, station_name, walking_minutes
from ingest.records import Coordinate, Park, Place, School, Station
from made_notice import Records

HERE = (37.4700, 126.8950)
DEGREE_M = 6_371_008.8 * math.pi / 180  # metres per degree of latitude


def north(metres: float) -> tuple[float, float]:
    return HERE[0] + metres / DEGREE_M, HERE[1]


def park(
    name: str,
    metres: float,
    kind: str = "어린이공원",
    area: float | None = 1_500,
    facilities: tuple[str, ...] = (),
    trail: bool = False,
) -> Park:
    return Park(name, kind, "", *north(metres), area, facilities, trail)


def station(name: str, line: str, metres: float, name_en: str = "") -> Station:
    return Station(name, line, *north(metres), name_en)


def nearby(
    *,
    parks: tuple[Park, ...] = (),
    stations: tuple[Station, ...] = (),
    schools: tuple[School, ...] = (),
    places: tuple[Place, ...] = (),
    precision: Literal["address", "dong_centroid", "sigungu_centroid"] = "address",
) -> list[Nearby]:
    records = Records((), parks=parks, stations=stations, schools=schools, places=places)
    surroundings = Surroundings(records, lambda ko, kind: f"{kind}:{ko}")
    return list(surroundings.nearby(Coordinate("1", *HERE, precision)))


def test_distance_is_great_circle_metres() -> None:
    # 0.01 degrees of longitude at this latitude, by the plane approximation, which is good to a metre here.
    east = Park("동쪽", "근린공원", "", HERE[0], HERE[1] + 0.01, 20_000, ())
    (found,) = nearby(parks=(east,))
    assert found.distance == pytest.approx(0.01 * DEGREE_M * math.cos(math.radians(HERE[0])), abs=1)


@pytest.mark.parametrize("precision", ["dong_centroid", "sigungu_centroid"])
def test_a_centroid_says_nothing_about_distance(precision: Literal["dong_centroid", "sigungu_centroid"]) -> None:
    assert nearby(parks=(park("가까운", 10),), stations=(station("독산", "1호선", 10),), precision=precision) == []


def test_no_coordinate_no_distance() -> None:
    assert Surroundings(Records((), parks=(park("가까운", 10),)), lambda ko, _: ko).nearby(None) == ()


@pytest.mark.parametrize(("metres", "minutes"), [(0, 1), (51, 1), (52, 2), (320, 7), (1_000, 20)])
def test_walking_is_estimated_upwards(metres: int, minutes: int) -> None:
    assert walking_minutes(metres) == minutes


def test_nearest_three_parks_within_the_limit() -> None:
    found = nearby(parks=tuple(park(f"{m}", m, kind="근린공원") for m in (1_600, 900, 100, 500, 300)))
    assert [one.distance for one in found] == [100, 300, 500]


def test_a_park_to_walk_in_is_never_hidden_by_playgrounds() -> None:
    playgrounds = tuple(park(f"놀이{m}", m) for m in (100, 200, 300, 400))
    found = nearby(parks=(*playgrounds, park("안양천", 1_200, "근린공원", 50_000), park("먼숲", 1_400, "근린공원")))
    assert [one.name_ko for one in found] == ["놀이100어린이공원", "놀이200어린이공원", "안양천근린공원"]


@pytest.mark.parametrize(
    ("place", "walkable"),
    [
        (park("a", 1, "근린공원", None), True),
        (park("a", 1, "어린이공원", 9_999), False),
        (park("a", 1, "어린이공원", 10_000), True),
        (park("a", 1, "소공원", 500, ("산책로",), trail=True), True),
    ],
)
def test_what_makes_a_park_good_for_walking(place: Park, walkable: bool) -> None:
    assert is_for_walking(place) is walkable


def test_two_listings_of_one_park_become_one_with_all_that_is_known() -> None:
    listed = park("독산자연공원", 300, "근린공원", 7_650, ("화장실",))
    main = Park("독산자연공원", "주요공원", "", *north(400), 8_000, ("산책로",), True)
    (merged,) = merge_parks([listed, main])
    assert (merged.kind, merged.area, merged.facilities, merged.trail) == (
        "근린공원",
        8_000,
        ("화장실", "산책로"),
        True,
    )
    assert (merged.latitude, merged.longitude) == north(300)


def test_same_name_far_apart_or_of_another_kind_stays_two_parks() -> None:
    assert len(merge_parks([park("무지개", 0), park("무지개", 3_000)])) == 2
    assert len(merge_parks([park("무지개공원", 0, "근린공원"), park("무지개공원", 100, "어린이공원")])) == 2


def test_a_coordinate_that_many_parks_share_is_a_placeholder() -> None:
    assert merge_parks([park("가람", 50), park("나루", 50), park("다솜", 50)]) == []
    assert len(merge_parks([park("가람", 50), park("나루", 50)])) == 2


@pytest.mark.parametrize(
    ("name", "kind", "expected"),
    [
        ("무지개", "어린이공원", "무지개어린이공원"),
        ("중앙공원", "근린공원", "중앙공원"),
        ("어린이공원 160호", "어린이공원", "어린이공원 160호"),
        ("서울숲", "주요공원", "서울숲"),
        ("한마당", "기타", "한마당"),
        ("창5동", "기타", "창5동 공원"),
    ],
)
def test_park_name_as_people_say_it(name: str, kind: str, expected: str) -> None:
    assert park_name(park(name, 1, kind)) == expected


def test_a_station_on_two_lines_is_one_place() -> None:
    found = nearby(
        stations=(
            station("가산디지털단지", "7호선", 500, "Gasan Digital Complex"),
            station("가산디지털단지", "1호선", 450),
            station("독산", "1호선", 800, "Doksan"),
            station("철산", "7호선", 1_900),
            station("남구로", "7호선", 1_950),
            station("구로", "1호선", 2_100),
        )
    )
    assert [(one.name_ko, one.distance) for one in found] == [
        ("가산디지털단지역", 450),
        ("독산역", 800),
        ("철산역", 1_900),
    ]
    assert set(found[0].lines) == {"1호선", "7호선"}
    assert found[1].name_en == "Doksan"
    assert found[2].name_en == "station:철산"


def test_station_name_has_one_yeok() -> None:
    assert station_name("서울역") == "서울역"
    assert station_name("총신대입구(이수)") == "총신대입구역"


def test_nearest_school_of_each_level() -> None:
    levels: tuple[Literal["초등학교", "중학교", "고등학교"], ...] = ("초등학교", "초등학교", "중학교", "고등학교")
    schools = tuple(
        School(f"{m}{level}", level, *north(m)) for m, level in zip((900, 200, 400, 1_600), levels, strict=True)
    )
    assert [one.name_ko for one in nearby(schools=schools)] == ["200초등학교", "400중학교"]


@pytest.mark.parametrize(
    ("text", "region", "expected"),
    [
        ("서울특별시 금천구 독산동 234-72 일원", "서울", Address("서울특별시", "금천구", "독산동")),
        ("경기도 수원시 장안구 정자동 1", "경기", Address("경기도", "수원시 장안구", "정자동")),
        ("경기도 광명시 광명5동 275-3번지 일원", "경기", Address("경기도", "광명시", "광명동")),
        ("서울특별시 구로구 오리로7길 4(오류동)", "서울", Address("서울특별시", "구로구", "오류동")),
        ("인천광역시 계양구 효성동123-30번지 일원", "인천", Address("인천광역시", "계양구", "효성동")),
        ("경기도 용인시 수지구 죽전동 산27-1번지", "경기", Address("경기도", "용인시 수지구", "죽전동")),
        (
            "경기도 용인고림지구 H5BL(경기도 용인시 처인구 고림동 646-2)",
            "경기",
            Address("경기도", "용인시 처인구", "고림동"),
        ),
        ("경기도 남양주시 진접읍 진건읍 퇴계원읍 일원", "경기", Address("경기도", "남양주시", "진접읍")),
        ("경기도 의왕시 초평동삼동 일원", "경기", Address("경기도", "의왕시", "초평동")),
        ("서울특별시 영등포구 영등포동5가 32-8번지", "서울", Address("서울특별시", "영등포구", "영등포동5가")),
        ("평택시 고덕 국제화계획지구 A-49블록", "경기", Address("경기도", "평택시", "")),
        ("오산세교2지구 A2블록", "경기", Address("경기도", "오산시", "")),
        ("경기도 평택시 가재지구 도시개발사업 공동 1BL", "경기", Address("경기도", "평택시", "")),
        ("인천광역시 연수구 인천타워대로 323 (송도동)", "인천", Address("인천광역시", "연수구", "송도동")),
        ("수도권 소재 국민임대주택", "경기", Address("경기도", "", "")),
    ],
)
def test_address_parts(text: str, region: str, expected: Address) -> None:
    assert parse_address(text, region) == expected


def test_the_name_tells_the_city_that_an_address_leaves_out() -> None:
    assert parse_address("장항지구 A-5블록", "경기", "고양장항 A-5블록 신혼희망타운").sigungu == "고양시"
