"""Railway stations, from the standard data (with English names) or the capital's newer station master."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ingest.records import Station
from ingest.sources.columns import Form
from ingest.sources.lines import clean_english, line_name, station_name
from ingest.sources.tables import Row


def parse_standard(row: Row) -> Station:
    latitude, longitude = row.place("역위도", "역경도")
    name = station_name(row.required("역사명"))
    english = clean_english(row.text("영문역사명"))
    return Station(name, line_name(row.required("노선명"), name), latitude, longitude, english)


def parse_master(row: Row) -> Station:
    latitude, longitude = row.place("위도", "경도")
    name = station_name(row.required("역사명"))
    return Station(name, line_name(row.required("호선"), name), latitude, longitude)


def merge(stations: Iterable[Station]) -> tuple[Station, ...]:
    """Each station once per line. Of two records of one, the first coordinate and the first English name stay."""
    merged: dict[tuple[str, str], Station] = {}
    english: dict[str, str] = {}
    for station in stations:
        merged.setdefault((station.name, station.line), station)
        if station.name_en:
            english.setdefault(station.name, station.name_en)
    # A station of the newer master has no English name of its own, but the same station on another line may.
    return tuple(
        station if station.name_en else replace(station, name_en=english.get(station.name, ""))
        for station in merged.values()
    )


STANDARD = Form(
    "subway stations (standard data)", "", ("역사명", "노선명", "영문역사명", "역위도", "역경도"), parse_standard
)
MASTER = Form(
    "subway stations (capital's station master)", "", ("역사_ID", "역사명", "호선", "위도", "경도"), parse_master
)
