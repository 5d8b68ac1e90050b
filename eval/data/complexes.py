"""Complexes with every figure that the public tables hold of them, so that another one's can be told in an answer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import SourceError
from eval.data.figures import Figure, parse_figure
from eval.data.public_data import SAMPLES, Row, area_of, table

WON = 10_000  # the tables hold prices in 만원
_NOTICES, _TYPES = "housing/notices", "housing/house_types"
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Complex:
    """One notice and its types; ``english``: its name as an English question writes it, empty where there is none."""

    id: str
    name: str
    english: str
    notice: Row
    types: tuple[Row, ...]

    def called(self, language: str) -> str:
        """Its name in the language of the question."""
        return self.name if language == "ko" else self.english

    def prices(self) -> dict[int, int]:
        """The highest price in won of each exclusive area in whole ㎡; none of rentals, whose amounts are deposits."""
        highest: dict[int, int] = {}
        if self.notice["분양구분코드명"] == "분양주택":
            for row in self.types:
                price = int(row["공급금액_분양최고금액"] or 0) * WON
                if price:
                    area = int(area_of(row["주택형"]))
                    highest[area] = max(price, highest.get(area, 0))
        return highest

    def areas(self) -> set[int]:
        """Exclusive areas of its types in whole ㎡."""
        return {int(area_of(row["주택형"])) for row in self.types}

    def figures(self) -> tuple[Figure, ...]:
        """All dates, months, prices and counts of homes, those of each type and over all types."""
        found = [f"date:{value}" for value in self.notice.values() if _DATE.fullmatch(value)]
        found += [f"month:{self.notice[column][:7]}" for column in ("입주예정월", "모집공고일") if self.notice[column]]
        found += [f"homes:{self.notice['공급규모'] or 0}"]
        found += [f"won:{int(row['공급금액_분양최고금액'] or 0) * WON}" for row in self.types]
        for column in (name for name in (self.types[0] if self.types else {}) if name.endswith("세대수")):
            counts = [int(row[column] or 0) for row in self.types]
            found += [f"homes:{count}" for count in (*counts, sum(counts))]
        return tuple(figure for text in dict.fromkeys(found) if (figure := parse_figure(text)))


def load_complexes(english: Mapping[str, str], folder: Path = SAMPLES) -> list[Complex]:
    """The notices of a folder. ``english``: names by 주택관리번호, for the questions alone, never for what is right.

    Raises:
        SourceError: the folder does not hold the tables.
    """
    for name in (_NOTICES, _TYPES):
        if not (folder / f"{name}.csv").is_file():
            raise SourceError(folder, f"there is no {name}.csv.", "Give a folder with the tables that were ingested.")
    types: dict[str, list[Row]] = defaultdict(list)
    for row in table(_TYPES, folder):
        types[row["주택관리번호"]].append(row)
    return [
        Complex(id_, row["주택명"].strip(), english.get(id_, ""), row, tuple(types[id_]))
        for row in table(_NOTICES, folder)
        if (id_ := row["주택관리번호"])
    ]
