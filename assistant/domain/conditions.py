"""What a question asks for, as the store can check it: hard conditions, and wishes made measurable."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Self, TypeVar, dataclass_transform

from assistant.domain.documents import ListingStatus

_Class = TypeVar("_Class", bound=type)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def _typed(cls: _Class) -> _Class:
    """Have a type checker take the annotations of a class for the arguments that it is made with."""
    return cls


class _Conditions(Mapping[str, Any]):
    """What is set, by its name; None, an empty tuple and False set nothing. Immutable, and equal by what it holds."""

    def __init__(self, **given: Any) -> None:
        self.__dict__.update(
            {
                name: value
                for name in dict.fromkeys((*type(self).__annotations__, *given))
                if (value := given.get(name)) is not None and value is not False and value != ()
            }
        )

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{name} cannot be set: conditions are a value")

    def __getitem__(self, name: str) -> Any:
        return self.__dict__[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.__dict__)

    def __len__(self) -> int:
        return len(self.__dict__)

    def __hash__(self) -> int:
        return hash(frozenset(self.items()))

    def but(self, **changed: Any) -> Self:
        """The same with these conditions in place of those of their names; an empty one takes it away."""
        return type(self)(**{**self, **changed})

    def only(self, names: Collection[str]) -> Self:
        """Those of these names alone."""
        return type(self)(**{name: value for name, value in self.items() if name in names})

    def without(self, names: Collection[str]) -> Self:
        """All but those of these names."""
        return type(self)(**{name: value for name, value in self.items() if name not in names})

    def json(self) -> dict[str, Any]:
        """As JSON has them: lists, and dates as ISO text."""
        return {
            name: value.isoformat() if isinstance(value, date) else list(value) if isinstance(value, tuple) else value
            for name, value in self.items()
        }

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.items())})"


@_typed
class Filters(_Conditions):
    """Hard conditions, by the names that ``assistant/kinds/housing/attributes.yaml`` gives them. Both ends inclusive.

    Those that rules of this code read are typed below, with what they are where they are not set; a row of the
    attributes needs no line here, and is read by ``filters.get(name)``.

    Prices in 만원, areas in ㎡.
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


@_typed
class ListingFilters(_Conditions):
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
