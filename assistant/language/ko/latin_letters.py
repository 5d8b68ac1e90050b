"""Latin letters in Korean names as Koreans say them: DMC아트포레 is 디엠씨아트포레 to many."""

from __future__ import annotations

import re
from collections.abc import Iterator

_NAMES = "에이 비 씨 디 이 에프 지 에이치 아이 제이 케이 엘 엠 엔 오 피 큐 알 에스 티 유 브이 더블유 엑스 와이 제트"
_LETTERS = dict(zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", _NAMES.split(), strict=True))
_INITIALS = re.compile(r"(?<![A-Za-z])[A-Z]{2,4}(?![A-Za-z])")
_READING = re.compile(r"[A-Za-z .'&-]+\(([가-힣]{2,})\)")


def said_aloud(name: str) -> Iterator[str]:
    """Korean forms of a name with Latin letters: its initials spelled, and the reading that it gives in brackets."""
    if _INITIALS.search(name) and re.search("[가-힣]", name):
        yield _INITIALS.sub(lambda initials: "".join(_LETTERS[letter] for letter in initials[0]), name)
    if given := _READING.fullmatch(name):  # VIORR(비오르)
        yield given[1]
