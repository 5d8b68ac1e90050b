"""The forms in which people write the names of complexes, districts, parks and schools."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.language.text import squeeze
from prompts.loader import Prompts

MIN_SHORTENED = 8  # letters of a name with its brand cut short: fewer are a typo of too much else
_SUFFIXES = ("특별시", "광역시", "시", "군", "구", "동", "읍", "면")
_EN_SUFFIX = re.compile(r"[- ](?:si|gun|gu|dong|eup|myeon|do)$", re.IGNORECASE)


def without_notes(name: str) -> str:
    """A name less what stands in brackets: (조합원 취소분) is no part of what people call it."""
    return re.sub(r"\([^)]*\)", " ", name)


@lru_cache(maxsize=65_536)
def stem_of(district: str) -> str:
    """금천 of 금천구; nothing where less than two syllables are left."""
    last = district.split()[-1]
    for suffix in _SUFFIXES:
        if last.endswith(suffix) and len(last) - len(suffix) >= 2:
            return last.removesuffix(suffix)
    return ""


def en_stem_of(district: str) -> str:
    """Geumcheon of ``Geumcheon-gu, Seoul``."""
    return _EN_SUFFIX.sub("", district.split(",")[0])


_PUBLIC_SUPPLIER = re.compile(r"^(?:sh|lh|gh|ih)(?=[가-힣]{4})")


def otherwise(prompts: Prompts, alias: str) -> Iterator[str]:
    """Other forms of a squeezed alias: its brand as people write it, and the site without the public supplier."""
    for brand, forms in prompts.words["brands"].items():
        if (written := squeeze(brand)) in alias:
            others = (alias.replace(written, squeeze(form)) for form in forms)
            yield from (other for other in others if len(other) >= min(len(alias), MIN_SHORTENED))
    if _PUBLIC_SUPPLIER.match(alias):
        yield alias[2:]


# What people call schools: 광명북고, 영파여고.
_SHORT_SCHOOLS = (
    ("여자고등학교", "여고"),
    ("여자중학교", "여중"),
    ("고등학교", "고"),
    ("중학교", "중"),
    ("초등학교", "초"),
)
_ANY_PLACE = re.compile(r"(?:\d+호)?(?:어린이|근린|중앙|소|체육|수변|문화|역사)*(?:공원|초등학교|중학교|고등학교)")
MIN_PLACE = 4  # letters; shorter names stand in other words


def place_forms(name: str) -> list[str]:
    """How a park or school is named in a question; nothing for one that is named like its kind."""
    squeezed = squeeze(name)
    if _ANY_PLACE.fullmatch(squeezed):
        return []
    forms = [squeezed]
    for whole, short in _SHORT_SCHOOLS:
        if squeezed.endswith(whole):
            forms.append(squeezed.removesuffix(whole) + short)
            break
    return [form for form in forms if len(form) >= MIN_PLACE]


def district_keys(ko: str, en: str) -> tuple[str, ...]:
    """The shortest forms, squeezed, that a text holds if it names a district or station."""
    short = squeeze(en_stem_of(en))
    return (stem_of(ko) or squeeze(ko.split()[-1].removesuffix("역")), *((short,) if short else ()))
