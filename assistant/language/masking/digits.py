"""Digits in a text, however they are disguised: in words, full-width, circled, as letters, with signs between.

A run of digits keeps where its groups were parted, for 2025-11-03 is a date and 110-234-567890 an account.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_WORDS: Final = {"zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"} | {
    "seven": "7",
    "eight": "8",
    "nine": "9",
}
_DIGIT: Final = (
    {str(number): str(number) for number in range(10)}
    | {chr(0xFF10 + number): str(number) for number in range(10)}
    | dict(zip("공영일이삼사오육칠팔구륙", "001234567896", strict=True))
    | dict(zip("①②③④⑤⑥⑦⑧⑨⓪", "1234567890", strict=True))
    | {"ㅇ": "0", "〇": "0", "○": "0", "|": "1", "ㅣ": "1"}
)
# Letters that look like digits count beside real ones alone: the o of "o1o", not that of "no".
_LOOK_ALIKE: Final = {"O": "0", "o": "0", "l": "1", "I": "1"}
_LATIN: Final = re.compile(r"[A-Za-z0-9]+")
_LATIN_BEFORE: Final = re.compile(r"[A-Za-z0-9]+$")
LONGEST_TOKEN: Final = 40  # letters and digits on either side that tell what one of them is
_ENGLISH: Final = re.compile(rf"(?<![a-z])(?:{'|'.join(_WORDS)})(?![a-z])", re.IGNORECASE)
# What stands between two groups: signs and spaces, a drawn-out vowel for a dash, or the word for one.
_BETWEEN: Final = re.compile(r"\s*(?:다시|대시|에)\s*(?=[\d공영일이삼사오육칠팔구])|(?! / )(?:[^\w\n]|[_ㅡ]){1,3}")


@dataclass(frozen=True, slots=True)
class Run:
    """Digits with little between them. ``positions``: where each digit starts and ends in the text; ``breaks``: the
    indices of digits before which something stands; ``disguised``: those of digits written as letters or words."""

    digits: str
    positions: tuple[tuple[int, int], ...]
    breaks: tuple[int, ...]
    disguised: tuple[int, ...]

    @property
    def plain(self) -> bool:
        """Whether every digit is written as one."""
        return not self.disguised

    def groups(self) -> list[str]:
        """The digits as they were parted."""
        cuts = [0, *self.breaks, len(self.digits)]
        return [self.digits[start:end] for start, end in pairwise(cuts)]

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Where the digits from index ``first`` to ``last`` (inclusive) stand."""
        return self.positions[first][0], self.positions[last][1]

    def without_word(self) -> Run:
        """The run less a first group that is rather the end of a word (제일 123-20-456789), where the rest is plain."""
        if self.plain or not self.breaks or self.disguised[-1] >= self.breaks[0]:
            return self
        cut = self.breaks[0]
        return Run(self.digits[cut:], self.positions[cut:], tuple(at - cut for at in self.breaks[1:]), ())


def runs(text: str) -> list[Run]:
    """Every run of digits of ``text``, in order."""
    found = []
    at = 0
    while at < len(text):
        if _digit_at(text, at) is None:
            at += 1
            continue
        run = _run_from(text, at)
        found.append(run)
        at = run.positions[-1][1]
    return found


def _digit_at(text: str, at: int) -> tuple[str, int] | None:
    """The digit that starts at ``at`` and where it ends."""
    if at >= len(text):
        return None
    if text[at] in _DIGIT:
        return _DIGIT[text[at]], at + 1
    if word := _ENGLISH.match(text, at):
        return _WORDS[word.group().lower()], word.end()
    if text[at] in _LOOK_ALIKE and _among_digits(text, at):
        return _LOOK_ALIKE[text[at]], at + 1
    return None


def _among_digits(text: str, at: int) -> bool:
    """Whether the letters and digits around ``at`` are digits and letters that look like them."""
    before = _LATIN_BEFORE.search(text, max(0, at - LONGEST_TOKEN), at)
    after = _LATIN.match(text, at, at + LONGEST_TOKEN)
    token = (before[0] if before else "") + (after[0] if after else "")
    return any(char.isdigit() for char in token) and all(char.isdigit() or char in _LOOK_ALIKE for char in token)


def _run_from(text: str, start: int) -> Run:
    digits: list[str] = []
    positions: list[tuple[int, int]] = []
    breaks: list[int] = []
    at = start
    while True:
        found = _digit_at(text, at)
        if found is None:
            gap = _BETWEEN.match(text, at)
            found = _digit_at(text, gap.end()) if gap else None
            if gap is None or found is None:
                break
            breaks.append(len(digits))
            at = gap.end()
        digits.append(found[0])
        positions.append((at, found[1]))
        at = found[1]
    disguised = tuple(index for index, (start, end) in enumerate(positions) if not text[start:end].isdigit())
    return Run("".join(digits), tuple(positions), tuple(breaks), disguised)
