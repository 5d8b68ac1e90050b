"""What is supplied and by whom: households, tenure, types, units, builder, developer, contact."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from ingest.records import HouseType
from ingest.writing import figures
from ingest.writing.statements import Noun, Phrase, Statement
from ingest.writing.subject import AreaGroup, Subject, area_groups, supply_tags

KEYWORDS: Final = "households, unit types, area, builder"
# One sentence can carry this many labels and still be read; beyond, the area groups say them.
LABELS_IN_ONE_SENTENCE: Final = 8

_OWNERSHIP: Final = {"민영": ("민영", "private-sector"), "국민": ("국민", "public-sector (national)")}
_KINDS: Final = {"신혼희망타운": "Newlywed Hope Town", "민간사전청약": "private pre-subscription"}


def supply(subject: Subject) -> Iterator[Statement]:
    yield from _overview(subject)
    yield from _types(subject)
    for group in area_groups(subject.types):
        yield from _units(subject, group)
    yield from _special(subject)
    yield from _people(subject)


_LEGAL_FORM = re.compile(r"\([주유]\)|㈜|\(株\)|주식회사|유한회사")


def companies(text: str) -> list[str]:
    """``(주)대우건설  두산건설(주)`` → the companies without their legal form; the source separates by two spaces."""
    parts = re.split(r"\s{2,}|[,/·、]|\s+및\s+", text.strip())
    parts = [word for part in parts for word in (part.split() if _is_each_a_firm(part.split()) else [part])]
    names = (_LEGAL_FORM.sub(" ", part) for part in parts)
    return list(dict.fromkeys(name for raw in names if (name := " ".join(raw.split()))))


def _is_each_a_firm(words: list[str]) -> bool:
    """``(주)대우건설 두산건설(주)``: one space only, but each word has a legal form of its own."""
    return len(words) > 1 and all(_LEGAL_FORM.search(word) and _LEGAL_FORM.sub("", word) for word in words)


def _overview(subject: Subject) -> Iterator[Statement]:
    notice, name = subject.notice, subject.name
    if notice.households:
        yield Statement(
            "households",
            "{name}의 공급 규모는 모집공고 기준 총 {households}세대입니다.",
            "{name} supplies {households} in total under its notice.",
            {"name": name, "households": figures.homes("households", notice.households, noun="household")},
        )
    ownership, ownership_en = _OWNERSHIP.get(notice.detail_kind, ("", ""))
    tenure, tenure_en = ("분양주택", "housing for sale") if notice.tenure == "sale" else ("임대주택", "rental housing")
    kind_en = _KINDS.get(notice.kind, "")
    kinds = [*([f"{ownership}주택"] if ownership else []), *([notice.kind] if kind_en else [])]
    yield Statement(
        "tenure",
        "{name:은} {what}입니다.",
        "{name} is {what}.",
        {
            "name": name,
            "what": Phrase(
                tenure + (f"({', '.join(kinds)})" if kinds else ""),
                " ".join(filter(None, (ownership_en, tenure_en, kind_en and f"({kind_en})"))),
            ),
        },
        (notice.tenure, *((notice.detail_kind,) if notice.detail_kind else ())),
    )


def _types(subject: Subject) -> Iterator[Statement]:
    if not subject.types:
        return
    areas = sorted({house_type.area for house_type in subject.types})
    labels = [house_type.label for house_type in subject.types]
    listed = len(labels) <= LABELS_IN_ONE_SENTENCE
    one = areas[0] == areas[-1]
    yield Statement(
        "types",
        "{name}의 주택형은 "
        + (
            ("{labels}이며 " if len(labels) == 1 else "{labels}(모두 {count}개)이며 ")
            if listed
            else "모두 {count}개이며 "
        )
        + ("전용면적은 {low}입니다." if one else "전용면적은 {low}부터 {high}까지입니다."),
        "{name} has {count} unit type"
        + ("s" if len(labels) > 1 else "")
        + (" ({labels})" if listed else "")
        + (" with an exclusive area of {low}." if one else " with exclusive areas from {low} to {high}."),
        {
            "name": subject.name,
            "count": figures.figure("types", len(subject.types), "number"),
            "low": figures.area("area", areas[0]),
            "high": figures.area("area", areas[-1]),
            "labels": ", ".join(labels),
        },
    )


def _units(subject: Subject, group: AreaGroup) -> Iterator[Statement]:
    areas = sorted({house_type.area for house_type in group.types})
    general, special = _total(group, "general_units"), _total(group, "special_units")
    if general is None and special is None:
        return
    # One kind of supply alone is said alone: "0 general units" would read as an error.
    parts = [
        Phrase(f"{what} {count:,}세대", f"{count:,} {what_en}", figures.homes("units", count, what).values)
        for what, what_en, count in (("일반공급", "general supply", general), ("특별공급", "special supply", special))
        if count
    ]
    total = (general or 0) + (special or 0)
    if not total:
        return
    each = figures.joined(parts)
    about = dict.fromkeys(figures.pyeong("area", area) for area in (areas[0], areas[-1]))
    yield Statement(
        "units",
        "{name}의 전용 {area}㎡ 주택형은 {labels}(약 {pyeong}평)이며 {supplied:을} 공급합니다.",
        "{name} supplies {total} of {area} ㎡ (about {pyeong} pyeong), type {labels}: {supplied}.",
        {
            "name": subject.name,
            "area": figures.figure("area", group.square_metres, "m2"),
            "labels": ", ".join(house_type.label for house_type in group.types),
            "pyeong": figures.joined(about, "–"),
            "total": figures.homes("units", total),
            "supplied": each if len(parts) == 1 else Phrase(f"{total:,}세대({each.ko})", each.en, each.values),
        },
        (group.tag, *supply_tags(group.types)),
        listed="전용 {area}㎡(약 {pyeong}평) {total}세대.",
    )


def _total(group: AreaGroup, supply_kind: str) -> int | None:
    known = [count for house_type in group.types if (count := getattr(house_type, supply_kind)) is not None]
    return sum(known) if known else None


def _special(subject: Subject) -> Iterator[Statement]:
    known = special_units(subject.types)
    if not known:
        return
    yield Statement(
        "units",
        "{name}의 특별공급은 {all}입니다.",
        "Special supply at {name}: {all}.",
        {
            "name": subject.name,
            "all": figures.joined(
                Phrase(
                    f"{kind} {count:,}세대",
                    f"{count:,} for {subject.english(kind, 'supply')}",
                    figures.homes("special", count, kind).values,
                )
                for kind, count in known
            ),
        },
        ("special",),
        listed="특별공급 {all}.",
    )


def _people(subject: Subject) -> Iterator[Statement]:
    notice, name = subject.notice, subject.name
    for facet, text, ko, en, listed in (
        (
            "builder",
            notice.builder,
            "{name}의 시공사는 {company}입니다.",
            "{name} is built by {company}.",
            "시공사 {company}.",
        ),
        (
            "developer",
            notice.developer,
            "{name}의 사업주체(시행사)는 {company}입니다.",
            "The developer of {name} is {company}.",
            "시행사 {company}.",
        ),
    ):
        if found := companies(text):
            company = Noun(", ".join(found), ", ".join(subject.english(one, "builder") for one in found))
            yield Statement(facet, ko, en, {"name": name, "company": company}, listed=listed)
    if notice.contact:
        yield Statement(
            "contact",
            "{name}의 문의처는 {contact}입니다.",
            "The contact number for {name} is {contact}.",
            {"name": name, "contact": notice.contact},
            listed="",
        )
    if notice.homepage:
        yield Statement(
            "homepage",
            "{name}의 홈페이지는 {homepage} 입니다.",
            "The website of {name}: {homepage}",
            {"name": name, "homepage": notice.homepage},
            listed="",
        )


def special_units(types: Iterable[HouseType]) -> tuple[tuple[str, int], ...]:
    """Homes set aside by kind of special supply, of all types together; only kinds that have any."""
    by_kind: Counter[str] = Counter()
    for house_type in types:
        by_kind.update(dict(house_type.special_by_kind))
    return tuple((kind, count) for kind, count in by_kind.items() if count > 0)


def unit_total(house_type: HouseType) -> int | None:
    """General and special units together; None where neither is known."""
    known = [count for count in (house_type.general_units, house_type.special_units) if count is not None]
    return sum(known) if known else None
