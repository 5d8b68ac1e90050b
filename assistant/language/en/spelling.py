"""Misspelt English put right before it is read: appartment, staton, Gwanmyeong, and names as people romanise them.

A word is left alone when the store or the lexicons know it, when it is a common English word, or when nothing known is
a letter or two away from it. Names are also found by what romanisations differ in: Kangnam is Gangnam, and Tongdaemun
Dongdaemun, for Korean has one sound where English has k and g.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable

from rapidfuzz import process
from rapidfuzz.distance import OSA

LEAST = 5  # letters: a shorter word is a letter away from too many others
LEAST_NAME = 4  # letters of a district's name, which is only found by its sound
LONG, LONG_NAME = 8, 10  # letters of a word, and of a name, in which two may be wrong
MOST_WRONG = 2
_WORD = re.compile(r"(?<![A-Za-z'])[A-Za-z]{4,}(?!\s+(?:Univ|univ)|[A-Za-z'])")
_SUFFIX = re.compile(r"(?<=[a-z])-ku\b")  # Songpa-ku, as it was written before 2000
# What romanisations of one sound differ in, in this order; pairs of letters first.
_FOLDED = (
    *(("yeo", "yo"), ("you", "yo"), ("yu", "yo"), ("eo", "o"), ("eu", "u"), ("oo", "u"), ("ee", "i"), ("ae", "e")),
    *(("ck", "k"), ("ch", "j"), ("sh", "s"), ("k", "g"), ("t", "d"), ("p", "b"), ("l", "r"), ("z", "j")),
)


def folded(name: str) -> str:
    """A romanised name by its sounds: letters that romanisations of one sound exchange are one."""
    key = name.lower()
    for letters, plain in _FOLDED:
        key = key.replace(letters, plain)
    return re.sub(r"(.)\1+", r"\1", key)


class LatinSpelling:
    """The English words that questions are made of."""

    def __init__(
        self,
        words: Iterable[str],
        districts: Iterable[str],
        names: Iterable[str],
        others: Iterable[str],
        is_word: Callable[[str], bool],
    ) -> None:
        """``words`` of the lexicons; ``districts`` and other ``names`` as the store writes them; ``others`` are right
        as they stand, and no correction of anything. ``is_word``: is it a common English word, and so not misspelt?"""
        self._right = {word.lower() for word in others}
        self._meant_by: dict[str, str] = {word.lower(): word for word in words if len(word) >= LEAST}
        of_districts, of_names = ({name for name in group if len(name) >= LEAST_NAME} for group in (districts, names))
        self._districts = _by_sound(of_districts)
        self._names = _by_sound(of_names)
        for name in (*of_districts, *of_names):
            self._meant_by.setdefault(name.lower(), name)
        self._proper = {name.lower() for name in (*of_districts, *of_names)}
        self._district_names = {name.lower() for name in of_districts}
        self._by_first: dict[str, list[str]] = defaultdict(list)
        for word in self._meant_by:
            if len(word) >= LEAST:
                self._by_first[word[0]].append(word)
        self._is_word = is_word

    def corrected(self, text: str) -> str:
        """``text`` with the words that are misspelt put right."""
        return _WORD.sub(lambda match: self._corrected(match[0]), _SUFFIX.sub("-gu", text))

    def _corrected(self, typed: str) -> str:
        """The word that ``typed`` is a misspelling of, or itself."""
        word = typed.lower()
        if word in self._district_names:
            return typed
        # A name that a district and something else share by sound is the district's: Kangnam.
        meant = self._districts.get(folded(word), "")
        if not meant and (word in self._meant_by or word in self._right):
            return typed
        if word not in self._proper and self._is_word(word):
            return typed
        if not meant and len(word) >= LEAST:
            meant = self._names.get(folded(word), "") or self._nearest(word)
        return (meant.capitalize() if typed[0].isupper() and meant.islower() else meant) or typed

    def _nearest(self, word: str) -> str:
        """The known word with the same first letter that is fewest slips away; of two, the one that ends alike."""
        found = process.extract(
            word, self._by_first.get(word[0], ()), scorer=OSA.distance, score_cutoff=MOST_WRONG, limit=None
        )
        near = [
            (wrong, other[-1] != word[-1], place, other)
            for other, wrong, place in found
            if wrong <= (1 if len(word) < (LONG_NAME if other in self._proper else LONG) else MOST_WRONG)
        ]
        return self._meant_by[min(near)[-1]] if near else ""


def _by_sound(names: Iterable[str]) -> dict[str, str]:
    """Names by what they sound like, where it is the sound of one alone."""
    found: dict[str, set[str]] = defaultdict(set)
    for name in names:
        found[folded(name)].add(name)
    return {key: next(iter(same)) for key, same in found.items() if len(same) == 1}
