"""Glossary files: bilingual stations, administrative districts and apartment brands, and people's own corrections."""

from __future__ import annotations

from assistant.kinds.housing.attributes import place_kinds
from ingest.records import Term
from ingest.sources.columns import Form
from ingest.sources.lines import clean_english, station_name
from ingest.sources.problems import LeftOut
from ingest.sources.tables import Row

# What a correction may be of; ``name`` is a word inside names, or a whole name of any kind.
OVERRIDE_KINDS = (
    "name",
    "complex",
    "brand",
    "builder",
    "sido",
    "sigungu",
    "dong",
    *place_kinds(),
    "facility",
)


def parse_station(row: Row) -> Term:
    english = clean_english(row.text("en"))
    if not english:
        raise LeftOut(f"line {row.line}: the English name of {row.text('ko')} is cut off")
    return Term("station", station_name(row.required("ko")), english)


def parse_district(row: Row) -> Term:
    level = row.required("level")
    if level not in ("sido", "sigungu", "dong"):
        raise row.broken("level", "sido, sigungu or dong")
    return Term(level, row.required("ko"), row.required("en"))


def parse_brand(row: Row) -> Term:
    return Term("brand", row.required("ko"), row.required("en"))


def parse_override(row: Row) -> Term:
    """``kind,ko,en``; an empty kind is a word or whole name of any kind."""
    kind = row.text("kind") or "name"
    if kind not in OVERRIDE_KINDS:
        raise row.broken("kind", f"one of {', '.join(OVERRIDE_KINDS)}")
    return Term(kind, row.required("ko"), row.required("en"), override=True)


STATIONS = Form("station glossary", "", ("ko", "en", "lines"), parse_station)
DISTRICTS = Form("district glossary", "", ("level", "ko", "en"), parse_district)
BRANDS = Form("brand glossary", "", ("ko", "en", "builder"), parse_brand)
OVERRIDES = Form("glossary corrections", "", ("kind", "ko", "en"), parse_override)
