"""Districts, stations and lines in a question."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from rapidfuzz.distance import Levenshtein

from assistant.domain import Filters
from assistant.language.gazetteer.name_forms import en_stem_of, stem_of
from assistant.language.gazetteer.vocabulary import SIDO_FORMS, District, Vocabulary
from assistant.language.numbers import Readings
from assistant.language.text import ReadableText, is_korean, longest_first

Tagged = Sequence[tuple[str, str, int]]

_NUMBERED_LINE = re.compile(
    r"(?:서울\s*)?(?:지하철\s*)?(?P<ko>[1-9])\s*호선|line\s*(?:no\.?\s*|number\s*)?(?P<en>[1-9])"
)
_DISTRICT_LIKE = re.compile(r"(?<![가-힣])[가-힣]{2,3}[구시군](?![가-힣]{2})")
# 서울숲, 인천대, 경기장: other places, and no places at all, that begin like a city.
_LONGER_NAME = re.compile(r"숲|대(?:학|공원|입구|\b)|식물원|공항|장(?!기|안)|랜드|타워|광장|시장|어린이")
_WORK_AFTER = re.compile(r"\s*(?:으로|로|까지|에)\s[^.?!,]{0,12}?(?:출퇴근|출근|통근|직장|회사)")
_WORK_BEFORE = re.compile(
    r"\b(?:commut(?:e|es|ing)|work|works|working|job|office)\s+(?:in|at|to|near)\s+$|(?:직장|회사|근무지|사무실)(?:은|는|이|가)?\s*$"
)
_HANGUL = re.compile(r"[가-힣]+")
MIN_EN_STEM = 4


def read_lines(text: ReadableText, filters: Filters, readings: Readings, named: dict[str, list[str]]) -> Filters:
    """``7호선``, ``line 7``, and lines with names of their own (``named``: canonical name → other spellings)."""
    found: list[str] = []
    for canonical, spellings in named.items():
        for form in longest_first([canonical, *spellings]):
            if span := text.find(form):
                readings.append(text.read("line", span))
                found.append(canonical)
                break
    for match in list(text.finditer(_NUMBERED_LINE)):
        readings.append(text.read("line", match.span()))
        found.append(f"{match['ko'] or match['en']}호선")
    return filters.but(lines=tuple(dict.fromkeys(found)))


def read_stations(text: ReadableText, filters: Filters, readings: Readings, vocabulary: Vocabulary) -> Filters:
    """``독산역``, ``Doksan Station``. Without 역 or Station the word is a district."""
    found: list[str] = []
    for ko, en in vocabulary.stations_in(text.squeezed):
        span = text.find_squeezed(ko if ko.endswith("역") else f"{ko}역")
        if span is None and en:
            span = text.find_word(f"{en} station")
        # 광명 역세권 is near any station of 광명, and 철산역세권 near 철산역.
        if span and text.text[span[1] :].startswith("세권") and " " in text.words(span):
            continue
        # 서울대입구역 must not be found as 구역: the word starts where the name starts.
        if span and (span[0] == 0 or not text.text[span[0] - 1].isalnum()):
            readings.append(text.read("station", span))
            found.append(ko.removesuffix("역"))
    return filters.but(stations=tuple(dict.fromkeys(found)))


def _find_district(
    text: ReadableText, district: District, tagged: Tagged, common: Container[str]
) -> tuple[int, int] | None:
    """The full name; a bare stem only where it is a proper noun (동작구 is not every 동작: ``common``)."""
    last = district.ko.split()[-1]
    span = text.find_squeezed(last)
    if span and (span[0] == 0 or not is_korean(text.text[span[0] - 1])) and not _cuts_a_word(text, span, tagged):
        return span
    if stem := stem_of(district.ko):
        for form, tag, start in tagged:
            proper = tag == "NNP" or (district.held and tag == "NNG" and stem not in common)
            if form == stem and proper and not text.is_taken(start, start + len(stem)):
                return start, start + len(stem)
        side = re.search(rf"(?:^|\s)({stem})(?=쪽)", text.text)  # 고양쪽 is not 양쪽
        if side and district.level == "sigungu" and not text.is_taken(*side.span(1)):
            return side.span(1)
    if district.en:
        short = district.en.split(",")[0]
        if span := text.find_word(short):
            return span
        bare = en_stem_of(district.en)
        if district.level == "sigungu" and len(bare) >= MIN_EN_STEM and (span := text.find_word(bare)):
            # Dong-gu is not the dong of Bongcheon-dong.
            return None if text.text[span[0] - 1 : span[0]] == "-" else span
    return None


def _cuts_a_word(text: ReadableText, span: tuple[int, int], tagged: Tagged) -> bool:
    """Whether a name found across a space ends within another word: "이 동네" is not 이동."""
    return " " in text.words(span) and any(start < span[1] < start + len(form) for form, _, start in tagged)


def _goes_there(text: ReadableText, span: tuple[int, int]) -> bool:
    """Whether a district is where somebody works: 강남으로 출근하는데, "I commute to Gangnam"."""
    return bool(_WORK_AFTER.match(text.text, span[1]) or _WORK_BEFORE.search(text.lower, 0, span[0]))


def read_districts(
    text: ReadableText,
    filters: Filters,
    readings: Readings,
    vocabulary: Vocabulary,
    tagged: Tagged,
    common: Container[str] = (),
) -> Filters:
    """Provinces, districts and neighbourhoods, in Korean and English, with or without their suffix."""
    sidos: list[str] = []
    levels: dict[str, list[str]] = {"sigungu": [], "dong": []}
    visited: list[str] = []
    named = vocabulary.districts_in(text.squeezed)
    for level in ("sigungu", "dong"):
        cities = {stem_of(name) for name in levels["sigungu"]}
        for district in named:
            if district.level != level:
                continue
            span = _find_district(text, district, tagged, common)
            # 과천, named twice, is the city, and not 과천동 of it.
            if span and level == "dong" and text.words(span) in cities:
                text.take(span)
                continue
            if span and level == "dong" and levels["sigungu"] and _goes_there(text, span):
                word = _HANGUL.match(text.text, span[0])
                text.take((span[0], max(span[1], word.end() if word else 0)))
                continue
            if span and level == "sigungu" and _goes_there(text, span):
                visited.append(district.ko.split()[-1])
            if span:
                levels[level].append(district.ko.split()[-1])
                readings.append(text.read(level, span))
    for match in list(text.finditer(_DISTRICT_LIKE)):
        if match.group() in vocabulary.district_names:
            text.take(match.span())  # named a second time
            continue
        near = [
            district.ko
            for district in vocabulary.districts
            if district.level == "sigungu" and Levenshtein.distance(district.ko, match.group(), score_cutoff=1) == 1
        ]
        if len(near) == 1 and near[0][-1] == match.group()[-1]:  # 금쳔구
            levels["sigungu"].append(near[0])
            readings.append(text.read("sigungu", match.span()))
    if set(levels["sigungu"]) - set(visited):  # where somebody works is where they live only if nothing else is named
        levels["sigungu"] = [name for name in levels["sigungu"] if name not in visited]
    for sido, forms in SIDO_FORMS.items():
        for form in forms:
            span = text.find(form)
            if span and not _LONGER_NAME.match(text.text, span[1]):
                readings.append(text.read("sido", span))
                sidos.append(sido)
                break
    return filters.but(
        sidos=tuple(sidos),
        sigungus=tuple(dict.fromkeys((*filters.sigungus, *levels["sigungu"]))),
        dongs=tuple(dict.fromkeys(levels["dong"])),
    )


def read_places(text: ReadableText, filters: Filters, readings: Readings, vocabulary: Vocabulary) -> Filters:
    """Parks and schools that the store knows near a complex: ``중랑숲 근처``, ``○○초 가까운``."""
    found: list[str] = []
    for form in vocabulary.place_forms_in(text.squeezed):
        span = text.find_squeezed(form)
        # "광명 초등학교" are the elementary schools of 광명; 광명초등학교 is one.
        if span and text.words(span).partition(" ")[0] in vocabulary.district_stems:
            continue
        if span and (span[0] == 0 or not is_korean(text.text[span[0] - 1])):
            readings.append(text.read("place", span))
            found += vocabulary.places_called(form)
    return filters.but(places=tuple(dict.fromkeys(found)))
