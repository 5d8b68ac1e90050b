"""How far a typed name is from a written one: in letters, which in Korean are jamo and not syllables."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

_VOWELS_ALIKE = str.maketrans({"ᅢ": "ᅦ", "ᅫ": "ᅬ", "ᅰ": "ᅬ", "ᅤ": "ᅨ"})  # ㅐ ㅔ, ㅙ ㅚ ㅞ, ㅒ ㅖ: heard alike


@lru_cache(maxsize=65_536)
def letters(text: str) -> str:
    """Jamo of Hangul, Latin letters as they are; vowels that sound alike are one."""
    return unicodedata.normalize("NFD", text).translate(_VOWELS_ALIKE)


def allowed(name: str) -> int:
    """How many letters of a name of this length may be wrong for it still to be that name."""
    count = len(letters(name))
    if name[:1].isascii():
        return 1 if count <= 8 else 2 if count <= 14 else 3
    return 1 if count <= 14 else 2 if count <= 24 else 3


def is_typo_of(typed: str, name: str) -> bool:
    """Whether ``typed`` is ``name`` with a letter or two wrong, no syllable of which is another altogether.

    신촌 is no typo of 등촌: a syllable all of whose letters differ is another word.
    """
    distance = Levenshtein.distance(letters(typed), letters(name), score_cutoff=allowed(name))
    if distance > allowed(name):
        return False
    if len(typed) == len(name):
        for one, other in zip(typed, name, strict=True):
            if one != other and not one.isascii() and not set(letters(one)) & set(letters(other)):
                return False
    return True
