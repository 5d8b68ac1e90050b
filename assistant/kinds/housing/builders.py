"""Who builds: ``현대건설 아파트``, ``GS가 지은``, ``built by Daewoo``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.domain import Filters
from assistant.language.gazetteer.vocabulary import Vocabulary
from assistant.language.numbers import Readings
from assistant.language.text import ReadableText, Span, longest_first, squeeze
from prompts.loader import Prompts, kept

# Firms spell Latin letters out or not, and keep a legal form or a division behind their name.
_LETTERS = (
    ("에이치디씨", "hdc"),
    ("에이치엘", "hl"),
    ("에이치제이", "hj"),
    ("지에스", "gs"),
    ("에스케이", "sk"),
    ("디엘", "dl"),
    ("케이씨씨", "kcc"),
    ("ec", "이앤씨"),
)
_REST = re.compile(r"^[(（][주쥬][)）]|주식회사|\s+등$|건설부문$")
_FIRM = re.compile(r"(?:건설|산업개발|이앤씨|물산|엔지니어링|에코플랜트|글로벌|공영|e&c)$")
# What makes a builder of a name that has other meanings (현대, GS, 한양).
_BUILDS_KO = re.compile(
    r"\s*(?:그룹)?\s*(?:사)?(?:이|가|에서)?\s*(?:지은|짓는|지었|짓고|지어|시공|건설한|건설하는|세운)"
)
_BUILT_BY = re.compile(r"(?:built|constructed|developed|made) by\s+(?:the\s+)?$")
_HOMES_EN = re.compile(r"[ -](?:built\s+)?(?:apartments?|homes?|complex(?:es)?|flats?)\b")
_UNKNOWN_KO = re.compile(r"(?<![가-힣a-z])(?P<firm>[가-힣a-z&]{2,7}(?:건설|산업개발|이앤씨|e&c))(?![가-힣]{3})")
_UNKNOWN_EN = re.compile(r"(?i:(?:built|constructed) by)\s+(?P<firm>[A-Z][\w&]*(?: [A-Z&][\w&]*)*)")
_NO_FIRM = re.compile(r"^(?:공공|민간|주택|도로|신규|국가|아파트|단지|종합|임대)")


@dataclass(frozen=True, slots=True)
class _Firm:
    """``held``: how the store writes it; ``names``, longest first, are its alone; ``short`` where it builds."""

    held: tuple[str, ...]
    names: tuple[str, ...]
    short: tuple[str, ...]


@lru_cache(maxsize=4096)
def normalised(firm: str) -> str:
    """``지에스건설 등`` and ``GS건설`` as one: squeezed, Latin letters as such, without legal form or division."""
    name = squeeze(_REST.sub("", firm.strip()))
    for spelled, letters in _LETTERS:
        name = name.replace(spelled, letters)
    return name


@kept
def _firms(prompts: Prompts, builders: tuple[str, ...]) -> tuple[_Firm, ...]:
    """All firms that a question may name, of a store with these builders."""
    return tuple(_each_firm(prompts, builders))


def _each_firm(prompts: Prompts, builders: Sequence[str]) -> Iterator[_Firm]:
    known: dict[str, list[str]] = {}
    for ko in builders:
        known.setdefault(normalised(ko), []).append(ko)
    grouped: set[str] = set()
    for group in prompts.words["builders"]:
        keys = {normalised(name) for name in (*group["names"], *group.get("was", ()), *group.get("also", ()))}
        grouped |= keys
        held = tuple(ko for key in sorted(keys) for ko in known.get(key, ()))
        names = tuple(longest_first(dict.fromkeys((*group["names"], *group.get("was", ())))))
        yield _Firm(held or tuple(group["names"][:1]), names, tuple(group.get("short", ())))
    for key, held_ in known.items():
        if key not in grouped:
            # A name that says that it is a firm's is read as it stands; 한양 or 대원 alone may be anything.
            sure = bool(_FIRM.search(key)) and len(key) > 3
            forms = (*held_, key)
            yield _Firm(tuple(held_), tuple(longest_first(forms)) if sure else (), () if sure else forms)


def read_builders(text: ReadableText, filters: Filters, readings: Readings, vocabulary: Vocabulary) -> Filters:
    """Builders that the question names; one that no document has is kept, and nothing meets it."""
    found: list[str] = []
    for firm in _firms(text.prompts, tuple(ko for ko, _ in vocabulary.builders)):
        span = next((span for name in firm.names if (span := _standing(text, name))), None)
        for short in firm.short:
            span = span or _building(text, short)
        if span:
            found += firm.held
            if not text.is_taken(*span):
                readings.append(text.read("builder", span))
    if not found:
        for match in (*text.finditer(_UNKNOWN_KO), *_UNKNOWN_EN.finditer(text.text)):
            span = match.span("firm")
            builds = match.re is _UNKNOWN_EN or _BUILDS_KO.match(text.lower, span[1])
            if builds and not text.is_taken(*span) and not _NO_FIRM.match(match["firm"]):
                readings.append(text.read("builder", span))
                found.append(match["firm"])
    return filters.but(builders=tuple(dict.fromkeys(found))) if found else filters


def _standing(text: ReadableText, name: str) -> Span | None:
    """Where a name stands that begins a word."""
    span = text.find_squeezed(name)
    if span and span[0] > 0 and text.text[span[0] - 1].isalnum():
        return None
    return span


def _building(text: ReadableText, short: str) -> Span | None:
    """Where a short name stands with a word for building: GS가 지은, built by GS."""
    if short.lower() not in text.lower:
        return None
    for match in text.finditer(re.compile(rf"(?<![가-힣a-z0-9]){re.escape(short.lower())}(?![a-z0-9])")):
        said = _BUILDS_KO.match(text.lower, match.end()) or _BUILT_BY.search(text.lower[: match.start()])
        if said or (short.isascii() and _HOMES_EN.match(text.lower, match.end())):
            return match.span()
    return None
