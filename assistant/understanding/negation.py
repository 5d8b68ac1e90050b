"""What a question does not want: ``롯데캐슬 빼고``, ``서울 말고 경기``, ``except Gangnam-gu``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain import Filters, Reading, Understanding, Unmatched
from assistant.kinds.housing.attributes import attributes
from assistant.language.text import Span

_AFTER = re.compile(
    r"\s*(?:(?:이|에서|에)?\s*(?:가까운|근처))?\s*(?:데|곳|아파트|단지|브랜드|주택|지역|쪽|타입)?\s*(?:은|는|을|를|이|가|만)?\s*(?:말고|빼고|뺀|제외|아닌|아니고|없이|싫고|싫어|외에|이외)(?:\s*(?:하고|한|하면|해서|의|로|다른))?"
    r"|(?:과|와|까지|에서)?\s*(?:는|은|의\s*거리는?)?\s*(?:좀\s*|조금\s*)?(?:멀어도|멀어져도|먼(?![가-힣])|떨어진|상관\s*없|안\s*중요)(?:\s*(?:되니까|되는데|되고|돼요|돼|괜찮[가-힣]*|상관없[가-힣]*))?"
    r"|\s*(?:homes?|ones?|apartments?)?\s*(?:is|are)?\s*excluded"
)
_BEFORE = re.compile(
    r"(?:except(?: for)?|excluding|exclude|without|other than|apart from|but not|(?<!why )not|no|rather than"
    r"|instead of)"
    r"\s+(?:(?:the|any|in|near|a|an)\s+)*$"
)
_FAR = re.compile(r"(?:먼|떨어진)$")
# "6억 말고 8억까지" sets another limit; "no more than 6억" is a limit of its own.
_INSTEAD = re.compile(r"\s*(?:이|가)?\s*(?:말고|아니라|아니고)")
_INSTEAD_OF = re.compile(r"(?:instead of|rather than)\s+$")
_AND = re.compile(r"\s*(?:랑|이랑|과|와|하고|,|및|이나|나|·|/|and|or)\s*")
# A wish is only let go of; what names something is left out of the list.
NEGATABLE = ("entity", *(key for key, one in attributes().items() if one.negatable))
LIMITS = tuple(key for key, one in attributes().items() if one.negatable == "limit")


def is_unwanted(text: str, end: int) -> bool:
    """Whether what ends there is named as what is not wanted, in Korean: 송도 말고."""
    return _AFTER.match(text, end) is not None


def negated(text: str, readings: Sequence[Reading]) -> tuple[tuple[Reading, ...], tuple[Span, ...]]:
    """Read-outs that the question turns away from, and the spans, their negation included, to read it without."""
    lower = text.lower()
    placed = sorted((one for one in readings if one.start >= 0 and one.key in NEGATABLE), key=lambda one: one.start)
    found: list[Reading] = []
    spans: list[Span] = []
    for index, reading in enumerate(placed):
        limit = reading.key in LIMITS
        if after := (_INSTEAD if limit else _AFTER).match(lower, reading.end):
            found.append(reading)
            spans.append((reading.start, after.end()))
            # A and B 빼고: both.
            for earlier in reversed(placed[:index]):
                if earlier.key != reading.key or not _AND.fullmatch(lower[earlier.end : spans[-1][0]]):
                    break
                found.append(earlier)
                spans.append((earlier.start, spans[-1][0]))
        elif before := (_INSTEAD_OF if limit else _BEFORE).search(lower, 0, reading.start):
            found.append(reading)
            spans.append((before.start(), reading.end))
            for later in placed[index + 1 :]:
                if later.key != reading.key or not _AND.fullmatch(lower[spans[-1][1] : later.start]):
                    break
                found.append(later)
                spans.append((spans[-1][1], later.end))
    return tuple(dict.fromkeys(found)), tuple(spans)


def wanted_far(text: str, spans: Sequence[Span]) -> tuple[Unmatched, ...]:
    """What homes are wanted far from (역에서 먼): no search looks for that, so it is told."""
    said = [text[start:end].strip() for start, end in spans]
    return tuple(Unmatched(words, words, told=True) for words in said if _FAR.search(words))


def blanked(text: str, spans: Sequence[Span]) -> str:
    """The text with these spans as spaces, so that every other word keeps its place."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def without(understanding: Understanding, unwanted: Sequence[Understanding]) -> Filters:
    """The filters of ``understanding``, and against what was read of the ``unwanted`` words."""
    filters = understanding.filters
    for one in unwanted:
        against = one.filters
        filters = filters.but(except_ids=(*filters.except_ids, *(name.id for name in one.entities)))
        for attribute in attributes().values():
            # 서울 말고 경기: what is wanted instead says it already.
            (name, *_), left_out = attribute.names or ("",), attribute.excluded
            if left_out and (attribute.several or name not in filters):
                filters = filters.but(**{left_out: (*filters.get(left_out, ()), *against.get(name, ()))})
        if against.tenure and filters.tenure is None:
            filters = filters.but(tenure="sale" if against.tenure == "rental" else "rental")
    return filters
