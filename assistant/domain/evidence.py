"""What was found to answer from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.domain.documents import Domain, Language, Nearby, Sentence
from assistant.domain.values import Value


@dataclass(frozen=True, slots=True)
class Result:
    """One chunk that a search found. ``housing`` is present for housing documents."""

    rank: int
    score: float
    document_id: str
    source_id: str
    chunk_id: str
    domain: Domain
    name_ko: str
    name_en: str
    topic: str
    text: str
    sentences: tuple[Sentence, ...]
    language: Language = "ko"
    origin: str = ""
    dense: float = 0.0
    lexical: float = 0.0
    coverage: float = 0.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A complex that meets filters and wishes. ``places`` names, per wish, the place that meets it best.

    Where prices are compared, ``unit_price`` is its own per 3.3 ㎡ in 만원, and ``median`` that of ``compared``
    complexes of the same city or district.
    """

    document_id: str
    fit: float
    places: tuple[tuple[str, str], ...] = ()
    unit_price: int | None = None
    median: float | None = None
    compared: int = 0


@dataclass(frozen=True, slots=True)
class Complex:
    """What is told of a complex at a glance. Prices are the lowest and highest of its types' top prices, in 만원.

    ``nearest`` is the nearest place known of each kind; empty where the complex's address is not known precisely.
    """

    id: str
    name_ko: str
    name_en: str
    district: str
    households: int | None
    move_in: date | None
    receipt_end: date | None
    tenure: Literal["sale", "rental"]
    lowest_price: int | None
    highest_price: int | None
    nearest: tuple[Nearby, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One citable statement, numbered as the model and the reader see it. ``quote`` is in the answer's language.

    ``values`` as a :class:`Sentence` has them; ``text`` is in all languages that there are.
    """

    n: int
    document_id: str
    source_id: str
    chunk_id: str
    name_ko: str
    name_en: str
    facet: str
    quote: str
    text: str
    missing: bool = False  # all it says is that the data has no such figure
    values: tuple[Value, ...] | None = None
