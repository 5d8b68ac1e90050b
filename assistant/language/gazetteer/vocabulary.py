"""The proper nouns that the store holds, indexed for finding them in questions."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz, process

from assistant.domain import EntityName, Language
from assistant.language.en.sound import SoundIndex, sound, words_of
from assistant.language.en.spelling import LatinSpelling
from assistant.language.gazetteer.name_forms import (
    district_keys,
    en_stem_of,
    otherwise,
    place_forms,
    stem_of,
    without_notes,
)
from assistant.language.gazetteer.titles import TitleIndex
from assistant.language.ko.jamo import is_typo_of
from assistant.language.ko.latin_letters import said_aloud
from assistant.language.ko.spelling import Spelling
from assistant.language.phrases import ByPhrase, PhraseIndex
from assistant.language.text import is_korean, squeeze
from assistant.language.unparsed import PARTICLES
from prompts.loader import Prompts

MIN_ALIAS = 4  # letters; a shorter alias is found in too many other words
SHORT_ALIAS = 3  # syllables: no word of the language, it names a complex where it begins a word
# Ends of words of names that say where a complex is or what is there.
_OF_A_PLACE = re.compile(
    "(?:역|역세권|지구|신도시|도시|[시군구동읍면리산섬뷰숲]|공원|타운|마을|단지|아파트|구역|블록|차|주상복합)$"
)
MIN_NAME_WORD = 3  # syllables of a word of a name that may be misspelt
MIN_LATIN = 6
FUZZY_CUTOFF = 72.0  # of 100: only what to look at; jamo decide
PART_CUTOFF, WHOLE_CUTOFF = 78.0, 55.0  # of 100: names worth offering
RARE_NAME_TERM = 6  # a term in at most this many names picks a complex out
SIDO_FORMS = {
    "서울특별시": ("서울특별시", "서울시", "서울", "Seoul"),
    "인천광역시": ("인천광역시", "인천시", "인천", "Incheon"),
    "경기도": ("경기도", "경기", "Gyeonggi-do", "Gyeonggi"),
}


def _windows(start: int, end: int, length: int) -> list[tuple[int, int]]:
    """Where an alias may stand: as aligned, and a syllable more or less at its end."""
    return [(start, end)] + [(start, other) for other in (end + 1, end - 1) if start < other <= length]


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
    """Names in the store, and the ``prompts`` whose words questions are read by. Build once per revision of the corpus;
    ``terms`` is the tokenizer that splits complex names.

    ``announced``: the day of the notice, ``located``: its sido, sigungu and dong, by document id; ``builders``:
    companies as housing has them, with their English names; ``is_word`` says whether a dictionary has a word, which
    then is not misspelt.
    """

    prompts: Prompts
    entities: Sequence[tuple[EntityName, Sequence[str]]] = ()
    districts: Sequence[District] = ()
    stations: Sequence[tuple[str, str]] = ()
    lines: Sequence[str] = ()
    brands: Sequence[tuple[str, str]] = ()
    places: Sequence[str] = ()
    terms: Callable[[str], list[str]] = str.split
    documents: Sequence[EntityName] = ()
    post_dongs: Sequence[tuple[str, str]] = ()  # neighbourhoods that posts are in, Korean and English
    announced: Mapping[str, date] = field(default_factory=dict)
    located: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    builders: Sequence[tuple[str, str]] = ()
    is_word: Callable[[str], bool] = lambda _: True
    _aliases: dict[str, tuple[EntityName, ...]] = field(init=False, repr=False)
    _by_length: tuple[str, ...] = field(init=False, repr=False)
    _short: dict[str, tuple[EntityName, ...]] = field(init=False, repr=False)
    _telling: dict[str, tuple[EntityName, ...]] = field(init=False, repr=False)
    _by_term: dict[str, frozenset[str]] = field(init=False, repr=False)
    _names: dict[str, EntityName] = field(init=False, repr=False)
    _sounds: SoundIndex = field(init=False, repr=False)
    titles: TitleIndex = field(init=False, repr=False)
    spelling: Spelling = field(init=False, repr=False)
    latin_spelling: LatinSpelling = field(init=False, repr=False)
    _place_stems: frozenset[str] = field(init=False, repr=False)
    _by_place: dict[str, tuple[str, ...]] = field(init=False, repr=False)
    _brand_terms: frozenset[str] = field(init=False, repr=False)
    _brand_sounds: frozenset[str] = field(init=False, repr=False)
    _districts: ByPhrase[District] = field(init=False, repr=False)
    _stations: ByPhrase[tuple[str, str]] = field(init=False, repr=False)
    _alias_index: PhraseIndex = field(init=False, repr=False)
    _place_index: PhraseIndex = field(init=False, repr=False)
    district_names: frozenset[str] = field(init=False, repr=False)  # without the city of a gu
    district_stems: frozenset[str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        aliases: dict[str, dict[str, EntityName]] = defaultdict(dict)
        by_term: dict[str, set[str]] = defaultdict(set)
        short: dict[str, dict[str, EntityName]] = defaultdict(dict)
        for name, others in self.entities:
            english = without_notes(name.name_en)
            for alias in (name.name_ko, name.name_en, english, *said_aloud(name.name_ko), *others):
                key = squeeze(alias)
                for form in (key, *otherwise(self.prompts, key)):
                    if len(form) >= MIN_ALIAS:
                        aliases[form][name.id] = name
                    elif len(form) == SHORT_ALIAS and is_korean(form) and not self.is_word(form):
                        short[form][name.id] = name
            for term in {*self.terms(without_notes(name.name_ko)), *self.terms(without_notes(name.name_en))}:
                by_term[term].add(name.id)
        object.__setattr__(self, "_aliases", {key: tuple(found.values()) for key, found in aliases.items()})
        object.__setattr__(self, "_short", {key: tuple(found.values()) for key, found in short.items()})
        object.__setattr__(self, "_by_length", tuple(sorted(aliases, key=lambda key: (-len(key), key))))
        object.__setattr__(self, "_by_term", {term: frozenset(ids) for term, ids in by_term.items()})
        object.__setattr__(self, "_sounds", SoundIndex({name.id: name.name_en for name, _ in self.entities}))
        object.__setattr__(self, "titles", TitleIndex(self.prompts, self.documents))
        object.__setattr__(
            self, "spelling", Spelling(self._korean_words(), self.is_word, self.prompts.words["counted"])
        )
        object.__setattr__(self, "latin_spelling", self._latin_spelling())
        stems = {stem_of(district.ko) for district in self.districts} | {
            ko.removesuffix("역") for ko, _ in self.stations
        }
        object.__setattr__(self, "_place_stems", frozenset(stem for stem in stems if len(stem) > 1))
        object.__setattr__(self, "_telling", self._telling_words())
        called: dict[str, list[str]] = defaultdict(list)
        for place in self.places:
            for form in place_forms(place):
                called[form].append(place)
        by_length = sorted(called.items(), key=lambda pair: (-len(pair[0]), pair[0]))
        object.__setattr__(self, "_by_place", {form: tuple(names) for form, names in by_length})
        brand_terms = {term for ko, en in self.brands for term in (*self.terms(ko), *self.terms(en))}
        object.__setattr__(self, "_brand_terms", frozenset(brand_terms))
        brand_sounds = {sound(word) for _, en in self.brands for word in words_of(en)}
        object.__setattr__(self, "_brand_sounds", frozenset(brand_sounds))
        districts = sorted(self.districts, key=lambda district: -len(district.ko))
        object.__setattr__(self, "_districts", ByPhrase((district_keys(one.ko, one.en), one) for one in districts))
        object.__setattr__(self, "district_names", frozenset(one.ko.split()[-1] for one in districts))
        object.__setattr__(self, "district_stems", frozenset(stem_of(one.ko) for one in districts))
        stations = sorted(self.stations, key=lambda pair: -len(pair[0]))
        object.__setattr__(self, "_stations", ByPhrase((district_keys(ko, en), (ko, en)) for ko, en in stations))
        object.__setattr__(self, "_alias_index", PhraseIndex(self._by_length))
        object.__setattr__(self, "_place_index", PhraseIndex(self._by_place))
        object.__setattr__(self, "_names", {name.id: name for name, _ in self.entities})

    def _korean_words(self) -> Iterator[str]:
        """What a Korean question may be made of: the lexicons' words, districts, stations, brands, words of names."""
        yield from (ko for ko, _ in self.brands)
        yield from self.prompts.korean_words
        for district in self.districts:
            yield from district.ko.split()
        for district in self.districts:
            if district.held:
                yield stem_of(district.ko)
        yield from (ko if ko.endswith("역") else f"{ko}역" for ko, _ in self.stations)
        for name, aliases in self.entities:
            for alias in (without_notes(name.name_ko), *aliases):
                yield from (word for word in re.findall("[가-힣]+", alias) if len(word) >= MIN_NAME_WORD)

    def _latin_spelling(self) -> LatinSpelling:
        held = [word for one in self.districts if one.held for word in words_of(en_stem_of(one.en))]
        names = [word for _, english in (*self.stations, *self.brands) for word in words_of(english)]
        others = [word for name, _ in self.entities for word in words_of(name.name_en)]
        others += [word for one in self.districts for word in words_of(one.en)]
        elsewhere = self.prompts.words["elsewhere"]["en"]
        words = set(self.prompts.english_words) - set(elsewhere)
        return LatinSpelling(words, held, names, [*others, *elsewhere], self.is_word)

    def _telling_words(self) -> dict[str, tuple[EntityName, ...]]:
        """Words of names that one complex alone has and that are neither words of the language nor names of places."""
        common = self.prompts.words["title_words"]["ko"]
        brands = {squeeze(form) for ko, _ in self.brands for form in (ko, *self.prompts.words["brands"].get(ko, ()))}
        places = self._place_stems | {form for forms in SIDO_FORMS.values() for form in forms}
        having: dict[str, dict[str, EntityName]] = defaultdict(dict)
        for name, _ in self.entities:
            for word in re.findall("[가-힣]+", without_notes(name.name_ko)):
                if len(word) >= MIN_NAME_WORD:
                    having[word][name.id] = name
        return {
            word: tuple(named.values())
            for word, named in having.items()
            if len({name.name_ko for name in named.values()}) == 1
            and not (word in brands or word in self._place_stems or _OF_A_PLACE.search(word) or self.is_word(word))
            and not any(part in word for part in common)
            and not any(word[:cut] in places and word[cut:] in places for cut in range(2, len(word) - 1))  # 인천구월
        }

    def name(self, document_id: str) -> EntityName | None:
        """The entity of this id, where the store has it."""
        return self._names.get(document_id)

    def names(self) -> Iterable[EntityName]:
        """All entities."""
        return self._names.values()

    def district_name(self, ko: str, language: Language) -> str:
        """A district as the reader's language writes it; in Korean where its English is not known."""
        english = next((one.en for one in self.districts if one.ko == ko), ko)
        return english if language == "en" else ko

    def districts_in(self, squeezed: str) -> list[District]:
        """Districts that a squeezed question may name, longest first: it holds their stem."""
        return self._districts.within(squeezed)

    def stations_in(self, squeezed: str) -> list[tuple[str, str]]:
        """Stations, Korean and English, that a squeezed question may name, longest first."""
        return self._stations.within(squeezed)

    def place_forms_in(self, squeezed: str) -> list[str]:
        """Squeezed names of parks and schools near complexes that a squeezed question holds, longest first."""
        return self._place_index.within(squeezed)

    def places_called(self, form: str) -> tuple[str, ...]:
        """Parks and schools that go by a form of :meth:`place_forms_in`, as the store writes them."""
        return self._by_place.get(form, ())

    def aliases(self) -> Sequence[str]:
        """Squeezed aliases, longest first."""
        return self._by_length

    def aliases_in(self, squeezed: str) -> list[str]:
        """Squeezed aliases of complexes that a squeezed question holds, longest first."""
        return self._alias_index.within(squeezed)

    def named(self, alias: str) -> tuple[EntityName, ...]:
        """Entities that go by a squeezed alias."""
        return self._aliases.get(alias, ())

    def named_by_word(self, word: str) -> tuple[EntityName, ...]:
        """Complexes by a word that only their name has, alone or with a particle behind it: 에델루이는."""
        forms = (word, *(word.removesuffix(particle) for particle in PARTICLES if particle and word.endswith(particle)))
        return next((named for form in forms if (named := self._telling.get(form, ()))), ())

    def named_shortly(self, word: str) -> tuple[EntityName, ...]:
        """Entities that go by a short alias, one that a word of the question is or that a particle follows."""
        return self._short.get(word[:SHORT_ALIAS], ()) if word[SHORT_ALIAS:] in {"", *PARTICLES} else ()

    def with_part(self, part: str) -> tuple[EntityName, ...]:
        """Entities whose name holds a squeezed part, in the store's order."""
        return tuple(name for name in self._names.values() if part in squeeze(name.name_ko))

    def by_name_terms(self, terms: Iterable[str]) -> tuple[tuple[EntityName, ...], tuple[str, ...]]:
        """Entities whose names hold all of those ``terms`` that any name holds, and the terms so used.

        At least one of the terms must be rare among names: 푸르지오 alone picks nothing out.
        """
        used = [term for term in dict.fromkeys(terms) if term in self._by_term]
        if not any(len(self._by_term[term]) <= RARE_NAME_TERM and term not in self._brand_terms for term in used):
            return (), ()
        found = frozenset.intersection(*(self._by_term[term] for term in used))
        return tuple(self._names[id_] for id_ in sorted(found)), tuple(used)

    def by_sound(self, words: Sequence[str], telling: Sequence[str]) -> tuple[tuple[EntityName, ...], list[str]]:
        """Entities whose English names share most of ``words`` by sound; see :meth:`SoundIndex.find`."""
        found, used = self._sounds.find(words, telling)
        if all(word not in telling or sound(word) in self._brand_sounds for word in used):
            return (), []  # "Prugio complexes" are all of the brand
        return tuple(self._names[id_] for id_ in found), used

    def like(
        self, squeezed: str, at_words: Callable[[int, int], bool] = lambda _start, _end: True
    ) -> tuple[str, tuple[EntityName, ...], tuple[int, int]] | None:
        """Best alias that stands, with a typo or two, in a squeezed question, and where in it.

        ``at_words`` says whether a part of it begins and ends where words do: "complex in" holds no Maple Xi.
        Digits must agree (3차 is not 4차), and so must places: 이천 is not 인천.
        """
        # Not those that are longer than the question, which come first.
        candidates = self._by_length[bisect_left(self._by_length, -len(squeezed) - 1, key=lambda alias: -len(alias)) :]
        for alias, _, _ in process.extract(
            squeezed, candidates, scorer=fuzz.partial_ratio, score_cutoff=FUZZY_CUTOFF, limit=10
        ):
            window = fuzz.partial_ratio_alignment(alias, squeezed)
            if window is None:
                continue
            for start, end in _windows(window.dest_start, window.dest_end, len(squeezed)):
                found = squeezed[start:end]
                if not is_korean(alias) and (
                    len(alias) < MIN_LATIN
                    or not at_words(start, end)
                    or (found[:1], found[-1:]) != (alias[:1], alias[-1:])
                    or alias[:-1].startswith(found)  # Hanwha Forena is not yet Hanwha Forena Mia
                ):
                    continue  # "near Cheolsan Station" is not all of Cheolsan Station Xi
                if [char for char in alias if char.isdigit()] != [char for char in found if char.isdigit()]:
                    continue
                if is_typo_of(found, alias) and not self._places_differ(found, alias):
                    return alias, self._aliases[alias], (start, end)
        return None

    def _places_differ(self, found: str, alias: str) -> bool:
        """Whether the typed name holds a place that the alias lacks: then it is another complex, not a typo."""
        return any(stem in found and stem not in alias for stem in self._place_stems)

    def nearest_names(self, squeezed: str, limit: int = 3) -> tuple[EntityName, ...]:
        """Names to offer when a name was not found: those that hold most of it, then those as long that are like it."""
        found: dict[str, EntityName] = {}
        for scorer, cutoff in ((fuzz.partial_ratio, PART_CUTOFF), (fuzz.ratio, WHOLE_CUTOFF)):
            # A short alias within a long question name is a part of it and not the other way round.
            aliases = [alias for alias in self._by_length if scorer is fuzz.ratio or len(alias) >= len(squeezed)]
            for alias, _, _ in process.extract(squeezed, aliases, scorer=scorer, score_cutoff=cutoff, limit=limit * 4):
                for name in self._aliases[alias]:
                    found.setdefault(name.id, name)
        return tuple(found.values())[:limit]
