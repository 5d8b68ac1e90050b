"""What it costs: the top price that the notice publishes for each type (공급금액_분양최고금액)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from assistant.language.ko.writing import attach
from ingest.records import HouseType, Notice
from ingest.writing import figures
from ingest.writing.by_type import by_type
from ingest.writing.statements import Part, Phrase, Statement
from ingest.writing.subject import AreaGroup, Subject, area_groups, supply_tags
from ingest.writing.supply import unit_total

SQUARE_METRES_OF_UNIT: Final = 3.3  # what notices call a pyeong's price: 3.3 ㎡ of supply area
KEYWORDS: Final = "price, sale price by area"
KEYWORDS_RENTAL: Final = "price, rental deposit"
# No apartment of the capital area is sold for less: such a figure is a placeholder of the source.
LEAST_SALE_PRICE: Final = 1_000  # 만원
# Nor for more than this per 3.3 ㎡ of supply area, 만원: the dearest asked 15,817, public-sector housing 4,930. What
# is above has a digit too many.
MOST_PER_UNIT: Final = 20_000
MOST_PER_UNIT_PUBLIC: Final = 10_000


def top_price(house_type: HouseType, notice: Notice) -> int | None:
    """만원; None where the source has no figure that can be a price."""
    price = house_type.top_price
    if price is None or price <= 0 or (notice.tenure == "sale" and price < LEAST_SALE_PRICE):
        return None
    most = MOST_PER_UNIT_PUBLIC if notice.detail_kind == "국민" else MOST_PER_UNIT
    if house_type.supply_area and price / house_type.supply_area * SQUARE_METRES_OF_UNIT > most:
        return None
    return price


def unit_price(types: Iterable[HouseType], notice: Notice) -> int | None:
    """만원 per 3.3 ㎡ of supply area at the top prices, weighted by units; None for rentals and where it is unknown."""
    amount, area = 0.0, 0.0
    for house_type in types:
        top, units = top_price(house_type, notice), unit_total(house_type)
        if notice.tenure == "sale" and top and units and house_type.supply_area:
            amount += top * units
            area += house_type.supply_area * units
    return round(amount / area * SQUARE_METRES_OF_UNIT) if area else None


def price(subject: Subject) -> Iterator[Statement]:
    priced = [(house_type, amount) for house_type in subject.types if (amount := top_price(house_type, subject.notice))]
    if not priced:
        yield Statement(
            "price_range",
            "{name}의 분양가는 자료에 없습니다."
            if subject.notice.tenure == "sale"
            else "{name:은} 임대주택이며 가격은 자료에 없습니다.",
            "The price of {name} is not in the data."
            if subject.notice.tenure == "sale"
            else "{name} is rental housing, and its price is not in the data.",
            {"name": subject.name},
            ("none",),
        )
        return
    amounts = {id(house_type): amount for house_type, amount in priced}
    groups = area_groups(house_type for house_type, _ in priced)
    yield _range(subject, priced, tuple(group.tag for group in groups if len(groups) == 1))
    for group in groups:
        yield from _group(subject, group, [(one, amounts[id(one)]) for one in group.types])
    yield from _unit_price(subject, groups)


def _range(subject: Subject, priced: list[tuple[HouseType, int]], tags: tuple[str, ...]) -> Statement:
    low_type, low = min(priced, key=lambda pair: pair[1])
    high_type, high = max(priced, key=lambda pair: pair[1])
    one = low == high
    parts: dict[str, Part] = {
        "name": subject.name,
        "low": figures.won("price", low, low_type.label),
        "low_type": low_type.label,
        "high": figures.won("price", high, "" if one else high_type.label),
        "high_type": high_type.label,
    }
    if subject.notice.tenure == "rental":
        # The public data calls the column a sale price for rentals too, and does not say what it holds.
        amount = "{high}" if one else "{low}({low_type})부터 {high}({high_type})까지"
        amount_en = "{high}" if one else "from {low} for type {low_type} to {high} for type {high_type}"
        return Statement(
            "price_range",
            "{name:은} 임대주택이며, 보증금인지는 적혀 있지 않으나 자료상 주택형별 최고 금액은 " + amount + "입니다.",
            "{name} is rental housing; the top amount the data gives per type is "
            + amount_en
            + " (it does not say whether this is the deposit).",
            parts,
            tags,
        )
    return Statement(
        "price_range",
        "{name}의 분양가(주택형별 최고 분양금액)는 {high}입니다."
        if one
        else "{name}의 분양가(주택형별 최고 분양금액)는 {low}({low_type})부터 {high}({high_type})까지입니다.",
        "The published top price per type at {name} is {high}."
        if one
        else "Published top prices at {name} run from {low} for type {low_type} to {high} for type {high_type}.",
        parts,
        tags,
    )


def _group(subject: Subject, group: AreaGroup, priced: list[tuple[HouseType, int]]) -> Iterator[Statement]:
    sale = subject.notice.tenure == "sale"
    label = (
        Phrase("최고 분양가", "published top price") if sale else Phrase("자료상 최고 금액", "top amount in the data")
    )
    high_type, high = max(priced, key=lambda pair: pair[1])
    yield Statement(
        "price",
        "{name}의 전용 {area}㎡ 주택형 {label:은} {high}({high_type})입니다.",
        "At {name} the {label} of the {area} ㎡ type is {high}, for type {high_type}.",
        {
            "name": subject.name,
            "area": figures.figure("area", group.square_metres, "m2"),
            "label": label,
            "high": figures.won("price", high, high_type.label),
            "high_type": high_type.label,
        },
        (group.tag, *supply_tags(group.types)),
        listed="전용 {area}㎡ {high}({high_type}).",
    )
    if len({amount for _, amount in priced}) > 1:
        each = [(one.label, figures.won("price", amount, one.label)) for one, amount in priced]
        what = Phrase(attach(label.ko, "은"), label.en)
        yield from by_type(subject, "price", group.square_metres, what, each)


def _unit_price(subject: Subject, groups: Sequence[AreaGroup]) -> Iterator[Statement]:
    """What people call 평당 분양가: of the whole, and of each area."""
    whole = unit_price(subject.types, subject.notice)
    if whole is None:
        return
    per = figures.figure("per", SQUARE_METRES_OF_UNIT, "m2")
    yield Statement(
        "unit_price",
        "{name}의 평당 분양가는 주택형별 최고 분양금액으로 보아 공급면적 {per}㎡당 평균 약 {amount}입니다.",
        "At the top prices, {name} costs about {amount} per {per} ㎡ of supply area (per pyeong) on average.",
        {"name": subject.name, "amount": figures.won("unit_price", whole), "per": per},
        ("overall", *((groups[0].tag,) if len(groups) == 1 else ())),
        listed="평당({per}㎡당) 약 {amount}.",
    )
    for group in groups if len(groups) > 1 else ():
        if amount := unit_price(group.types, subject.notice):
            yield Statement(
                "unit_price",
                "{name}의 전용 {area}㎡ 주택형은 최고 분양금액으로 보아 공급면적 {per}㎡당 평균 약 {amount}입니다.",
                "At the top prices, the {area} ㎡ type at {name} costs about {amount} per {per} ㎡ of supply area.",
                {
                    "name": subject.name,
                    "area": figures.figure("area", group.square_metres, "m2"),
                    "amount": figures.won("unit_price", amount),
                    "per": per,
                },
                (group.tag, *supply_tags(group.types)),
                listed="",
            )
