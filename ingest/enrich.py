"""What is around a complex: nearest parks, stations, schools and places of other kinds, with straight-line distance.

Distances are great-circle metres on a sphere. Walking time is an estimate from them, never a route: streets make a
way about 1.3 times as long as the straight line, and people walk about 67 m a minute (4 km/h). Only a coordinate of
the address itself says anything: from the centre of a dong or a city no distance is computed at all.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.domain import WALKING_KINDS, Nearby
from assistant.domain.attributes import PlaceKind
from assistant.kinds.housing.attributes import place_kinds
from ingest.records import Coordinate, Park, Place, School, Station

EARTH_RADIUS_M: Final = 6_371_008.8
DETOUR: Final = 1.3
WALKING_M_PER_MINUTE: Final = 67

PARKS: Final = 3  # and the largest for walking within WALKING_DISTANCE_M, where these leave it out
WALKING_DISTANCE_M: Final = 800
STATIONS: Final = 3
PLACES: Final = 3  # of any other kind, and the nearest of each of its categories

# The size from which a park of any kind is good for a walk.
WALKING_AREA_M2: Final = 10_000
# What the sources write where they do not say which kind a park is.
UNSPECIFIC_KINDS: Final = frozenset({"", "기타", "기타공원", "주요공원"})

# The same name this near is the same place listed twice; large parks and stations have several entrances.
SAME_PARK_M: Final = 700
SAME_STATION_M: Final = 800
# Nearer than this, one of the two coordinates is the other's: nothing is built on top of a school.
LEAST_DISTANCE_M: Final = 10
# A coordinate that this many different parks share is a placeholder (a city hall's), not where they are.
PLACEHOLDER_PARKS: Final = 3

P = TypeVar("P", Park, Station, School, Place)
Radians = NDArray[np.float64]
English = Callable[[str, str], str]  # (Korean name, kind) -> English name


def walking_minutes(distance: int) -> int:
    """Whole minutes on foot for straight-line metres, by estimate and rounded up."""
    return max(1, math.ceil(distance * DETOUR / WALKING_M_PER_MINUTE))


def distances(latitude: float, longitude: float, points: Radians) -> NDArray[np.float64]:
    """Great-circle metres from one WGS84 point to ``points``, shape ``(n, 2)``, latitude and longitude in radians."""
    here = math.radians(latitude)
    half_chord = (
        np.sin((points[:, 0] - here) / 2) ** 2
        + math.cos(here) * np.cos(points[:, 0]) * np.sin((points[:, 1] - math.radians(longitude)) / 2) ** 2
    )
    metres: NDArray[np.float64] = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(half_chord))
    return metres


@dataclass(frozen=True)
class Map(Generic[P]):
    """Places of one kind and where they are."""

    places: Sequence[P]
    points: Radians

    @classmethod
    def of(cls, places: Iterable[P]) -> Map[P]:
        kept = list(places)
        degrees = np.array([(place.latitude, place.longitude) for place in kept], dtype=np.float64)
        return cls(kept, np.radians(degrees.reshape(-1, 2)))

    def within(self, latitude: float, longitude: float, limit: float) -> list[tuple[int, P]]:
        """Places within ``limit`` metres and not on the spot, nearest first, each with its distance in whole metres."""
        if not self.places:
            return []
        found = distances(latitude, longitude, self.points)
        near = np.flatnonzero((found >= LEAST_DISTANCE_M) & (found <= limit))
        ordered = near[np.argsort(found[near], kind="stable")]
        return [(round(float(found[i])), self.places[i]) for i in ordered]


@dataclass(frozen=True, slots=True)
class NearbyPlace(Nearby):
    """What is said of a place of a kind without code of its own, and stored in the sentence alone."""

    seats: int | None = None


class Records(Protocol):
    """The places that there are."""

    @property
    def parks(self) -> Sequence[Park]: ...
    @property
    def stations(self) -> Sequence[Station]: ...
    @property
    def schools(self) -> Sequence[School]: ...
    @property
    def places(self) -> Sequence[Place]: ...


class Surroundings:
    """Looks up what is near a coordinate. Build it once for all notices. ``kinds`` are the declared ones that have
    places here and no code of their own.
    """

    def __init__(self, records: Records, english: English) -> None:
        self._parks = Map.of(merge_parks(records.parks))
        self._stations = Map.of(records.stations)
        self._schools = Map.of(records.schools)
        given = {place.kind for place in records.places}
        self.kinds = tuple(kind for key, kind in place_kinds().items() if key in given)
        self._places = {
            kind.key: Map.of(place for place in records.places if place.kind == kind.key) for kind in self.kinds
        }
        self._english = english

    def nearby(self, coordinate: Coordinate | None) -> tuple[Nearby, ...]:
        """Parks, stations, schools, then other kinds, each nearest first; nothing unless the coordinate is of the
        address.
        """
        if coordinate is None or coordinate.precision != "address":
            return ()
        here = coordinate.latitude, coordinate.longitude
        limits = {key: kind.limit for key, kind in place_kinds().items()}
        others = (self._nearest(kind, self._places[kind.key].within(*here, kind.limit)) for kind in self.kinds)
        return (
            *self._nearest_parks(self._parks.within(*here, limits["park"])),
            *self._nearest_stations(self._stations.within(*here, limits["station"])),
            *self._nearest_schools(self._schools.within(*here, limits["school"])),
            *(near for of_kind in others for near in of_kind),
        )

    def _nearest_parks(self, found: Sequence[tuple[int, Park]]) -> list[Nearby]:
        chosen = list(found[:PARKS])
        if not any(is_for_walking(park) for _, park in chosen):
            # People ask for parks to walk in; three playgrounds must not hide the one that is.
            walking = next((pair for pair in found[PARKS:] if is_for_walking(pair[1])), None)
            if walking is not None:
                chosen[-1] = walking
        # A large park a little farther off is what people walk to, whatever small ones lie before it.
        largest = max(
            (pair for pair in found if is_for_walking(pair[1]) and pair[0] <= WALKING_DISTANCE_M),
            key=lambda pair: pair[1].area or 0,
            default=None,
        )
        if largest and largest not in chosen and (largest[1].area or 0) > max(park.area or 0 for _, park in chosen):
            chosen.append(largest)
        return [
            Nearby(
                kind="park",
                name_ko=(name := park_name(park)),
                name_en=self._english(name, "park"),
                distance=distance,
                category=park.kind,
                area=park.area or None,
                facilities=park.facilities,
                trail=park.trail,
            )
            for distance, park in chosen
        ]

    def _nearest_stations(self, found: Sequence[tuple[int, Station]]) -> list[Nearby]:
        merged: dict[str, Nearby] = {}
        for distance, station in found:
            key = station_key(station.name)
            known = merged.get(key)
            if known is None:
                if len(merged) == STATIONS:
                    continue
                name_en = station.name_en or self._english(station.name, "station")
                merged[key] = Nearby("station", station_name(station.name), name_en, distance, lines=(station.line,))
            elif distance - known.distance <= SAME_STATION_M:
                lines = known.lines if station.line in known.lines else (*known.lines, station.line)
                # One table has the English name, the other the newer lines.
                name_en = known.name_en or station.name_en
                merged[key] = replace(known, lines=lines, name_en=name_en)
        return [replace(station, lines=tuple(sorted(station.lines))) for station in merged.values()]

    def _nearest_schools(self, found: Sequence[tuple[int, School]]) -> list[Nearby]:
        nearest: dict[str, Nearby] = {}
        for distance, school in found:
            if school.level not in nearest:
                name_en = self._english(school.name, "school")
                nearest[school.level] = Nearby("school", school.name, name_en, distance, category=school.level)
        return list(nearest.values())

    def _nearest(self, kind: PlaceKind, found: Sequence[tuple[int, Place]]) -> Iterator[Nearby]:
        names: set[str] = set()
        categories: set[str] = set()
        for distance, place in found:
            first = place.category in kind.categories and place.category not in categories
            if place.name in names or not (first or len(names) < PLACES):
                continue
            names.add(place.name)
            categories.add(place.category)
            yield NearbyPlace(
                kind=kind.key,
                name_ko=place.name,
                name_en=self._english(place.name, kind.key),
                distance=distance,
                category=place.category,
                area=place.area,
                seats=place.seats,
            )


def is_for_walking(place: Park | Nearby) -> bool:
    """Whether a park is good for a walk as far as the data says: its kind, its size, or a path it is known to have."""
    kind = place.kind if isinstance(place, Park) else place.category
    return place.trail or kind in WALKING_KINDS or (place.area or 0) >= WALKING_AREA_M2


_PARK_WORDS = ("공원", "숲", "광장", "마당", "정원", "유원지", "둘레길", "산책로", "생태원", "수목원")


def park_name(park: Park) -> str:
    """The name as people would say it: ``무지개`` of kind 어린이공원 is ``무지개어린이공원``."""
    name = park.name.strip()
    if name.endswith((*_PARK_WORDS, ")")) or (park.kind and park.kind in name):
        return name
    unspecific = park.kind in UNSPECIFIC_KINDS or not park.kind.endswith("공원")
    return f"{name} 공원" if unspecific else name + park.kind


def park_key(name: str) -> str:
    """What two listings of one park share: no spaces, brackets, or the word for park."""
    bare = re.sub(r"\([^)]*\)|\s", "", name) or name
    return re.sub(r"(근린|어린이|도시자연|시민|체육|문화|역사|수변|생태|소)?공원$", "", bare) or bare


def station_key(name: str) -> str:
    """What the same station's listings share: no bracketed by-name, no trailing 역."""
    return station_name(name).removesuffix("역")


def station_name(name: str) -> str:
    """``총신대입구(이수)`` → ``총신대입구역``."""
    bare = re.sub(r"\s*\([^)]*\)", "", name).strip() or name
    return bare if bare.endswith("역") and bare != "역" else bare + "역"


def merge_parks(parks: Iterable[Park]) -> list[Park]:
    """One record per park: listings of the same name close together become one, placeholder coordinates go."""
    listed = [park for park in parks if park.name.strip()]
    names_at: dict[tuple[float, float], set[str]] = {}
    for park in listed:
        names_at.setdefault((park.latitude, park.longitude), set()).add(park_key(park.name))
    by_key: dict[str, list[Park]] = {}
    for park in listed:
        if len(names_at[park.latitude, park.longitude]) >= PLACEHOLDER_PARKS:
            continue
        same = by_key.setdefault(park_key(park.name), [])
        for i, known in enumerate(same):
            if _same_kind(known, park) and _apart(known, park) <= SAME_PARK_M:
                same[i] = _merged(known, park)
                break
        else:
            same.append(park)
    return [park for same in by_key.values() for park in same]


def _same_kind(a: Park, b: Park) -> bool:
    """Whether two kinds can be one park's: 무지개어린이공원 and 무지개근린공원 are two, an unsaid kind can be any."""
    return a.kind == b.kind or a.kind in UNSPECIFIC_KINDS or b.kind in UNSPECIFIC_KINDS


def _apart(a: Park, b: Park) -> float:
    point = np.radians(np.array([[b.latitude, b.longitude]], dtype=np.float64))
    return float(distances(a.latitude, a.longitude, point)[0])


def _merged(a: Park, b: Park) -> Park:
    """Both listings' knowledge. The coordinate stays the first's: a mean would be a place that nobody surveyed."""
    return replace(
        a,
        name=a.name if len(a.name) >= len(b.name) else b.name,
        kind=b.kind if a.kind in UNSPECIFIC_KINDS else a.kind,
        area=max(a.area or 0, b.area or 0) or None,
        facilities=tuple(dict.fromkeys((*a.facilities, *b.facilities))),
        trail=a.trail or b.trail,
    )
