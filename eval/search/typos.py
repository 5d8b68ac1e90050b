"""English questions as they are typed in haste: one slip in each of their two longest words, made by a program."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from eval.search.cases import SearchCase

SLIPS = "en-slip"  # the variant of questions made here
OF = "en-terse"  # what they are made of
LEAST = 5  # letters of a word that gets a slip
WORDS = 2
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def misspelt(question: str) -> str:
    """``question`` with two letters exchanged, or one left out, doubled or hit beside; the same ones every time.

    A word's first letter stays, as it does when people type.
    """
    draw = random.Random(question)
    words = sorted(re.finditer(rf"[A-Za-z]{{{LEAST},}}", question), key=lambda word: -len(word[0]))[:WORDS]
    for word in sorted(words, key=lambda word: -word.start()):
        question = question[: word.start()] + _slip(word[0], draw) + question[word.end() :]
    return question


def _slip(word: str, draw: random.Random) -> str:
    at = draw.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    kind = draw.choice(("exchanged", "left out", "doubled", "beside"))
    if kind == "exchanged" and letter != after[0]:
        return before + after[0] + letter + after[1:]
    if kind == "doubled":
        return before + letter * 2 + after
    if kind == "beside":
        row = next(row for row in _ROWS if letter.lower() in row)
        beside = row[row.index(letter.lower()) - 1] if letter.lower() != row[0] else row[1]
        return before + beside + after
    return before + after


def with_slips(cases: list[SearchCase]) -> list[SearchCase]:
    """``cases``, and each short English one once more with slips."""
    made = [
        replace(case, id=f"{case.pair}/{SLIPS}", variant=SLIPS, question=misspelt(case.question))
        for case in cases
        if case.variant == OF
    ]
    return [*cases, *made]
