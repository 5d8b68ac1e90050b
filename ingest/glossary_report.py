"""Every bilingual name that documents use, where its English comes from, and the words that only their sound gave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from pathlib import PurePath
from typing import Any

from ingest.glossary import Glossary
from ingest.records import Term
from ingest.sources import Sources
from ingest.writing import housing_documents

EXAMPLES = 3
StoredTerm = tuple[str, str, str, str]  # kind, Korean, English, path of the file it is from
# What a glossary of public data gives; any other kind is a correction of somebody's.
GIVEN_KINDS = frozenset({"station", "sido", "sigungu", "dong", "brand"})


@dataclass(frozen=True, slots=True)
class NameUsed:
    """One Korean name as documents use it, in how many of them, and the words of it that were romanised."""

    kind: str
    ko: str
    en: str
    provenance: str
    documents: int
    romanised: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RomanisedWord:
    """A word that no table has: how it is written, in how many documents, and names that hold it."""

    ko: str
    en: str
    kinds: tuple[str, ...]
    documents: int
    names: tuple[str, ...]


class _Recorder:
    """A glossary that notes which names each document asks for."""

    def __init__(self, glossary: Glossary) -> None:
        self._glossary = glossary
        self.asked: set[tuple[str, str]] = set()

    def english(self, ko: str, kind: str | None = None) -> str:
        self.asked.add((ko, kind or ""))
        return self._glossary.english(ko, kind)


def names_used(sources: Sources, glossary: Glossary) -> list[NameUsed]:
    """Every name in the housing documents of these sources, those in most documents first."""
    recorder = _Recorder(glossary)
    counts: dict[tuple[str, str], int] = {}
    for _ in housing_documents(sources, recorder):
        for name in recorder.asked:
            counts[name] = counts.get(name, 0) + 1
        recorder.asked = set()
    found = (name_used(ko, kind, documents, glossary) for (ko, kind), documents in counts.items())
    return sorted(found, key=lambda name: (-name.documents, name.kind, name.ko))


def name_used(ko: str, kind: str, documents: int, glossary: Glossary) -> NameUsed:
    """A name as ``glossary`` writes it; an empty ``kind`` is any."""
    made = glossary.translation(ko, kind or None)
    return NameUsed(kind, ko, made.en, made.provenance, documents, made.romanised)


@lru_cache(maxsize=1)
def stored_glossary(terms: frozenset[StoredTerm]) -> Glossary:
    """The glossary that an ingest of these terms writes with."""
    return Glossary(
        Term(kind, ko, en, override=kind not in GIVEN_KINDS or PurePath(path).stem == "overrides")
        for kind, ko, en, path in sorted(terms)
    )


def stored_names(rows: Iterable[Mapping[str, Any]], glossary: Glossary) -> list[NameUsed]:
    """The names of ``rows`` (kind, ko, en, documents), in their order; English as stored, else as it would be."""
    return [_used(row, glossary) for row in rows]


def _used(row: Mapping[str, Any], glossary: Glossary) -> NameUsed:
    kind, ko = row["kind"], row["ko"]
    # A station is stored with the 역 that notices write, and glossaries name it without.
    name = ko.removesuffix("역") if kind == "station" else ko
    made = name_used(name, kind, row["documents"], glossary)
    return replace(made, ko=ko, en=row["en"] or made.en)


def romanised_words(names: list[NameUsed], glossary: Glossary) -> list[RomanisedWord]:
    """What fell back to romanisation, worst first: the word that most documents hold."""
    holding: dict[str, list[NameUsed]] = {}
    for name in names:
        for word in dict.fromkeys(name.romanised):
            holding.setdefault(word, []).append(name)
    words = (
        RomanisedWord(
            word,
            glossary.english(word),
            tuple(sorted({name.kind for name in held})),
            sum(name.documents for name in held),
            tuple(name.ko for name in held[:EXAMPLES]),
        )
        for word, held in holding.items()
    )
    return sorted(words, key=lambda word: (-word.documents, word.ko))


def report_json(names: list[NameUsed], words: list[RomanisedWord]) -> dict[str, Any]:
    """What ``budongi ingest glossary --json`` prints."""
    return {"names": [asdict(name) for name in names], "romanised": [asdict(word) for word in words]}


def report_lines(names: list[NameUsed], words: list[RomanisedWord], limit: int) -> Iterator[str]:
    """The words to mend, and how many names each source of English gave."""
    counts: dict[str, int] = {}
    for name in names:
        counts[name.provenance] = counts.get(name.provenance, 0) + 1
    yield f"{len(names):,} names: " + ", ".join(f"{number:,} {origin}" for origin, number in sorted(counts.items()))
    yield f"{len(words):,} words were written by their sound. Documents, word, English, names that hold it:"
    for word in words[:limit]:
        yield f"{word.documents:>6}  {word.ko}  {word.en}  ({', '.join(word.names)})"
    if len(words) > limit:
        yield f"… and {len(words) - limit:,} more (--json has them all)"
    yield (
        "Mend them in a CSV file with the columns kind,ko,en (kind: name, complex, park, school, …), given with the "
        "sources or kept as glossary/overrides.csv under BUDONGI_HOME. It wins over every other source."
    )
