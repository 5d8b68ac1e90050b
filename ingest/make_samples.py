"""Derives the sample corpus from a folder of the public data: ``python -m ingest.make_samples DATA [OUT]``.

The sample is a selection of rows, in the same form and with the same headers, so that reading it is reading real data.
It holds facts and figures only: prose columns of Seoul's main parks are dropped and their facilities reduced to nouns.
The selection depends on nothing but the data: running it again gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import numpy as np

from ingest.enrich import distances
from ingest.sources.decoding import read_text
from ingest.sources.facilities import facilities
from ingest.sources.lines import clean_english
from ingest.sources.parks import FIRST_NUMBER

NOTICES = 212
PER_SEOUL_DISTRICT = 6
INCHEON = 26
NEAR_M = 2_000  # context further away than this from every sample site is left out
_WHOLE = frozenset({"금천구", "광명시"})  # every notice of these is in the sample

_SEOUL_DISTRICT = re.compile(r"서울(?:특별시|시)?\s+([가-힣]+구)(?![가-힣])")
_CITY = re.compile(r"(?:경기도?|인천(?:광역시|시)?)\s*([가-힣]{1,4}?[시군구])(?![가-힣])")
_MAIN_PARK_COLUMNS = ("공원명", "면적", "주요시설", "지역", "공원주소", "경도", "위도")
_LIBRARY_COLUMNS = ("도서관명", "시도명", "시군구명", "도서관유형", "열람좌석수", "위도", "경도")

Row = dict[str, str]
Site = tuple[float, float]


def main(arguments: list[str]) -> None:
    """Write the sample corpus below OUT (default: ``ingest/samples`` beside this file)."""
    data = Path(arguments[0])
    out = Path(arguments[1]) if len(arguments) > 1 else Path(__file__).parent / "samples"
    housing, context, glossary = data / "housing", data / "context", data / "glossary"
    coordinates = {row["주택관리번호"]: row for row in _rows(housing / "coordinates.csv")}
    notices = select(_rows(housing / "notices.csv"), coordinates)
    chosen = {row["주택관리번호"] for row in notices}
    sites = [
        (float(row["위도"]), float(row["경도"]))
        for key, row in coordinates.items()
        if key in chosen and row["정밀도"] == "address"
    ]

    _write(out / "housing/notices.csv", notices)
    for name in ("house_types", "competition", "winning_scores", "coordinates"):
        rows = _rows(housing / f"{name}.csv")
        _write(out / f"housing/{name}.csv", (row for row in rows if row["주택관리번호"] in chosen))
    near = near_any(sites)
    for name in ("parks", "schools", "seoul_stations"):
        _write(out / f"context/{name}.csv", (r for r in _rows(context / f"{name}.csv") if near(r["위도"], r["경도"])))
    libraries = (row for row in _rows(_libraries(data)) if near(row["위도"], row["경도"]))
    _write(out / "context/libraries.csv", ({name: row[name] for name in _LIBRARY_COLUMNS} for row in libraries))
    stations = _rows(context / "subway_stations.csv")
    _write(out / "context/subway_stations.csv", (row for row in stations if near(row["역위도"], row["역경도"])))
    main_parks = (row for row in _rows(context / "seoul_main_parks.csv") if near(row["위도"], row["경도"]))
    _write(out / "context/seoul_main_parks.csv", (main_park(row) for row in main_parks if row["공원명"]))
    _write(out / "glossary/districts.csv", _rows(glossary / "districts_ko_en_capital.csv"))
    terms = _rows(glossary / "stations_ko_en.csv")
    _write(out / "glossary/stations.csv", (row for row in terms if clean_english(row["en"])))


def select(notices: Iterable[Row], coordinates: Mapping[str, Row]) -> list[Row]:
    """All of 금천구 and 광명시, some of every other district of Seoul, then Incheon and Gyeonggi in turn by city.

    Within a place, sites known by their address come first, and newer notices before older ones.
    """

    def rank(row: Row) -> tuple[bool, int, str]:
        precise = coordinates.get(row["주택관리번호"], {}).get("정밀도") == "address"
        return not precise, -int(row["모집공고일"].replace("-", "")), row["주택관리번호"]

    places: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    everything = sorted(notices, key=rank)
    for row in everything:
        places[row["공급지역명"]][place_of(row)].append(row)
    chosen: list[Row] = []
    for region in places.values():
        for place in _WHOLE & region.keys():
            chosen += region.pop(place)
    for district in places["서울"].values():
        chosen += district[:PER_SEOUL_DISTRICT]
    chosen += _in_turn(places["인천"])[:INCHEON]
    chosen += _in_turn(places["경기"])[: NOTICES - len(chosen)]
    keys = {row["주택관리번호"] for row in chosen}
    return sorted((row for row in everything if row["주택관리번호"] in keys), key=lambda row: row["주택관리번호"])


def place_of(row: Row) -> str:
    """The district of Seoul, or the city, county or district elsewhere, that a notice's site is in."""
    pattern = _SEOUL_DISTRICT if row["공급지역명"] == "서울" else _CITY
    match = pattern.search(row["공급위치"])
    return match[1] if match else ""


def _in_turn(places: Mapping[str, list[Row]]) -> list[Row]:
    """The first of each place, then the second of each, and so on; places without a name last."""
    ordered = [places[name] for name in sorted(places, key=lambda name: (not name, name))]
    longest = max(map(len, ordered), default=0)
    return [rows[turn] for turn in range(longest) for rows in ordered if turn < len(rows)]


def near_any(sites: Iterable[Site]) -> Callable[[str, str], bool]:
    """Tells whether a coordinate, as text, is within ``NEAR_M`` metres of one of the sites."""
    points = np.radians(np.array(list(sites)).reshape(-1, 2))

    def near(latitude: str, longitude: str) -> bool:
        if not latitude or not longitude:
            return False
        return bool((distances(float(latitude), float(longitude), points) <= NEAR_M).any())

    return near


def main_park(row: Row) -> Row:
    """Name, area, facilities as nouns, district and coordinate; nothing else of what the source says of a park."""
    area = FIRST_NUMBER.search(row["면적"])
    kept = {column: row[column].strip() for column in _MAIN_PARK_COLUMNS}
    return kept | {"면적": f"{area[0]}㎡" if area else "", "주요시설": ", ".join(facilities(row["주요시설"]))}


def _libraries(data: Path) -> Path:
    """Among the context, or in the further data that lies beside it."""
    given = data / "context/libraries.csv"
    return given if given.exists() else data.parent / "more/context/libraries.csv"


def _rows(path: Path) -> list[Row]:
    return list(csv.DictReader(io.StringIO(read_text(path), newline="")))


def _write(path: Path, rows: Iterable[Row]) -> None:
    kept = list(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(kept[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)


if __name__ == "__main__":
    main(sys.argv[1:])
