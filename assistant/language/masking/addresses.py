"""Where a person lives: a road or lot number with the home's own number. A district or a complex alone is no secret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from assistant.language.masking.private import Private

_REGION: Final = (
    r"(?:(?:서울|부산|대구|인천|광주|대전|울산|세종|경기|강원|충북|충남|전북|전남|경북|경남|제주)"
    r"(?:특별시|광역시|특별자치시|특별자치도|시|도)?|[가-힣]{1,5}(?:시|군|구|읍|면|동))"
)
_ROAD: Final = r"[가-힣]{1,10}\d{0,4}(?:대로|로|길)\s?(?:\d+(?:번)?길)?\s?\d{1,4}(?:-\d{1,3})?(?:번지)?"
_LOT: Final = r"[가-힣]{1,4}(?:동|가|리)\d?\s\d{1,4}(?:-\d{1,4})?(?:번지)?"
_BLOCK: Final = r"(?:\d{1,4}|[A-Z가-하]|에이|비|씨)동"
_HOME: Final = (
    rf"(?:{_BLOCK}\s*)?(?:지층|지하|반지하)?\s*(?:\d{{1,2}}층\s*)?\d{{1,4}}호"
    r"|\d{1,2}층(?!\s*(?:우선|이상|이하|까지))"
)
_BUILDING: Final = r"(?:[가-힣A-Za-z0-9]{1,14}\s)?"
_KOREAN: Final = (
    # Road or lot, and the home's number behind it.
    re.compile(rf"(?:{_REGION}\s*){{0,5}}(?:{_ROAD}|{_LOT})(?:\s*\([^)]*\))?[,\s]*{_BUILDING}(?:{_HOME})"),
    # A block and a home: enough to find somebody, whatever stands before.
    re.compile(
        rf"(?:{_REGION}\s+){{0,5}}(?:[가-힣A-Za-z]{{2,14}}\s)?(?:\d{{1,2}}(?:단지|차)\s)?(?:\d{{2,4}}|[A-Z])동\s*\d{{2,4}}호"
    ),
    # A road number within a named region.
    re.compile(rf"(?:{_REGION}\s+){{1,5}}{_ROAD}"),
)
_ENGLISH: Final = re.compile(
    r"(?:(?:Apt\.?|Unit|Rm\.?|#)?\s?#?[\dA-Z][\dA-Z-]{0,9}(?:F|-dong|-ho)?,\s){0,3}"
    r"(?<!\d)\d{1,5}(?:-\d{1,5})?\s[A-Z][a-z]+(?:-(?:ro|gil|daero)|daero)(?:\s\d+\w*-gil)?"
    r"(?:,\s[A-Z][a-z]+(?:-(?:gu|si|dong|do|eup|myeon))?)*"
)


def addresses(text: str) -> Iterator[Private]:
    """Every address of a home in ``text``; they may overlap."""
    for pattern in (*_KOREAN, _ENGLISH):
        yield from (Private("address", *match.span()) for match in pattern.finditer(text))
