"""``X가 광명에서 제일 비싼 단지지?``, "Is X the largest complex in Gimpo?": a complex said to be the first of all."""

from __future__ import annotations

import re

from assistant.kinds.housing.sorting import orders
from assistant.language.text import ReadableText, longest_first

_MOST = re.compile(r"제일|가장|젤|최대|최다|\bmost\b|est\b|\bmost\s")
_COMPLEX_AFTER = re.compile(
    r"[가-힣]{0,2}\s*(?:아파트|단지|곳|데(?![가-힣])|축)|\s*(?:new\s+)?(?:apartment|complex|one\b|place|home|development|in\b|of\b)"
)
_AMONG = re.compile(r"에서|중에|중\s|가운데|\bin\b|\bof\b|\bamong\b")
# A figure of the complex is asked for, or which of its own types is meant.
_OF_ITSELF = re.compile(r"타입|평형|주택형|평수|얼마|몇|언제|\b(?:types?|sizes?|units?|how|what|when)\b", re.IGNORECASE)


def read_most(text: ReadableText, language: str, *, located: bool) -> str:
    """The order in which the named complex is said to come first (``price:down``); empty where none is said.

    ``located``: a place is named, among whose complexes it would be the first.
    """
    known = orders(text.prompts, language)
    for phrase in longest_first(known):
        span = text.find(phrase)
        if span is None or not _MOST.search(text.words(span).lower()):
            continue
        among = located and _AMONG.search(text.lower) and not _OF_ITSELF.search(text.lower)
        if among or _COMPLEX_AFTER.match(text.lower, span[1]):
            text.take(span)
            return known[phrase]
    return ""
