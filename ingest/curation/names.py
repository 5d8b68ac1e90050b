"""The names that stored notices use, and where the English of each comes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from pathlib import PurePath
from typing import Any

from ingest.glossary import Glossary
from ingest.glossary_report import NameUsed, name_used
from ingest.records import Term

StoredTerm = tuple[str, str, str, str]  # kind, Korean, English, path of the file it is from
# What a glossary of public data gives; any other kind is a correction of somebody's.
GIVEN_KINDS = frozenset({"station", "sido", "sigungu", "dong", "brand"})


@lru_cache(maxsize=1)
def stored_glossary(terms: frozenset[StoredTerm]) -> Glossary:
    """The glossary that an ingest of these terms writes with."""
    return Glossary(
        Term(kind, ko, en, override=kind not in GIVEN_KINDS or PurePath(path).stem == "overrides")
        for kind, ko, en, path in sorted(terms)
    )


def used(rows: Iterable[Mapping[str, Any]], glossary: Glossary) -> list[NameUsed]:
    """The names of ``rows`` (kind, ko, en, documents), in their order; English as stored, else as it would be."""
    return [_used(row, glossary) for row in rows]


def _used(row: Mapping[str, Any], glossary: Glossary) -> NameUsed:
    kind, ko = row["kind"], row["ko"]
    # A station is stored with the 역 that notices write, and glossaries name it without.
    name = ko.removesuffix("역") if kind == "station" else ko
    made = name_used(name, kind, row["documents"], glossary)
    return replace(made, ko=ko, en=row["en"] or made.en)
