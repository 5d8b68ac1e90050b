"""Revised Romanization of Korean (국어의 로마자 표기법, 2000), with the sound changes between syllables.

Source: the National Institute of Korean Language's rules. Names are written as they are pronounced (신림 Sillim,
독립문 Dongnimmun), but tense consonants that arise in speech are not written (압구정 Apgujeong), ㅎ after ㄱ, ㄷ, ㅂ
stays in nouns (묵호 Mukho), and nothing changes across the hyphen of an administrative suffix (삼죽면 Samjuk-myeon).
Not covered: inserted ㄴ (학여울 Hangnyeoul), which only a dictionary knows. Own code, because the kept libraries either
know no sound changes (hangul-romanize) or are under the GPL (korean-romanizer).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i".split()  # noqa: SIM905
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_INITIAL_LETTERS = dict(zip(_INITIALS, "g kk n d tt r m b pp s ss - j jj ch k t p h".split(), strict=True)) | {"ㅇ": ""}  # noqa: SIM905
_FINAL_LETTERS = {"ㄱ": "k", "ㄴ": "n", "ㄷ": "t", "ㄹ": "l", "ㅁ": "m", "ㅂ": "p", "ㅇ": "ng", "": ""}

# What a final sounds like before a consonant or at the end.
_NEUTRAL = {
    **dict.fromkeys("ㄱㄲㅋㄳㄺ", "ㄱ"),
    **dict.fromkeys("ㄷㅌㅅㅆㅈㅊㅎ", "ㄷ"),
    **dict.fromkeys("ㅂㅍㅄㄿ", "ㅂ"),
    **dict.fromkeys("ㄴㄵㄶ", "ㄴ"),
    **dict.fromkeys("ㄹㄼㄽㄾㅀ", "ㄹ"),
    **dict.fromkeys("ㅁㄻ", "ㅁ"),
    "ㅇ": "ㅇ",
    "": "",
}
# A double final before a vowel: the first part stays, the second moves over.
_DOUBLE = {
    "ㄳ": ("ㄱ", "ㅅ"),
    "ㄵ": ("ㄴ", "ㅈ"),
    "ㄶ": ("", "ㄴ"),
    "ㄺ": ("ㄹ", "ㄱ"),
    "ㄻ": ("ㄹ", "ㅁ"),
    "ㄼ": ("ㄹ", "ㅂ"),
    "ㄽ": ("ㄹ", "ㅅ"),
    "ㄾ": ("ㄹ", "ㅌ"),
    "ㄿ": ("ㄹ", "ㅍ"),
    "ㅀ": ("", "ㄹ"),
    "ㅄ": ("ㅂ", "ㅅ"),
}
_NASAL = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}
_ASPIRATED = {"ㄱ": "ㅋ", "ㄷ": "ㅌ", "ㅈ": "ㅊ"}
_WITH_H = {"ㅎ": "", "ㄶ": "ㄴ", "ㅀ": "ㄹ"}  # finals holding ㅎ, and what is left when the ㅎ has moved
_PALATAL = {"ㄷ": "ㅈ", "ㅌ": "ㅊ"}

_HANGUL_RUN = re.compile("[가-힣]+")
# A numbered 동 carries its number before the suffix: 독산1동.
_ADMINISTRATIVE = re.compile(r"([가-힣·]+?)([0-9·]*)(도|시|군|구|읍|면|동|리|가)")
_ROAD = re.compile(r"([가-힣0-9]+?)(대로|로|길)(?:([0-9]+)(번길|길|번))?")
_SUFFIXES = dict(zip("도시군구읍면동리가", "do si gun gu eup myeon dong ri ga".split(), strict=True))  # noqa: SIM905


@dataclass(slots=True)
class _Syllable:
    initial: str
    vowel: str  # in Latin letters
    final: str  # empty where there is none


def romanise(text: str) -> str:
    """Every run of Hangul in ``text`` as one word, capitalised unless it follows a digit; the rest as it stands."""

    def word(run: re.Match[str]) -> str:
        letters = _word(run[0])
        return letters if run.start() and text[run.start() - 1].isdigit() else letters.capitalize()

    return _HANGUL_RUN.sub(word, text)


def romanise_administrative(name: str) -> str:
    """A district with its suffix after a hyphen: ``금천구`` → ``Geumcheon-gu``, ``독산1동`` → ``Doksan 1-dong``."""
    match = _ADMINISTRATIVE.fullmatch(name)
    if match is None:
        return romanise(name)
    stem, number, suffix = match[1], match[2], _SUFFIXES[match[3]]
    return f"{romanise(stem)} {number}-{suffix}" if number else f"{romanise(stem)}-{suffix}"


def romanise_road(name: str) -> str:
    """A road name with its suffixes after hyphens: ``예술대학로5길`` → ``Yesuldaehak-ro 5-gil``."""
    match = _ROAD.fullmatch(name)
    if match is None:
        return romanise(name)
    stem, width, number, alley = match.groups(default="")
    road = romanise(stem) + {"": "", "대로": "-daero", "로": "-ro", "길": "-gil"}[width]
    return f"{road} {number}{'beon' if alley.startswith('번') else ''}-gil" if number else road


def _word(hangul: str) -> str:
    syllables = [_syllable(character) for character in hangul]
    for left, right in pairwise(syllables):
        _join(left, right)
    syllables[-1].final = _NEUTRAL[syllables[-1].final]
    letters: list[str] = []
    previous_final = ""
    for syllable in syllables:
        initial = "l" if syllable.initial == "ㄹ" == previous_final else _INITIAL_LETTERS[syllable.initial]
        letters.append(initial + syllable.vowel + _FINAL_LETTERS[syllable.final])
        previous_final = syllable.final
    return "".join(letters)


def _syllable(character: str) -> _Syllable:
    code = ord(character) - 0xAC00  # Unicode orders syllables by initial (588 each), vowel (28 each) and final
    return _Syllable(_INITIALS[code // 588], _VOWELS[code % 588 // 28], _FINALS[code % 28].strip())


def _join(left: _Syllable, right: _Syllable) -> None:
    """Change the final of ``left`` and the initial of ``right`` as they are pronounced together."""
    if right.initial == "ㅇ" and left.final not in ("", "ㅇ"):
        _move_final(left, right)
    elif left.final in _WITH_H and right.initial in _ASPIRATED:
        left.final, right.initial = _WITH_H[left.final], _ASPIRATED[right.initial]
    else:
        _assimilate(left, right)


def _move_final(left: _Syllable, right: _Syllable) -> None:
    """Before a vowel a final becomes the next syllable's initial: 길음 Gireum."""
    left.final, moved = _DOUBLE.get(left.final, ("", "" if left.final == "ㅎ" else left.final))
    if right.vowel == "i":
        moved = _PALATAL.get(moved, moved)
    right.initial = moved or "ㅇ"


def _assimilate(left: _Syllable, right: _Syllable) -> None:
    final, initial = _NEUTRAL[left.final], right.initial
    if initial == "ㄹ" and final == "ㄴ":
        final = "ㄹ"  # 신림 Sillim
    elif initial == "ㄹ" and final not in ("", "ㄹ"):
        initial = "ㄴ"  # 종로 Jongno; the new ㄴ then makes ㄱ and ㅂ nasal: 왕십리 Wangsimni
    elif initial == "ㄴ" and final == "ㄹ":
        initial = "ㄹ"  # 별내 Byeollae
    if initial in ("ㄴ", "ㅁ"):
        final = _NASAL.get(final, final)
    left.final, right.initial = final, initial
