"""Splitting a Korean name that is written together (철산역자이) into the words a vocabulary knows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

# Weights found by reading the English names of all 1,012 notices: a known word must earn more than it breaks up.
_PER_KNOWN_SYLLABLE = 10
_PER_KNOWN_WORD = -8
_PER_UNKNOWN_STRETCH = -9
_SINGLE_UNKNOWN_SYLLABLE = -16  # one syllable left over is a sign of a wrong split (판교 | 원 | 마을)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a name. ``known`` tells whether the vocabulary has it."""

    text: str
    known: bool


def segment(name: str, words: Collection[str], places: Collection[str]) -> list[Piece]:
    """The best split of ``name``.

    Args:
        name: one run of Hangul.
        words: known words, taken anywhere in the name if they have two syllables or more.
        places: known places, taken only at the start or after another known word: inside an unknown word, two
            syllables that spell a place are chance.
    """
    # best[i] = (score, end of the previous piece, whether the piece that ends at i is known)
    best: list[dict[bool, tuple[int, int, bool]]] = [{} for _ in range(len(name) + 1)]
    best[0][True] = (0, -1, True)
    for start in range(len(name)):
        for known_before, (score, _, _) in best[start].items():
            for end in range(start + 1, len(name) + 1):
                text = name[start:end]
                whole = len(text) == len(name)
                if (len(text) > 1 or whole) and (text in words or (known_before and text in places)):
                    gain = _PER_KNOWN_SYLLABLE * len(text) + _PER_KNOWN_WORD
                    _offer(best[end], True, (score + gain, start, known_before))
                if known_before or start == 0:
                    cost = _PER_UNKNOWN_STRETCH + (_SINGLE_UNKNOWN_SYLLABLE if len(text) == 1 and not whole else 0)
                    _offer(best[end], False, (score + cost, start, known_before))
    return _trace(name, best)


def _offer(options: dict[bool, tuple[int, int, bool]], known: bool, option: tuple[int, int, bool]) -> None:
    if known not in options or option[0] > options[known][0]:
        options[known] = option


def _trace(name: str, best: list[dict[bool, tuple[int, int, bool]]]) -> list[Piece]:
    end, pieces = len(name), []
    known = max(best[end], key=lambda flag: best[end][flag][0])
    while end > 0:
        _, start, known_before = best[end][known]
        pieces.append(Piece(name[start:end], known))
        end, known = start, known_before
    return pieces[::-1]
