"""The proper nouns that the store holds, indexed for finding them in questions."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from assistant.domain import EntityName
from assistant.understanding.sound import SoundIndex
from assistant.understanding.text import is_korean, squeeze
from assistant.understanding.titles import TitleIndex

MIN_ALIAS = 4  # letters; a shorter alias is found in too many other words
FUZZY_CUTOFF = 85.0
RARE_NAME_TERM = 6  # a term in at most this many names picks a complex out
SIDO_FORMS = {
    "서울특별시": ("서울특별시", "서울시", "서울", "Seoul"),
    "인천광역시": ("인천광역시", "인천시", "인천", "Incheon"),
    "경기도": ("경기도", "경기", "Gyeonggi-do", "Gyeonggi"),
}


def _without_notes(name: str) -> str:
    """A name less what stands in brackets: (조합원 취소분) is no part of what people call it."""
    return re.sub(r"\([^)]*\)", " ", name)


@dataclass(frozen=True, slots=True)
class District:
    """A sigungu or dong (``level``), as the address has it, with its English name.

    ``held``: a complex of the store is there, so its bare stem (송도 for 송도동) is worth looking for.
    """

    level: str
    ko: str
    en: str
    held: bool = True


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Names in the store. Build once per start; ``terms`` is the tokenizer that splits complex names."""

    entities: Sequence[tuple[EntityName, Sequence[str]]] = ()
    districts: Sequence[District] = ()
    stations: Sequence[tuple[str, str]] = ()
    lines: Sequence[str] = ()
    brands: Sequence[tuple[str, str]] = ()
    terms: Callable[[str], list[str]] = str.split
    documents: Sequence[EntityName] = ()
    _aliases: dict[str, tuple[EntityName, ...]] = field(init=False, repr=False)
    _by_length: tuple[str, ...] = field(init=False, repr=False)
    _by_term: dict[str, frozenset[str]] = field(init=False, repr=False)
    _names: dict[str, EntityName] = field(init=False, repr=False)
    _sounds: SoundIndex = field(init=False, repr=False)
    titles: TitleIndex = field(init=False, repr=False)

    def __post_init__(self) -> None:
        aliases: dict[str, dict[str, EntityName]] = defaultdict(dict)
        by_term: dict[str, set[str]] = defaultdict(set)
        for name, others in self.entities:
            for alias in (name.name_ko, name.name_en, *others):
                key = squeeze(alias)
                if len(key) >= MIN_ALIAS:
                    aliases[key][name.id] = name
            for term in {*self.terms(_without_notes(name.name_ko)), *self.terms(_without_notes(name.name_en))}:
                by_term[term].add(name.id)
        object.__setattr__(self, "_aliases", {key: tuple(found.values()) for key, found in aliases.items()})
        object.__setattr__(self, "_by_length", tuple(sorted(aliases, key=lambda key: (-len(key), key))))
        object.__setattr__(self, "_by_term", {term: frozenset(ids) for term, ids in by_term.items()})
        object.__setattr__(self, "_sounds", SoundIndex({name.id: name.name_en for name, _ in self.entities}))
        object.__setattr__(self, "titles", TitleIndex(self.documents))
        object.__setattr__(self, "_names", {name.id: name for name, _ in self.entities})

    def name(self, document_id: str) -> EntityName | None:
        """The entity of this id, where the store has it."""
        return self._names.get(document_id)

    def aliases(self) -> Sequence[str]:
        """Squeezed aliases, longest first."""
        return self._by_length

    def named(self, alias: str) -> tuple[EntityName, ...]:
        """Entities that go by a squeezed alias."""
        return self._aliases.get(alias, ())

    def by_name_terms(self, terms: Iterable[str]) -> tuple[tuple[EntityName, ...], tuple[str, ...]]:
        """Entities whose names hold all of those ``terms`` that any name holds, and the terms so used.

        At least one of the terms must be rare among names: 푸르지오 alone picks nothing out.
        """
        used = [term for term in dict.fromkeys(terms) if term in self._by_term]
        brands = {term for ko, en in self.brands for term in (*self.terms(ko), *self.terms(en))}
        if not any(len(self._by_term[term]) <= RARE_NAME_TERM and term not in brands for term in used):
            return (), ()
        found = frozenset.intersection(*(self._by_term[term] for term in used))
        return tuple(self._names[id_] for id_ in sorted(found)), tuple(used)

    def by_sound(self, words: Sequence[str], telling: Sequence[str]) -> tuple[tuple[EntityName, ...], list[str]]:
        """Entities whose English names share most of ``words`` by sound; see :meth:`SoundIndex.find`."""
        found, used = self._sounds.find(words, telling)
        return tuple(self._names[id_] for id_ in found), used

    def like(self, squeezed: str) -> tuple[str, tuple[EntityName, ...]] | None:
        """Best alias that stands, with a typo or two, in a squeezed question. Digits must agree: 3차 is not 4차."""
        candidates = [alias for alias in self._by_length if 6 <= len(alias) <= len(squeezed) + 1]
        for alias, _, _ in process.extract(
            squeezed, candidates, scorer=fuzz.partial_ratio, score_cutoff=FUZZY_CUTOFF, limit=5
        ):
            window = fuzz.partial_ratio_alignment(alias, squeezed)
            if window is None:
                continue
            found = squeezed[window.dest_start : window.dest_end]
            if not is_korean(alias) and (found[:1], found[-1:]) != (alias[:1], alias[-1:]):
                continue  # "near Cheolsan Station" is not all of Cheolsan Station Xi
            if [char for char in alias if char.isdigit()] == [char for char in found if char.isdigit()]:
                return alias, self._aliases[alias]
        return None

    def nearest_names(self, squeezed: str, limit: int = 3) -> tuple[EntityName, ...]:
        """Names to offer when a name was not found."""
        found: dict[str, EntityName] = {}
        for alias, _, _ in process.extract(
            squeezed, self._by_length, scorer=fuzz.ratio, score_cutoff=55, limit=limit * 4
        ):
            for name in self._aliases[alias]:
                found.setdefault(name.id, name)
        return tuple(found.values())[:limit]
