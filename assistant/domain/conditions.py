"""What a question asks for, as the store can check it: hard conditions, and wishes made measurable."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.domain.documents import ListingStatus


@dataclass(frozen=True, slots=True)
class Filters:
    """Hard conditions. Empty or None means no condition. Prices in 만원, areas in ㎡, both ends inclusive.

    ``neighbours`` are the districts next to ``sigungus``, admitted beside them where a question says "around".
    ``places`` are parks and schools that must be near. ``receipt_…`` bounds the application period, which need only
    overlap; ``announced_…`` the day of the notice. ``builders`` are companies as the store writes them,
    ``regulations`` designations with their answer (``speculation_zone:no``), all of which must hold. ``competition``
    counts applications per unit; ``score`` is the lowest winning 가점. What ``except_…`` names is left out;
    ``except_ids`` are document ids.
    """

    sidos: tuple[str, ...] = ()
    sigungus: tuple[str, ...] = ()
    dongs: tuple[str, ...] = ()
    neighbours: tuple[str, ...] = ()
    stations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    min_price: int | None = None
    max_price: int | None = None
    min_area: float | None = None
    max_area: float | None = None
    sizes: tuple[int, ...] = ()  # whole ㎡, where the question names several; min_area and max_area span them
    min_supply_area: float | None = None
    max_supply_area: float | None = None
    min_households: int | None = None
    max_households: int | None = None
    move_in_from: date | None = None
    move_in_to: date | None = None
    receipt_from: date | None = None
    receipt_to: date | None = None
    announced_from: date | None = None
    announced_to: date | None = None
    min_competition: float | None = None
    max_competition: float | None = None
    min_score: float | None = None
    max_score: float | None = None
    open_on: date | None = None
    brands: tuple[str, ...] = ()
    builders: tuple[str, ...] = ()
    regulations: tuple[str, ...] = ()
    except_sidos: tuple[str, ...] = ()
    except_sigungus: tuple[str, ...] = ()
    except_dongs: tuple[str, ...] = ()
    except_brands: tuple[str, ...] = ()
    except_builders: tuple[str, ...] = ()
    except_ids: tuple[str, ...] = ()
    tenure: Literal["sale", "rental"] | None = None


@dataclass(frozen=True, slots=True)
class ListingFilters:
    """Hard conditions on marketplace posts. Prices in won, both ends inclusive; empty or None means no condition.

    ``kinds`` are keys of ``prompts/listings.yaml``, any of which will do; ``words`` are terms of the question that no
    rule knows, which the best posts hold.
    """

    kinds: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    min_won: int | None = None
    max_won: int | None = None
    free: bool = False
    negotiable: bool = False
    statuses: tuple[ListingStatus, ...] = ()
    sidos: tuple[str, ...] = ()
    sigungus: tuple[str, ...] = ()
    dongs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Criterion:
    """A qualitative wish made measurable, as ``prompts/criteria.yaml`` says under ``name``.

    ``key`` is what is measured: ``park``, ``station`` or ``school`` within ``within`` metres; ``special`` supply;
    ``undersubscribed``; ``ownership``; or ``list``, which only filters and orders. ``category`` narrows it (초등학교).
    """

    key: str
    within: int = 0
    words: str = ""
    category: str = ""
    name: str = ""
