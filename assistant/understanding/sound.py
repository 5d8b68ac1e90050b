"""English spellings of Korean-made names compared by sound: Trius, Teuriuseu and Triuse are one name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

SIMILAR = 80.0  # of 100; below, other names of the same length begin to match
SURE = 85.0  # for a word that is not written as a name
LEAST = 4  # letters: shorter words sound like too many others
FEW = 4  # names that share a word which still tells one complex from the rest

# Romanisation spells out every vowel that Korean puts between consonants, and has one letter where English has two.
_RULES = (
    (re.compile(r"eu"), ""),
    (re.compile(r"eo"), "o"),
    (re.compile(r"ae"), "e"),
    (re.compile(r"tion"), "syon"),
    (re.compile(r"tia"), "sia"),
    (re.compile(r"ph|f"), "p"),
    (re.compile(r"v"), "b"),
    (re.compile(r"z"), "j"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"ck|c|q"), "k"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"sh|th"), "s"),
    (re.compile(r"l"), "r"),
    (re.compile(r"ou|oo"), "u"),
    (re.compile(r"ee|ie|y"), "i"),
    (re.compile(r"(?<=.)e$"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=65_536)
def sound(word: str) -> str:
    """A rough key of how a word sounds, from its letters."""
    key = re.sub(r"[^a-z0-9]", "", word.lower())
    for pattern, plain in _RULES:
        key = pattern.sub(plain, key)
    return key


def words_of(name: str) -> list[str]:
    """The words of an English name, notes in brackets left out."""
    return re.findall(r"[A-Za-z][A-Za-z'-]*|\d+", re.sub(r"\([^)]*\)", " ", name))


class SoundIndex:
    """Names by the sounds of their words."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """``names``: English name by identity."""
        self._by_sound: dict[str, set[str]] = defaultdict(set)
        for identity, name in names.items():
            for word in words_of(name):
                if len(key := sound(word)) >= LEAST:
                    self._by_sound[key].add(identity)
        self._keys = list(self._by_sound)

    def find(self, words: Sequence[str], telling: Sequence[str]) -> tuple[list[str], list[str]]:
        """Identities that share most of ``words`` by sound, and the words that found them.

        At least one shared word must be among ``telling`` and belong to few names. A word without a capital must sound
        closer, and another word must be shared too: "account" is not every County.
        """
        shared: dict[str, set[str]] = defaultdict(set)
        tells: set[str] = set()
        for word in dict.fromkeys(words):
            key = sound(word)
            if len(key) < LEAST:
                continue
            matches = process.extract(key, self._keys, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=5)
            for match, score, _ in matches:
                for identity in self._by_sound[match]:
                    shared[identity].add(word)
                    if word in telling and len(self._by_sound[match]) <= FEW and (word[0].isupper() or score >= SURE):
                        tells.add(identity)
        lower = not any(word[0].isupper() for word in telling)
        tells = {identity for identity in tells if len(shared[identity]) > lower}
        if not tells:
            return [], []
        most = max(len(shared[identity]) for identity in tells)
        best = sorted(identity for identity in tells if len(shared[identity]) == most)
        return best, sorted(set().union(*(shared[identity] for identity in best)))
