"""How hard it was to get in: first-rank applications per unit, and winning 가점."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from ingest.records import Competition, WinningScore
from ingest.writing import english, figures
from ingest.writing.by_type import by_type
from ingest.writing.figures import figure
from ingest.writing.statements import Part, Phrase, Statement
from ingest.writing.subject import Subject, area_tag

Row = TypeVar("Row", Competition, WinningScore)

KEYWORDS: Final = "competition rate, winning score"
HIGHEST_SCORE: Final = 84  # 32 for time without a home, 35 for dependants, 17 for the subscription account


@dataclass(frozen=True, slots=True)
class FirstRank:
    """Units offered and first-rank applications of all residences together."""

    units: int
    applications: int

    @property
    def rate(self) -> float:
        return self.applications / self.units

    @property
    def short(self) -> bool:
        return self.applications < self.units


def first_rank(rows: Iterable[Competition]) -> FirstRank | None:
    """All first-rank rows together; a type's units are repeated on each of its rows and count once.

    None where no applications are published, or no unit was left for general supply.
    """
    units: dict[str, int] = {}
    applications, published = 0, False
    for row in rows:
        if row.rank != 1 or row.applications is None or not row.units:
            continue
        published = True
        units[row.label] = row.units
        applications += row.applications
    return FirstRank(sum(units.values()), applications) if published else None


def winning(rows: Iterable[WinningScore]) -> list[WinningScore]:
    """First-rank rows with a real score: 0 stands for types that were not drawn by score."""
    return [
        row
        for row in rows
        if row.rank == 1
        and row.lowest is not None
        and row.highest is not None
        and 0 < row.lowest <= row.highest <= HIGHEST_SCORE
    ]


def lowest_score(rows: Iterable[WinningScore]) -> float | None:
    return min((row.lowest for row in winning(rows) if row.lowest is not None), default=None)


def competition(subject: Subject) -> Iterator[Statement]:
    yield from _competition(subject)
    yield from _scores(subject)


def _competition(subject: Subject) -> Iterator[Statement]:
    overall = first_rank(subject.competition)
    if overall is None:
        yield Statement(
            "competition",
            "{name}의 청약 경쟁률은 자료에 없습니다.",
            "The competition rate of {name} is not in the data.",
            {"name": subject.name},
            ("none",),
        )
        return
    by_area = _by_area(subject.competition)
    yield Statement(
        "competition",
        "{name}의 1순위 청약에는 {units}세대 모집에 {applications}건이 접수되어 경쟁률 {rate} 대 1로 미달되었습니다."
        if overall.short
        else "{name}의 1순위 청약에는 {units}세대 모집에 {applications}건이 접수되어 전체 경쟁률은 {rate} 대 1입니다.",
        "First-rank applications for {name} fell short: {applications} for {units} ({rate} per unit)."
        if overall.short
        else "First-rank competition at {name} was {rate} applications per unit ({applications} for {units}).",
        {"name": subject.name, **_figures(overall)},
        # Where all types are of one area, the whole is also that area's.
        ("overall", *((area_tag(next(iter(by_area))),) if len(by_area) == 1 else ())),
    )
    yield from _residences(subject)
    for metres, rows in by_area.items():
        if (group := first_rank(rows)) and len(by_area) > 1:
            yield _group(subject, metres, group)
        yield from _types(subject, metres, rows)
        for label in dict.fromkeys(row.label for row in rows):
            yield from _type_residences(subject, metres, label, [row for row in rows if row.label == label])


def _figures(group: FirstRank) -> dict[str, Part]:
    return {
        "units": figures.homes("units", group.units),
        "applications": figure("applications", group.applications, "number"),
        "rate": _rate(group.rate),
    }


def _rate(rate: float, label: str = "") -> Phrase:
    return figure("competition", rate, "ratio", label, decimals=2)


def _residences(subject: Subject) -> Iterator[Statement]:
    """First-rank applications of all types together, by where the applicants live."""
    applications: dict[str, int] = {}
    for row in subject.competition:
        if row.rank == 1 and row.applications is not None and row.units:
            applications[row.residence] = applications.get(row.residence, 0) + row.applications
    if len(applications) < 2:
        return
    yield Statement(
        "competition",
        "{name}의 1순위 접수 건수는 {each}입니다.",
        "First-rank applications for {name} by residence: {each}.",
        {
            "name": subject.name,
            "each": figures.joined(_applications(residence, count) for residence, count in applications.items()),
        },
        ("residence",),
        listed="",
    )


def _applications(residence: str, count: int, label: str = "") -> Phrase:
    return Phrase(
        f"{residence} {count:,}건",
        f"{count:,} from {english.RESIDENCES.get(residence, residence)}",
        figure("applications", count, "number", " ".join(filter(None, (label, residence)))).values,
    )


def _group(subject: Subject, metres: int, group: FirstRank) -> Statement:
    return Statement(
        "competition",
        "{name}의 전용 {area}㎡ 주택형은 1순위에서 {units}세대 모집에 {applications}건이 접수되어 미달되었습니다."
        if group.short
        else "{name}의 전용 {area}㎡ 주택형 1순위 경쟁률은 해당지역과 기타지역을 합쳐 {rate} 대 1입니다.",
        "First-rank applications for the {area} ㎡ type at {name} fell short: {applications} for {units}."
        if group.short
        else "At {name} the first-rank competition for the {area} ㎡ type, local and other applicants together, "
        "was {rate} applications per unit.",
        {"name": subject.name, "area": figure("area", metres, "m2"), **_figures(group)},
        (area_tag(metres),),
        listed="전용 {area}㎡ " + ("미달." if group.short else "{rate} 대 1."),
    )


def _types(subject: Subject, metres: int, rows: list[Competition]) -> Iterator[Statement]:
    labels = list(dict.fromkeys(row.label for row in rows))
    each = [(label, group) for label in labels if (group := first_rank(row for row in rows if row.label == label))]
    if len(each) < 2:
        return
    what = Phrase(
        "1순위 경쟁률은 해당지역과 기타지역을 합쳐", "first-rank competition, local and other applicants together,"
    )
    yield from by_type(
        subject,
        "competition",
        metres,
        what,
        [(label, _said(_rate(group.rate, label), short=group.short)) for label, group in each],
    )


def _said(rate: Phrase, *, short: bool = False) -> Phrase:
    return Phrase(
        f"{rate.ko} 대 1{'(미달)' if short else ''}",
        f"{rate.en} applications per unit{' (short of applicants)' if short else ''}",
        rate.values,
    )


def _type_residences(subject: Subject, metres: int, label: str, rows: list[Competition]) -> Iterator[Statement]:
    """First-rank applications of one type by residence, each with its rate as published."""
    known = [row for row in rows if row.rank == 1 and row.applications is not None and row.units]
    if len(known) < 2:
        return

    def each(row: Competition) -> Phrase:
        applied = _applications(row.residence, row.applications or 0, label)
        if row.shortfall:
            lacking = figure("shortfall", row.shortfall, "number", label)
            beside = Phrase(f"{lacking.ko}건 부족", f"{lacking.en} short", lacking.values)
        elif row.rate:
            beside = _said(_rate(row.rate, label))
        else:
            return applied
        return Phrase(f"{applied.ko}({beside.ko})", f"{applied.en} ({beside.en})", (*applied.values, *beside.values))

    yield Statement(
        "competition",
        "{name}의 {type} 타입 1순위에는 {units}세대 모집에 {each}이 접수되었습니다.",
        "For {units} of type {type} at {name}, first-rank applications were {each}.",
        {
            "name": subject.name,
            "type": label,
            "units": figures.homes("units", known[0].units or 0, label),
            "each": figures.joined(map(each, known)),
        },
        (area_tag(metres), "by_type", f"type:{label}", "residence"),
        listed="",
    )


def _scores(subject: Subject) -> Iterator[Statement]:
    rows = winning(subject.scores)
    if not rows:
        yield Statement(
            "score",
            "{name}의 당첨 가점은 자료에 없습니다.",
            "Winning scores of {name} are not in the data.",
            {"name": subject.name},
            ("none",),
        )
        return
    by_area = _by_area(rows)
    if len(by_area) > 1:
        yield _score(subject, rows, None, ("overall",))
    for metres, group in by_area.items():
        tag = area_tag(metres)
        yield _score(subject, group, metres, (tag, "overall") if len(by_area) == 1 else (tag,))
        if len(group) > 1:
            for label in dict.fromkeys(row.label for row in group):
                yield _type_scores(subject, metres, label, [row for row in group if row.label == label])


def _type_scores(subject: Subject, metres: int, label: str, rows: list[WinningScore]) -> Statement:
    """Lowest, highest and average winning score of one type, by residence."""

    def each(row: WinningScore) -> Phrase:
        parts = [("최저", "lowest", row.lowest), ("최고", "highest", row.highest), ("평균", "average", row.average)]
        known = [(ko, en, _points(en, value, label)) for ko, en, value in parts if value]
        said = figures.joined(Phrase(f"{ko} {one.ko}점", f"{en} {one.en}", one.values) for ko, en, one in known)
        where = english.RESIDENCES.get(row.residence, row.residence)
        return Phrase(f"{row.residence} {said.ko}", f"{where}: {said.en} points", said.values)

    return Statement(
        "score",
        "{name}의 {type} 타입 당첨 가점은 {each}입니다.",
        "Winning scores for type {type} at {name} by residence: {each}.",
        {"name": subject.name, "type": label, "each": figures.joined(map(each, rows), "; ")},
        (area_tag(metres), "by_type", f"type:{label}", "residence"),
        listed="",
    )


def _points(which: str, score: float, label: str = "") -> Phrase:
    return figure(f"{which}_score", score, "point", label, decimals=2)


def _score(subject: Subject, rows: list[WinningScore], metres: int | None, tags: tuple[str, ...]) -> Statement:
    """Lowest and highest of the rows; the average only where one row has it: an average of averages is nobody's."""
    average = rows[0].average if len(rows) == 1 else None
    low, high = min(row.lowest or 0 for row in rows), max(row.highest or 0 for row in rows)
    one = low == high
    return Statement(
        "score",
        ("{name}의 전용 {area}㎡ 주택형 " if metres else "{name}의 전체 ")
        + ("당첨 가점은 모두 {low}점" if one else "당첨 가점은 최저 {low}점, 최고 {high}점")
        + ("이고 평균은 {average}점입니다." if average and not one else "입니다."),
        "At {name} winning scores "
        + ("for the {area} ㎡ type " if metres else "")
        + ("were all {low} points" if one else "ran from {low} to {high} points")
        + (", {average} on average." if average and not one else "."),
        {
            "name": subject.name,
            "area": figure("area", metres or 0, "m2"),
            "low": _points("lowest", low),
            "high": _points("highest", high),
            "average": _points("average", average or 0),
        },
        tags,
        listed=None if "overall" in tags else "전용 {area}㎡ 가점 최저 {low}점, 최고 {high}점.",
    )


def _by_area(rows: Iterable[Row]) -> dict[int, list[Row]]:
    groups: dict[int, list[Row]] = {}
    for row in sorted(rows, key=lambda row: row.area):
        groups.setdefault(int(row.area), []).append(row)
    return groups
