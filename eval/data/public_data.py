"""The sample corpus as the CSV files have it, read with ``csv`` alone.

Gold comes from here. Nothing of ``assistant`` or ``ingest`` is used, so that a fault of theirs cannot hide in the gold.
"""

from __future__ import annotations

import csv
import math
import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

SAMPLES = Path(__file__).parents[2] / "ingest" / "samples"
EARTH_RADIUS = 6_371_000.0
SAME_STATION = 800  # metres; further apart, stations of one name are two stations (신촌역)

Row = dict[str, str]


@cache
def table(name: str, folder: Path = SAMPLES) -> tuple[Row, ...]:
    """All rows of a table, e.g. ``housing/notices``, of the sample corpus or of a folder with the same tables."""
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def _by_notice(name: str) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in table(name):
        rows[row["주택관리번호"]].append(row)
    return dict(rows)


def rows_of(name: str, notice_id: str) -> list[Row]:
    """Rows of a housing table that belong to one notice."""
    return _by_notice(f"housing/{name}").get(notice_id, [])


def notice(notice_id: str) -> Row:
    """The notice of this 주택관리번호.

    Raises:
        ValueError: the corpus has no such notice.
    """
    found = rows_of("notices", notice_id)
    if not found:
        raise ValueError(f"the sample corpus has no notice {notice_id}")
    return found[0]


def area_of(label: str) -> float:
    """Exclusive area in ㎡ of a 주택형: ``084.9800A`` is 84.98."""
    match = re.match(r"\d+(?:\.\d+)?", label)
    if match is None:
        raise ValueError(f"{label!r} is no 주택형")
    return float(match.group())


def distance(from_: tuple[float, float], to: tuple[float, float]) -> float:
    """Great-circle metres between two ``(latitude, longitude)`` in degrees (haversine)."""
    (lat1, lon1), (lat2, lon2) = ((math.radians(a), math.radians(b)) for a, b in (from_, to))
    a = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS * math.asin(math.sqrt(a))


def site(notice_id: str) -> tuple[float, float] | None:
    """Where a notice's address is; None where the coordinate is only a district's centre."""
    found = rows_of("coordinates", notice_id)
    if not found or found[0]["정밀도"] != "address":
        return None
    return float(found[0]["위도"]), float(found[0]["경도"])


@dataclass(frozen=True)
class Place:
    """A park, station, school or library: ``kind`` is its own, a station's line or a school's level; area in ㎡."""

    name: str
    kind: str
    point: tuple[float, float]
    english: str = ""
    area: float = 0.0


def _places(name: str, prefix: str = "") -> Iterator[tuple[Row, tuple[float, float]]]:
    """The rows of a table of places that have a position, with it; ``prefix`` of the names of its two columns."""
    for row in table(f"context/{name}"):
        if row[f"{prefix}위도"] and row[f"{prefix}경도"]:
            yield row, (float(row[f"{prefix}위도"]), float(row[f"{prefix}경도"]))


def _latitude(place: Place) -> float:
    return place.point[0]


def _southernmost_first(places: Iterable[Place]) -> tuple[Place, ...]:
    return tuple(sorted(places, key=_latitude))


def _bare(station: str) -> str:
    return re.sub(r"\(.*?\)|\s", "", station).removesuffix("역")


@cache
def stations() -> tuple[Place, ...]:
    """Both station tables; one station stands in it once per line and table."""
    older = [
        Place(_bare(row["역사명"]), row["노선명"], point, row["영문역사명"].strip())
        for row, point in _places("subway_stations", prefix="역")
    ]
    newer = [Place(_bare(row["역사명"]), row["호선"], point) for row, point in _places("seoul_stations")]
    return _southernmost_first((*older, *newer))


@cache
def schools() -> tuple[Place, ...]:
    return _southernmost_first(
        Place(row["학교명"], row["학교급구분"], point) for row, point in _places("schools") if row["운영상태"] == "운영"
    )


@cache
def parks() -> tuple[Place, ...]:
    listed = [
        Place(row["공원명"], row["공원구분"], point, area=float(row["공원면적"] or 0))
        for row, point in _places("parks")
    ]
    main = [
        Place(row["공원명"], "주요공원", point, area=float(re.sub(r"[^\d.]", "", row["면적"]) or 0))
        for row, point in _places("seoul_main_parks")
    ]
    return _southernmost_first((*listed, *main))


@cache
def libraries() -> tuple[Place, ...]:
    """Libraries with a position, without brackets in their names; one named as for children is of that kind."""
    listed = [
        Place(re.sub(r"\s*\(.*?\)", "", row["도서관명"]), row["도서관유형"], point)
        for row, point in _places("libraries")
    ]
    named = re.compile(r"어린이(영어)?도서관$")
    return _southernmost_first(
        replace(one, kind="어린이도서관") if named.search(one.name.replace(" ", "")) else one for one in listed
    )


def near(notice_id: str, places: tuple[Place, ...], within: float) -> list[tuple[float, Place]]:
    """Places within ``within`` metres of a notice's address, nearest first; empty where the address is not known.

    ``places``: southernmost first, as the functions above give them.
    """
    here = site(notice_id)
    if here is None:
        return []
    # Nothing is nearer than its difference in latitude (a degree is 111.2 km): most places need no haversine.
    band = within / 111_000
    first = bisect_left(places, here[0] - band, key=_latitude)
    last = bisect_right(places, here[0] + band, key=_latitude)
    found = ((distance(here, place.point), place) for place in places[first:last])
    return sorted((pair for pair in found if pair[0] <= within), key=lambda pair: pair[0])
