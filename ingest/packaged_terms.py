"""Bilingual terms that ship with the package, and the mending of those that public glossaries give."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from assistant.language.ko.romanization import romanise, romanise_administrative
from ingest.records import Term

_CITY_WITH_DISTRICT = re.compile(r"([가-힣]+시)([가-힣]+구)")
_NUMBERED_DONG = re.compile(r"([가-힣]{2,})[0-9·]+동")


def mended(terms: Iterable[Term]) -> Iterator[Term]:
    """Terms with the flaws of the public glossary mended: ``Suwonsijangangu``, ``Hwaseongsi``, ``Sinsa 1(il)-dong``."""
    for term in terms:
        city = _CITY_WITH_DISTRICT.fullmatch(term.ko) if term.kind == "sigungu" else None
        if city:
            for part in city.groups():
                yield Term("sigungu", part, romanise_administrative(part))
            yield Term("sigungu", term.ko, ", ".join(romanise_administrative(part) for part in city.groups()[::-1]))
        elif term.kind in ("sigungu", "dong"):
            english = re.sub(r"\([a-z]+\)", "", term.en)
            squashed = not re.search(r"-(?:si|gun|gu|eup|myeon|dong|ri|ga)$", english)
            yield Term(term.kind, term.ko, romanise_administrative(term.ko) if squashed else english)
            # The glossary has 독산1동 to 독산4동; addresses and people say 독산동.
            if numbered := _NUMBERED_DONG.fullmatch(term.ko):
                yield Term("dong", f"{numbered[1]}동", f"{romanise(numbered[1])}-dong")
        else:
            yield term


@cache
def brands() -> tuple[Term, ...]:
    """Apartment brands."""
    return tuple(Term("brand", row["ko"], row["en"]) for row in _rows("samples/glossary/brands.csv"))


@cache
def common_words() -> tuple[Term, ...]:
    """Words that names are made of, by where they are used (``use`` becomes the kind)."""
    return tuple(Term(row["use"], row["ko"], row["en"]) for row in _rows("common_words.csv"))


def _rows(file: str) -> Iterator[dict[str, str]]:
    return csv.DictReader((files("ingest") / file).read_text(encoding="utf-8").splitlines())
