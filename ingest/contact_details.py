"""Phone numbers, e-mail addresses and messenger names in a text, however they are disguised, found and masked.

People who are told not to write a number write it in words, in full-width digits or with dots between. A mobile number
has eleven digits, or ten, and begins with 01: that many in a row, with at most two other characters between, are no
accident even in Korean, where 이, 일 and 오 are everyday syllables.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

MASK: Final = "[연락처 가림]"

_DIGIT: Final = (
    {str(number): str(number) for number in range(10)}
    | {chr(0xFF10 + number): str(number) for number in range(10)}
    | dict(zip("공영일이삼사오육칠팔구륙", "001234567896", strict=True))
    | dict(zip("①②③④⑤⑥⑦⑧⑨⓪", "1234567890", strict=True))
    | {"O": "0", "o": "0", "ㅇ": "0", "〇": "0", "○": "0", "l": "1", "I": "1", "|": "1"}
)
_BETWEEN: Final = re.compile(r"[\s.\-–—_~·ㆍ・.,/()*＊．－]{0,2}")
_MOBILE: Final = re.compile(r"01[016789]\d{7,8}|050\d{8,9}")
_LANDLINE: Final = re.compile(r"0(?:2|[3-6][1-5])\d{7,8}")
_EMAIL: Final = re.compile(r"[\w.+-]+\s*(?:@|골뱅이)\s*[\w-]+(?:\s*(?:\.|닷|쩜|점)\s*[\w-]+)+")
_LINK: Final = re.compile(r"(?:https?://|open\.kakao|www\.)[^\s가-힣]+", re.IGNORECASE)
_MESSENGER: Final = re.compile(
    r"(?:카카오톡|카톡|까톡|ㅋㅌ|kakao\s?talk|kakao|텔레그램|텔레|telegram|라인\s*(?:아이디|id)|line\s+id|인스타(?:그램)?|instagram|위챗|wechat|왓츠앱|whatsapp)"
    r"\s*(?:아이디|id|친추|으로|로)?\s*[:：=은는]?\s*(?P<name>(?=[A-Za-z0-9_.]*[A-Za-z_])[A-Za-z0-9_.]{4,30})",
    re.IGNORECASE,
)
MIN_DIGITS: Final = 9


def find_contacts(text: str) -> list[tuple[int, int]]:
    """Where contact details stand in ``text``: (start, end), in order, apart from each other."""
    spans = [match.span() for pattern in (_EMAIL, _LINK) for match in pattern.finditer(text)]
    spans += [match.span("name") for match in _MESSENGER.finditer(text)]
    spans += _phone_numbers(text)
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def mask_contacts(text: str) -> str:
    """``text`` with every contact detail replaced by :data:`MASK`."""
    text = unicodedata.normalize("NFC", text)
    for start, end in reversed(find_contacts(text)):
        text = f"{text[:start]}{MASK}{text[end:]}"
    return text


def _phone_numbers(text: str) -> list[tuple[int, int]]:
    """Runs of digits in any disguise that are a phone number."""
    found = []
    start = 0
    while start < len(text):
        if text[start] not in _DIGIT:
            start += 1
            continue
        positions, digits = _run(text, start)
        # 이 or 일 before the number is a word of the sentence: try from each digit on.
        for skip in range(max(0, len(digits) - MIN_DIGITS + 1)):
            number = "".join(digits[skip:])
            plain = all(text[at].isdigit() for at in positions[skip:])
            match = _MOBILE.match(number) or (_LANDLINE.match(number) if plain else None)
            if match:
                found.append((positions[skip], positions[skip + match.end() - 1] + 1))
                break
        start = positions[-1] + 1
    return found


def _run(text: str, start: int) -> tuple[list[int], list[str]]:
    """Digits from ``start`` on with little between: their positions and values."""
    positions, digits = [start], [_DIGIT[text[start]]]
    at = start + 1
    while True:
        gap = _BETWEEN.match(text, at)
        at = gap.end() if gap else at
        if at >= len(text) or text[at] not in _DIGIT:
            return positions, digits
        positions.append(at)
        digits.append(_DIGIT[text[at]])
        at += 1
