"""Centroids of 동: known, so that a folder holding them is read without complaint, and not used."""

from __future__ import annotations

from ingest.sources.tables import CsvForm

FORM = CsvForm(
    name="dong centroids",
    domain="",
    columns=("코드", "시도", "시군구", "읍면동", "위도", "경도", "코드종류"),
    parse=None,
    unused="centroids of 동 are not used: no distance may be stated from one",
)
