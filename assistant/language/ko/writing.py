"""Korean as it is written: particles (josa) that agree with the word before them, and figures, areas and dates.

A particle has two forms, chosen by how the word before it *sounds*: after a final consonant or not (``로`` also after
a final ㄹ). Names end in digits, Latin letters and brackets too, so the sound is taken from their Korean reading:
``1BL`` is read 블록, ``7`` 칠, ``SK VIEW`` 뷰. Words in brackets are not read (National Institute of Korean Language),
so ``롯데캐슬(본청약)`` takes the particle of ``롯데캐슬``.
"""

from __future__ import annotations

import re
from datetime import date
from enum import Enum
from typing import Final

PYEONG_PER_SQUARE_METRE: Final = 0.3025


class Ending(Enum):
    """How a word ends, as far as particles care."""

    VOWEL = "vowel"
    RIEUL = "rieul"
    CONSONANT = "consonant"


# (after a consonant, after a vowel); ㄹ counts as a consonant but for 으로/로.
JOSA: Final[dict[str, tuple[str, str]]] = {
    "은": ("은", "는"),
    "이": ("이", "가"),
    "을": ("을", "를"),
    "과": ("과", "와"),
    "으로": ("으로", "로"),
}

_SYLLABLE_FIRST, _SYLLABLE_LAST, _FINALS, _RIEUL = 0xAC00, 0xD7A3, 28, 8
_DIGITS: Final = {
    "0": Ending.CONSONANT,  # 영, and 십, 백, 천, 만
    "1": Ending.RIEUL,
    "2": Ending.VOWEL,
    "3": Ending.CONSONANT,
    "4": Ending.VOWEL,
    "5": Ending.VOWEL,
    "6": Ending.CONSONANT,
    "7": Ending.RIEUL,
    "8": Ending.RIEUL,
    "9": Ending.VOWEL,
}
# Letters whose Korean name ends in a consonant: 엘, 엠, 엔, 알. All the others end in a vowel.
_LETTERS: Final = {"l": Ending.RIEUL, "m": Ending.CONSONANT, "n": Ending.CONSONANT, "r": Ending.RIEUL}
# Latin words that are read as a word, where the last letter's name would mislead.
_WORDS: Final = {
    "bl": Ending.CONSONANT,  # 블록
    "block": Ending.CONSONANT,
    "summit": Ending.CONSONANT,  # 서밋
    "hilltop": Ending.CONSONANT,  # 힐탑
    "top": Ending.CONSONANT,
    "rock": Ending.CONSONANT,
    "km": Ending.VOWEL,  # 킬로미터
}
# How words, unlike abbreviations, end as they are read: 캐슬, 랜딩, 존, 홈; all others in a vowel (타워, 파크).
_WORD_ENDINGS: Final = (
    (re.compile(r"le?$"), Ending.RIEUL),
    (re.compile(r"(?:ng|[nm]e?)$"), Ending.CONSONANT),
)
_ROMAN: Final = {"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6", "vii": "7", "viii": "8"}
_ROMAN_SIGNS: Final = dict(zip("ⅠⅡⅢⅣⅤⅥⅦⅧ", "12345678", strict=True))
_SIGNS: Final = {"㎡": Ending.VOWEL, "%": Ending.VOWEL, "&": Ending.VOWEL}  # 제곱미터, 퍼센트, 앤드

_METRES = re.compile(r"\d\s?m$")
_TRAILING_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
_LATIN_TAIL = re.compile(r"[A-Za-z]+$")


def ending(text: str) -> Ending:
    """How the Korean reading of ``text`` ends. Text with nothing readable counts as ending in a vowel."""
    bare = text.strip()
    while (without := _TRAILING_BRACKETS.sub("", bare)) != bare and without:
        bare = without
    bare = bare.rstrip(" \t'\"’”)]}>」』》〉·.,-")
    if not bare:
        return Ending.VOWEL
    last = bare[-1]
    if _SYLLABLE_FIRST <= ord(last) <= _SYLLABLE_LAST:
        final = (ord(last) - _SYLLABLE_FIRST) % _FINALS
        return Ending.VOWEL if final == 0 else Ending.RIEUL if final == _RIEUL else Ending.CONSONANT
    if last in _DIGITS:
        return _DIGITS[last]
    if last in _ROMAN_SIGNS:
        return _DIGITS[_ROMAN_SIGNS[last]]
    if _METRES.search(bare):
        return Ending.VOWEL  # 미터
    if tail := _LATIN_TAIL.search(bare):
        return _latin_ending(tail.group())
    return _SIGNS.get(last, Ending.VOWEL)


def _latin_ending(word: str) -> Ending:
    lower = word.lower()
    if lower in _WORDS:
        return _WORDS[lower]
    # A Roman numeral stands alone and in capitals (호반써밋 III); a single letter is a type's letter, but for I and V.
    if word.isupper() and lower in _ROMAN:
        return _DIGITS[_ROMAN[lower]]
    if len(word) > 2 and any(letter in "aeiou" for letter in lower):
        return next((sound for pattern, sound in _WORD_ENDINGS if pattern.search(lower)), Ending.VOWEL)
    return _LETTERS.get(lower[-1], Ending.VOWEL)


def josa(text: str, particle: str) -> str:
    """The form of ``particle`` (named by its form after a consonant: 은, 이, 을, 과, 으로) that follows ``text``.

    Raises:
        KeyError: no such particle.
    """
    after_consonant, after_vowel = JOSA[particle]
    sound = ending(text)
    if sound is Ending.VOWEL or (sound is Ending.RIEUL and particle == "으로"):
        return after_vowel
    return after_consonant


def attach(text: str, particle: str) -> str:
    """``text`` followed by the right form of ``particle``."""
    return text + josa(text, particle)


def number(value: float, decimals: int = 4) -> str:
    """Grouped in thousands, without trailing zeros: ``1,234.5``."""
    shown = f"{value:,.{decimals}f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def won(manwon: int) -> str:
    """만원 as people say it: 85,000 → ``8억 5,000만원``."""
    hundred_millions, rest = divmod(manwon, 10_000)
    parts = [f"{hundred_millions:,}억"] if hundred_millions else []
    if rest or not hundred_millions:
        parts.append(f"{rest:,}만")
    return " ".join(parts) + "원"


def pyeong(square_metres: float) -> str:
    """평 to one decimal."""
    return number(square_metres * PYEONG_PER_SQUARE_METRE, 1)


def area(square_metres: float) -> str:
    """``84.98㎡(약 25.7평)``."""
    return f"{number(square_metres)}㎡(약 {pyeong(square_metres)}평)"


def month(first_day: date) -> str:
    return f"{first_day.year}년 {first_day.month}월"


def day(when: date) -> str:
    return f"{when.year}년 {when.month}월 {when.day}일"


def period(start: date, end: date) -> str:
    """``2025년 12월 8일부터 12월 10일까지``; one day alone when both are the same, both years when they differ."""
    if start == end:
        return f"{day(start)} 하루"
    until = f"{end.month}월 {end.day}일" if start.year == end.year else day(end)
    return f"{day(start)}부터 {until}까지"
