"""Everything that is written about one notice, gathered before writing starts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.domain import HousingAttributes
from ingest.records import Competition, HouseType, Notice, WinningScore
from ingest.writing.statements import Noun

English = Callable[[str, str], str]  # (Korean name, kind) -> English name


@dataclass(frozen=True, slots=True)
class Subject:
    """One complex as the topics see it. ``district`` is its sido, sigungu and dong as one noun."""

    name: Noun
    district: Noun
    notice: Notice
    types: tuple[HouseType, ...]
    competition: tuple[Competition, ...]
    scores: tuple[WinningScore, ...]
    attributes: HousingAttributes
    english: English


@dataclass(frozen=True, slots=True)
class AreaGroup:
    """Types of the same whole square metres of exclusive area: what people call ``84㎡``."""

    square_metres: int
    types: tuple[HouseType, ...]

    @property
    def tag(self) -> str:
        return area_tag(self.square_metres)


def supply_tags(types: Iterable[HouseType]) -> tuple[str, ...]:
    """The supply areas of types in whole ㎡: what people mean by 34평 is 112 ㎡ of supply area."""
    return tuple(dict.fromkeys(f"supply:{int(one.supply_area)}" for one in types if one.supply_area))


def area_tag(square_metres: float) -> str:
    return f"area:{int(square_metres)}"


def area_groups(types: Iterable[HouseType]) -> list[AreaGroup]:
    """Smallest first."""
    by_area: dict[int, list[HouseType]] = {}
    for house_type in types:
        by_area.setdefault(int(house_type.area), []).append(house_type)
    return [AreaGroup(metres, tuple(group)) for metres, group in sorted(by_area.items())]
