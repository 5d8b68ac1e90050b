"""Misspelt Korean put right before it is read: a word that no dictionary has, and that sounds like one the store knows.

People write what they hear: 은평꾸, 발싼역, 노픈. Two spellings are alike when they are romanised alike once tense and
aspirated consonants are plain, vowels that sound alike are one, and ㅎ between sounds is silent. Only whole syllables
are exchanged, as many as there were, so every position in the text keeps its meaning. Names that the store lacks sound
like nothing it knows and stay as they are.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import lru_cache

from assistant.language.ko.romanization import romanise

LEAST = 2  # syllables: one sounds like too many others
_HANGUL = re.compile(r"[가-힣]+")
# What may follow a noun within a word.
_ENDING = re.compile(
    r"(?:은|는|이|가|을|를|에|의|도|만|로|으로|와|과|랑|이랑|에서|까지|부터|보다|에는|에도|이나|나|하고|인|이고|이며|별|쪽|들|요|이야|야)?$"
)
_PLACE = re.compile(r"(?:초등|중|고등)학교|공원|역")  # a name stands before these, which may sound like any word
_VERB = re.compile(r"하(?:는|고|면|지|다|기|나|려|여|던|게|세|신|시)|[한할해했되된될돼됐]")  # 분양하는 is no 분양가는
_FOLDED = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        *((r"ng(?=[pb])", "m"), (r"ch|jj", "j"), (r"kk|g", "k"), (r"tt|d", "t"), (r"pp|b", "p"), (r"ss", "s")),
        *((r"yae|ae|ye(?!o)", "e"), (r"wae|oe", "we"), (r"ui|wi", "i"), (r"yeo", "eo"), (r"yu|eu(?!i)", "u")),
        *((r"ya", "a"), (r"yo", "o"), (r"(?<=.)h", ""), (r"(.)\1+", r"\1")),
    )
)


_INSERTED = re.compile(r"(?<=[mng])n(?=y)")  # 청약 is said cheongnyak


@lru_cache(maxsize=65_536)
def heard(word: str, *, inserted: bool = False) -> str:
    """A key of how a Korean word sounds. ``inserted``: an ㄴ that is said and not written is taken out."""
    key = romanise(word).lower()
    if inserted:
        key = _INSERTED.sub("", key)
    for pattern, plain in _FOLDED:
        key = pattern.sub(plain, key)
    return key


class Spelling:
    """The Korean words that questions are made of, by their sound."""

    def __init__(self, words: Iterable[str], is_word: Callable[[str], bool], units: Collection[str] = ()) -> None:
        """``words``: the surest first, for of two that sound alike the first is meant. ``is_word``: in a dictionary?

        ``units``: those of ``words`` that count things, and so are meant behind a digit.
        """
        self._units = units
        self._words: set[str] = set()
        self._by_sound: dict[tuple[int, str], str] = {}
        starts: dict[str, int] = defaultdict(int)
        for word in words:
            if len(word) >= LEAST and _HANGUL.fullmatch(word):
                self._words.add(word)
                self._by_sound.setdefault((len(word), heard(word)), word)
                starts[word[0]] = max(starts[word[0]], len(word))
        self._longest = max(map(len, self._words), default=0)
        self._is_word = is_word

    def corrected(self, text: str) -> str:
        """``text`` with the words that are misspelt put right; as long as it was."""
        return _HANGUL.sub(lambda run: self._corrected_run(run[0], text[run.start() - 1 : run.start()].isdigit()), text)

    def _corrected_run(self, run: str, counted: bool) -> str:
        """``counted``: a digit stands before it, so that it begins with a unit whatever word it looks like: 500세데."""
        done = 0
        while len(run) - done >= LEAST:
            lengths = range(min(self._longest, len(run) - done), LEAST - 1, -1)
            known = next((length for length in lengths if run[done : done + length] in self._words), 0)
            # 은평꾸 is rather 은평구 than 은평 and something.
            longer = (
                () if known and _VERB.match(run, done + known) else [length for length in lengths if length > known]
            )
            unit = counted and not done
            meant = next((word for length in longer if (word := self._meant(run, done, length, unit))), "")
            if not meant and not known:
                return run
            meant = meant or run[done : done + known]
            run = run[:done] + meant + run[done + len(meant) :]
            done += len(meant)
        return run

    def _meant(self, run: str, start: int, length: int, unit: bool) -> str:
        """The word that part of a run of Hangul is a misspelling of; nothing where it is none."""
        typed, rest = run[start : start + length], run[start + length :]
        sounds = (heard(typed), heard(typed, inserted=True))
        word = next((found for sound in sounds if (found := self._by_sound.get((length, sound)))), "")
        if not word or word == typed or (length == LEAST and _PLACE.match(rest)):
            return ""
        if not (_ENDING.fullmatch(rest) or any(rest.startswith(other) for other in self._followers(rest))):
            return ""
        if unit and word in self._units:
            return word
        return "" if self._is_word(typed) or (rest and self._is_word(run)) else word

    def _followers(self, rest: str) -> Iterable[str]:
        return (rest[:length] for length in range(LEAST, len(rest) + 1) if rest[:length] in self._words)
