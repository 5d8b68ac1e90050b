"""Which documents a question names by their titles, whatever its spacing."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from assistant.domain import EntityName
from assistant.language.text import longest_first, squeeze
from prompts.loader import Prompts

RUN = 4  # letters that a question and a title's word must share in a row; fewer are shared by chance
LEAST_SHARE_OF_WORD = 0.6  # of a title's word, that a question must hold in a row
LEAST_TITLE = 6  # letters of a title that is named as a whole
MAX_TITLES = 2  # titles: what more of them share names none
_WORD = re.compile("[가-힣]+")
_ENGLISH = re.compile(r"[A-Za-z][A-Za-z'-]{2,}")
_CODE = re.compile(r"\b[A-Za-z]{1,2}-?\d{1,2}(?=블록|BL|\b)")  # of a block: Ac-05
_NOTE = re.compile(r"\([^)]*\)?|\[[^\]]*\]?")


class TitleIndex:
    """Titles of documents (PDF and the like) by the words in them that tell one from another.

    What every notice is called (입주자 모집 공고) tells nothing and is passed over.
    """

    def __init__(self, prompts: Prompts, documents: Iterable[EntityName]) -> None:
        self._names = {name.id: name for name in documents}
        self._whole = {
            name.id: title
            for name in self._names.values()
            if len(title := squeeze(_NOTE.sub("", name.name_ko))) >= LEAST_TITLE
        }
        common = prompts.words["title_words"]
        parted = re.compile("|".join(map(re.escape, longest_first(common["ko"]))))
        self._telling: dict[str, tuple[str, ...]] = {}
        self._by_form: dict[str, set[str]] = defaultdict(set)
        self._by_pair: dict[tuple[str, str], set[str]] = defaultdict(set)
        for name in self._names.values():
            words = [part for word in _WORD.findall(name.name_ko) for part in parted.split(word)]
            telling = [part for part in words if len(part) >= RUN]
            if telling:
                self._telling[name.id] = (*telling, *map(squeeze, _CODE.findall(name.name_ko)))
            for form in (form for part in telling for form in _forms(part)):
                self._by_form[form].add(name.id)
            for pair in _pairs(name.name_en):
                if not set(pair) & set(common["en"]):
                    self._by_pair[pair].add(name.id)

    def __bool__(self) -> bool:
        return bool(self._names)

    def named(self, text: str, entities: Iterable[EntityName] = ()) -> tuple[EntityName, ...]:
        """Documents that ``text`` names; where it names complexes, those of which a complex bears the whole name."""
        squeezed = squeeze(text)
        ids = {id_ for id_, title in self._whole.items() if title in squeezed}
        complexes = [squeeze(entity.name_ko) for entity in entities]
        if complexes:
            ids |= {
                id_
                for id_, parts in self._telling.items()
                if any(all(part in name for part in parts) for name in complexes)
            }
        found = [held for form, held in self._by_form.items() if not complexes and form in squeezed]
        found += [self._by_pair[pair] for pair in _pairs(text) if pair in self._by_pair]
        for held in found:
            ids |= held if len(held) <= MAX_TITLES else set()
        return tuple(self._names[id_] for id_ in sorted(ids))


def _forms(part: str) -> Iterator[str]:
    """How a word of a title may be said: its end, or most of it. Two complexes may begin alike (반포 래미안)."""
    yield part[-RUN:]
    most = max(RUN, math.ceil(LEAST_SHARE_OF_WORD * len(part)))
    yield from (part[start : start + most] for start in range(len(part) - most + 1))


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """Neighbouring words of an English name, in lower case."""
    return pairwise(word.lower() for word in _ENGLISH.findall(text))
