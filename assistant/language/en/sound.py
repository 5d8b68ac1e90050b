"""English spellings of Korean-made names compared by sound: Trius, Teuriuseu and Triuse are one name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz, process

SIMILAR = 80.0  # of 100; below, other names of the same length begin to match
SURE = 85.0  # for a word that is not written as a name
ALONE = 90.0  # for one word that is all that is given of a name
LEAST = 4  # letters: shorter words sound like too many others
MATCHES = 5  # keys looked at per word
MAX_SHARING = 4  # names that share a word which still tells one complex from the rest

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
            words = words_of(name)
            # Pairs too: "The Hue" is also written Thehue.
            for word in (*words, *map("".join, pairwise(words))):
                if len(key := sound(word)) >= LEAST:
                    self._by_sound[key].add(identity)
        self._keys = list(self._by_sound)

    def find(self, words: Sequence[str], telling: Sequence[str]) -> tuple[list[str], list[str]]:
        """Identities whose names hold most of ``words`` by sound, and the words that found them.

        At least one shared word must be among ``telling`` and belong to few names. A word that stands alone, or without
        a capital, must sound closer: "account" is not every County, nor France every Palace.
        """
        shared: dict[str, dict[str, float]] = defaultdict(dict)
        tells: dict[str, float] = {}
        capitals = any(word[0].isupper() for word in telling)
        for word in dict.fromkeys(words):
            if len(key := sound(word)) < LEAST:
                continue
            for match, score, _ in process.extract(
                key, self._keys, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=MATCHES
            ):
                for identity in self._by_sound[match]:
                    shared[identity][word] = max(score, shared[identity].get(word, 0.0))
                    few = len(self._by_sound[match]) <= MAX_SHARING
                    if few and word in telling and (word[0].isupper() or score >= SURE):
                        tells[identity] = max(score, tells.get(identity, 0.0))
        named = {
            identity: sum(shared[identity].values())
            for identity, score in tells.items()
            if len(shared[identity]) > 1 or (capitals and score >= ALONE)
        }
        best = sorted(identity for identity, total in named.items() if total == max(named.values()))
        return best, sorted({word for identity in best for word in shared[identity]})
