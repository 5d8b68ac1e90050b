"""Where: the address, and the places around it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assistant.domain import Nearby
from assistant.domain.attributes import PlaceKind
from assistant.kinds.housing.attributes import place_kinds
from assistant.language.ko.writing import attach, number
from ingest.enrich import UNSPECIFIC_KINDS, NearbyPlace, is_for_walking, walking_minutes
from ingest.writing import english
from ingest.writing.figures import figure, joined
from ingest.writing.statements import Noun, Part, Phrase, Statement
from ingest.writing.subject import Subject

KEYWORDS: Final = "location, park, walk, subway station, school"
FACILITIES_SHOWN: Final = 3


def place(subject: Subject) -> Iterator[Statement]:
    yield from _location(subject)
    attributes = subject.attributes
    if not attributes.precise:
        yield Statement(
            "location",
            "{name:은} 정확한 위치가 자료에 없어 역, 공원, 학교까지의 거리를 알 수 없습니다.",
            "The exact position of {name} is not in the data, so distances to places around it are not known.",
            {"name": subject.name},
            ("imprecise",),
        )
        return
    yield from _stations(subject, [near for near in attributes.nearby if near.kind == "station"])
    yield from _parks(subject, [near for near in attributes.nearby if near.kind == "park"])
    yield from _schools(subject, [near for near in attributes.nearby if near.kind == "school"])


def _location(subject: Subject) -> Iterator[Statement]:
    # A chunk's text need not say the district twice; what is cited gives the address as the notice does.
    address = Noun(subject.notice.address, "", _rest(subject.notice.address, subject.district.ko))
    parts: dict[str, Part] = {"name": subject.name, "district": subject.district, "address": address}
    if not subject.district.ko:
        if subject.notice.address:
            yield Statement(
                "location",
                "{name}의 공급 위치는 {address}입니다.",
                "The site of {name} is given as {address} (in Korean).",
                parts,
            )
        return
    if subject.notice.address in ("", subject.district.ko):
        yield Statement("location", "{name:은} {district}에 있습니다.", "{name} is in {district}.", parts)
        return
    yield Statement(
        "location",
        "{name:은} {district}에 있으며 공급 위치는 {address}입니다.",
        "{name} is in {district} (address in Korean: {address}).",
        parts,
    )


def _rest(address: str, district: str) -> str:
    """What an address says beyond its district, which is ``시도 시군구 동``."""
    known = set(district.split())
    return " ".join(word for word in address.split() if word not in known)


def _distance(near: Nearby) -> dict[str, Part]:
    metres = figure("distance", near.distance, "m", near.name_ko)
    minutes = figure("walk", walking_minutes(near.distance), "minute", near.name_ko)
    walk = f"about {minutes.en} min on foot by estimate"
    return {
        "distance": Phrase(
            f"직선거리 {metres.ko}m(도보 약 {minutes.ko}분 추정)",
            f"{metres.en} m in a straight line, {walk}",
            (*metres.values, *minutes.values),
        ),
        "metres": metres,
        "walk_en": walk,
    }


def _stations(subject: Subject, stations: list[Nearby]) -> Iterator[Statement]:
    if not stations:
        yield _none(subject, place_kinds()["station"])
    for i, station in enumerate(stations):
        yield Statement(
            "station",
            "{name}에서 가장 가까운 지하철역은 {lines} {station}이며 {distance}입니다."
            if i == 0
            else "{name}에서 {lines} {station}까지는 {distance}입니다.",
            "The nearest station to {name} is {station} ({lines}): {distance}."
            if i == 0
            else "{station} ({lines}) is {metres} m in a straight line from {name}, {walk_en}.",
            {
                "name": subject.name,
                "station": Noun(station.name_ko, _station_en(station.name_en)),
                "lines": joined((Phrase(line, subject.english(line, "line")) for line in station.lines), "·", ", "),
                **_distance(station),
            },
            tuple(f"line:{line}" for line in station.lines),
            listed="{lines} {station}까지 {metres}m." if i else None,
        )


def _station_en(name: str) -> str:
    return name if not name or name.endswith("Station") else f"{name} Station"


def _parks(subject: Subject, parks: list[Nearby]) -> Iterator[Statement]:
    if not parks:
        yield _none(subject, place_kinds()["park"])
    for i, park in enumerate(parks):
        details = _park_details(subject, park)
        tags = (*((f"park:{park.category}",) if park.category else ()), *(("walk",) if is_for_walking(park) else ()))
        yield Statement(
            "park",
            "{name}에서 {park}까지는 {distance}이며, {details}입니다."
            if details.ko
            else "{name}에서 {park}까지는 {distance}입니다.",
            "{park}{details} is {metres} m in a straight line from {name}, {walk_en}.",
            {
                "name": subject.name,
                "park": Noun(park.name_ko, park.name_en),
                "details": details,
                **_distance(park),
            },
            tags,
            listed=("{park}까지 {metres}m" + (", {details}." if details.ko else ".")) if i else None,
        )


def _park_details(subject: Subject, park: Nearby) -> Phrase:
    """What the park is like; empty where the data says nothing about it."""
    kind = "공원" if park.category in UNSPECIFIC_KINDS else park.category
    kind_en = english.PARK_KINDS.get(park.category, "park")
    facilities = park.facilities[:FACILITIES_SHOWN]  # walking paths come first in them
    if kind == "공원" and not park.area and not facilities:
        return Phrase("", "")
    facilities_en = [subject.english(name, "facility") for name in facilities]
    area = figure("area", round(park.area or 0), "m2", park.name_ko)
    size, size_en = (f"면적 {area.ko}㎡의 ", f" of {area.en} ㎡") if park.area else ("", "")
    having = f"{attach(', '.join(facilities), '이')} 있는 " if facilities else ""
    having_en = f" with {', '.join(facilities_en)}" if facilities_en else ""
    return Phrase(f"{having}{size}{kind}", f" ({kind_en}{size_en}{having_en})", area.values if park.area else ())


def _schools(subject: Subject, schools: list[Nearby]) -> Iterator[Statement]:
    if not schools:
        yield _none(subject, place_kinds()["school"])
    for i, school in enumerate(schools):
        yield Statement(
            "school",
            "{name}에서 가장 가까운 {level:은} {school}이며 {distance}입니다.",
            "The nearest {level} to {name} is {school}: {distance}.",
            {
                "name": subject.name,
                "level": Phrase(school.category, english.SCHOOL_LEVELS.get(school.category, "school")),
                "school": Noun(school.name_ko, school.name_en),
                **_distance(school),
            },
            (f"school:{school.category}",),
            listed="{school}까지 {metres}m." if i else None,
        )


def around(subject: Subject, kind: PlaceKind) -> Iterator[Statement]:
    """Places of a kind that is declared and has no code of its own: the nearest, and the nearest of each category."""
    if not subject.attributes.precise:
        return
    places = [near for near in subject.attributes.nearby if near.kind == kind.key]
    if not places:
        yield _none(subject, kind)
    categories: set[str] = set()
    for i, near in enumerate(places):
        first = i == 0 or (near.category in kind.categories and near.category not in categories)
        categories.add(near.category)
        named = kind.categories.get(near.category) if i else None
        yield Statement(
            kind.key,
            "{name}에서 가장 가까운 {what:은} {place}{details}이며 {distance}입니다."
            if first
            else "{name}에서 {place}{details}까지는 {distance}입니다.",
            "The nearest {what} to {name} is {place}{details}: {distance}."
            if first
            else "{place}{details} is {metres} m in a straight line from {name}, {walk_en}.",
            {
                "name": subject.name,
                "what": Phrase(near.category, named["en"][0]) if named else Phrase(kind.nouns["ko"], kind.nouns["en"]),
                "place": Noun(near.name_ko, near.name_en),
                "details": _details(near, kind),
                **_distance(near),
            },
            (f"{kind.key}:{near.category}",) if near.category else (),
            listed="{place}까지 {metres}m." if i else None,
        )


def _details(near: Nearby, kind: PlaceKind) -> Phrase:
    """Of which category and how large a place is, bracketed; what its name says is left out."""
    parts: list[Phrase] = []
    if near.category and near.category not in near.name_ko.replace(" ", ""):
        names = kind.categories.get(near.category)
        parts.append(Phrase(near.category, names["en"][0] if names else kind.nouns["en"]))
    if near.area:
        area = figure("area", round(near.area), "m2", near.name_ko)
        parts.append(Phrase(f"면적 {area.ko}㎡", f"{area.en} ㎡", area.values))
    if isinstance(near, NearbyPlace) and near.seats:
        seats = figure("seats", near.seats, "number", near.name_ko)
        parts.append(Phrase(f"좌석 {seats.ko}석", f"{seats.en} seats", seats.values))
    told = joined(parts)
    return Phrase(f"({told.ko})", f" ({told.en})", told.values) if parts else told


def _none(subject: Subject, kind: PlaceKind) -> Statement:
    kilometres = number(kind.limit / 1000, 1)
    limit = Phrase(kilometres, kilometres, figure("limit", kind.limit, "m").values)
    return Statement(
        kind.key,
        "{name}에서 반경 {limit}km 안에서는 {what:을} 자료에서 찾지 못했습니다.",
        "The data has no {what} within {limit} km of {name}.",
        {"name": subject.name, "limit": limit, "what": Phrase(kind.nouns["ko"], kind.nouns["en"])},
        ("none",),
    )
