"""English for Korean proper nouns: glossary terms first, known words composed, romanisation as the fallback.

People's corrections (files with ``kind,ko,en``) win over given terms (stations, districts, brands), these over the
brands that ship with the package and over ``common_words.csv``, which holds the words that names are made of (공원,
초등학교, 센트럴, 블록). What none has is written in Revised Romanization (:mod:`assistant.language.ko.romanization`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from assistant.kinds.housing.attributes import place_kinds
from assistant.language.ko.romanization import romanise, romanise_administrative, romanise_road
from ingest.packaged_terms import brands, common_words, mended
from ingest.records import Term
from ingest.segmentation import segment

Provenance = Literal["override", "glossary", "brand table", "word list", "composed", "romanised"]

_DISTRICT_KINDS = frozenset({"sido", "sigungu", "dong", "district"})
# For a name without a kind: which reading is meant.
_PREFERENCE = ("sido", "sigungu", "district", "station", "dong", "brand", "line", "place", "name")
_ADMINISTRATIVE = re.compile(r"[가-힣]{1,4}[0-9·]*(?:시|군|구|읍|면|동|리|가)")
_ROAD = re.compile(r"[가-힣0-9]+(?:로|길)")
_STEM = re.compile(r"([가-힣]{2,}?)[0-9·]*(?:특별시|광역시|본동|시|군|구|읍|면|동)")

_BLOCK = r"[A-Za-z]{0,3}-?[0-9]+[A-Za-z]{0,2}(?:[-_][0-9]+[a-z]?)*(?:\([0-9]\))?|(?<![A-Za-z])[A-Z]"
_NUMBERED = tuple(
    (re.compile(rf"제?\s?({number})\s?-?(?:{unit})"), word)
    for number, unit, word in (
        (_BLOCK, "블록|블럭|BL|bl", "Block"),
        ("[0-9]+(?:-[0-9]+)?", "단지", "Complex"),
        ("[0-9]+", "차(?![가-힣])", "Phase"),
        ("[0-9]+", "회차", "Round"),
        ("[0-9]", "호선", "Line"),
        ("[0-9]+", "호", "No."),
        ("[0-9]+", "구역(?![가-힣])", "Zone"),
        ("[0-9]+", "지구(?![가-힣])", "District"),
    )
)
_COUNTED = (
    (re.compile(r"([0-9]{4})\s?년도?(?=\s)"), ""),
    (re.compile(r"([0-9]+)\s?년\s?(?=공|임|분)"), "-Year"),
    (re.compile(r"([0-9]+)\s?세대"), " Units"),
)
_TOKEN = re.compile(r"[가-힣]+|[^가-힣\s()]+|[()]")


@dataclass(frozen=True, slots=True)
class Translation:
    """English for one name. ``romanised``: words of it that no table has, written by their sound in Latin letters."""

    en: str
    provenance: Provenance  # the table that has it, composed of known words, or romanised altogether
    romanised: tuple[str, ...] = ()


class Glossary:
    """Bilingual proper nouns. Build it from the terms that the sources gave."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._by_kind: dict[str, dict[str, str]] = {}
        self._origin: dict[tuple[str, str], Provenance] = {}
        given = list(terms)
        sources: tuple[tuple[Provenance, Iterable[Term]], ...] = (
            ("override", (term for term in given if term.override)),
            ("glossary", mended(term for term in given if not term.override)),
            ("brand table", brands()),
            ("word list", common_words()),
        )
        for origin, found in sources:
            for term in found:
                if _key(term.ko) not in self._by_kind.setdefault(term.kind, {}):
                    self._by_kind[term.kind][_key(term.ko)] = term.en
                    self._origin[term.kind, _key(term.ko)] = origin
        self._words = {ko: en for kind in ("brand", "name") for ko, en in self._by_kind.get(kind, {}).items()}
        # Kinds of which the word list has words that mean something else in other names.
        self._with_words = {"builder", *place_kinds()} - {"park", "station", "school"}
        self._places = self._place_names()
        # Short words are left to the segmentation: 자 이 with a space is chance, 롯데 캐슬 is the brand.
        self._spellings = _spaced(
            [*(ko for ko in self._by_kind["brand"] if len(ko) > 2), *_long(self._by_kind["name"])]
        )
        self._builder_spellings = _spaced(_with_latin(self._by_kind["builder"]))
        self._cache: dict[tuple[str, str | None], Translation] = {}

    def english(self, ko: str, kind: str | None = None) -> str:
        """English for one proper noun.

        Args:
            ko: the name: a complex, district, station, park, school, builder, facility or address.
            kind: what it is, where the caller knows: ``station``, ``park``, ``school``, ``builder``, ``facility``,
                ``line``, ``brand``, ``sido``, ``sigungu``, ``dong``, or ``address`` (turned round, smallest part
                first). A station comes without "Station".
        """
        return self.translation(ko, kind).en

    def translation(self, ko: str, kind: str | None = None) -> Translation:
        """The same, with where it comes from."""
        name = " ".join(unicodedata.normalize("NFC", ko).split())
        if (name, kind) not in self._cache:
            self._cache[name, kind] = self._translate(name, kind)
        return self._cache[name, kind]

    # --- composing ---

    def _translate(self, name: str, kind: str | None) -> Translation:
        if exact := self._exact(name, kind):
            return exact
        if kind in _DISTRICT_KINDS | {"address"}:
            known = [(part, self._exact(part, None, _DISTRICT_KINDS)) for part in _site(name).split()]
            parts = [found.en if found else self._part(part) for part, found in known]
            lacking = tuple(part for part, found in known if not found)
            return Translation(", ".join(reversed(parts)), "composed" if len(parts) > 1 else "romanised", lacking)
        spellings = self._builder_spellings if kind == "builder" else self._spellings
        known_words = int(bool(spellings.search(name)))  # these are put in by _prepare, before the pieces are counted
        pieces: list[str] = []
        sounded: list[str] = []
        for token in _TOKEN.findall(self._prepare(name, kind)):
            if not "가" <= token[0] <= "힣":
                pieces.append(token)
                continue
            for piece in segment(token, self._vocabulary(kind), self._places.keys()):
                known_words += piece.known
                if not piece.known:
                    sounded.append(piece.text)
                pieces.append(self._word(piece.text, kind) if piece.known else _romanised(piece.text))
        return Translation(_joined(pieces), "composed" if known_words else "romanised", tuple(sounded))

    def _exact(self, name: str, kind: str | None, kinds: Iterable[str] = _PREFERENCE) -> Translation | None:
        key = _key(name)
        if kind == "station":
            tried = [("station", key), ("station", key.removesuffix("역")), ("brand", key), ("name", key)]
        elif kind is not None:
            tried = [(kind, key)]
        else:
            tried = [(each, key) for each in _PREFERENCE if each in kinds]
        # A correction of a word is one of the whole name too.
        if self._origin.get(("name", key)) == "override":
            tried = [("name", key), *tried]
        found = next((each for each in tried if each[1] in self._by_kind.get(each[0], {})), None)
        return Translation(self._by_kind[found[0]][found[1]], self._origin[found]) if found else None

    def _part(self, part: str) -> str:
        if _ROAD.fullmatch(part):
            return romanise_road(part)
        administrative = _ADMINISTRATIVE.fullmatch(part) and not part.endswith(("지구", "구역"))
        return romanise_administrative(part) if administrative else self.english(part)

    def _vocabulary(self, kind: str | None) -> dict[str, str]:
        if kind == "school":  # schools are named after places: 광장중학교 is of 광장동, and no Plaza
            return self._by_kind.get("school", {})
        return self._by_kind.get(kind, {}) | self._words if kind in self._with_words else self._words

    def _word(self, ko: str, kind: str | None) -> str:
        own = self._by_kind.get(kind, {}).get(ko) if kind in {*self._with_words, "school"} else None
        words = {} if kind == "school" else self._words
        return own or words.get(ko) or self._places[ko]

    def _prepare(self, name: str, kind: str | None) -> str:
        """Clutter out of the way: numbered blocks and phases in English order, brands written together."""
        name = unicodedata.normalize("NFKC", name.replace("ㆍ", "·"))
        name = re.sub(r"제\s?(?=[0-9])", " ", name)  # 제2용정공원: the second, said by the number alone
        if kind == "builder":
            name = re.sub(r"\([주쥬유]\)|주식회사|유한회사", " ", name)
            name = re.sub(r"외\s?([0-9]+)\s?(?:개사|개|인|사)?", r" and \1 others", name)
            return self._builder_spellings.sub(lambda found: f" {self._by_kind['builder'][_key(found[0])]} ", name)
        for pattern, word in _COUNTED:
            name = pattern.sub(rf" \1{word} ", name)
        name = self._spellings.sub(lambda found: f" {self._words[_key(found[0])]} ", name)
        for pattern, word in _NUMBERED:
            name = pattern.sub(rf" {word} \1 ", name)
        return re.sub(r"\)\s*\(", ", ", name)

    # --- building ---

    def _place_names(self) -> dict[str, str]:
        """What a place is called inside a longer name: 광명 of 광명시, 독산 of 독산1동, and stations with 역."""
        places: dict[str, str] = {}
        for kind in ("place", "district", "sido", "sigungu", "station", "dong"):
            for ko, en in self._by_kind.get(kind, {}).items():
                if kind == "station":
                    places.setdefault(f"{ko}역", f"{en} Station")
                if kind in _DISTRICT_KINDS and (stem := _STEM.fullmatch(ko)):
                    places.setdefault(stem[1], romanise(stem[1]))
                if len(ko) > 1:
                    places.setdefault(ko, en)
        return places


def _spaced(names: Iterable[str]) -> re.Pattern[str]:
    """Finds any of the names however it is spaced: 롯데캐슬, 롯데 캐슬. The longest wins."""
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile("|".join(r"\s?".join(map(re.escape, name)) for name in longest_first))


def _with_latin(names: Iterable[str]) -> list[str]:
    return [name for name in names if re.match("[A-Za-z]", name)]


def _long(names: Iterable[str]) -> list[str]:
    return [name for name in names if len(name) > 5]


def _site(address: str) -> str:
    """An address without what surrounds it: brackets, 일원 (area), 번지 (lot), 외 5필지 (and five more lots)."""
    address = re.sub(r"\([^)]*\)?", " ", address)
    return re.sub(r"번지|(?:일원|일대)(?=\s|$)|외\s?[0-9]*\s?필지", " ", address)


def _romanised(word: str) -> str:
    """An unknown word, with the suffix that says what it is: ``동탄역`` → ``Dongtan Station``."""
    if len(word) > 2 and word.endswith("역"):
        return f"{romanise(word[:-1])} Station"
    if len(word) > 2 and word.endswith("동"):
        return romanise_administrative(word)
    return romanise(word)


def _key(ko: str) -> str:
    return "".join(unicodedata.normalize("NFC", ko).split())


def _joined(pieces: Iterable[str]) -> str:
    text = " ".join(piece for piece in pieces if piece)
    text = re.sub(r"\(\s+", "(", re.sub(r"\s+([),.])", r"\1", text))
    text = re.sub(r"(?:\(\s*[,\s]*\))", "", text)
    return " ".join(text.split())
