"""CSV tables: recognising a form by its headers, and turning cells into values with errors that name the cell."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from assistant.errors import SourceError
from ingest.records import Record
from ingest.sources.problems import LeftOut

LONGEST_SHOWN = 300  # characters of a header or cell in a message
MAX_INTEGER = 2**31 - 1  # of the store's integer columns
_EMPTY = frozenset({"", "-"})
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?|\.[0-9]+")
_DAY = re.compile(r"([0-9]{4})[-./]?([0-9]{1,2})[-./]?([0-9]{1,2})")
_MONTH = re.compile(r"([0-9]{4})[-./]?([0-9]{2})")
_WIDE = re.compile("[\u3000\uff01-\uff5e]")
_FULL_WIDTH = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}

KOREA_LATITUDE = (33.0, 39.0)
KOREA_LONGITUDE = (124.0, 132.0)


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a CSV file. ``line`` is the physical line it starts on. Every getter raises SourceError."""

    path: Path
    line: int
    cells: Mapping[str, str]

    def broken(self, column: str, expected: str) -> SourceError:
        """The error for a cell that is not ``expected`` ("a date like 2025-11-27")."""
        return SourceError(
            self.path,
            f"Column {column} holds {self.cells.get(column, '')[:LONGEST_SHOWN]!r}, which is not {expected}.",
            "Mend the cell or remove the row.",
            line=self.line,
        )

    def text(self, column: str) -> str:
        """The cell without surrounding or doubled spaces."""
        return " ".join(self.cells.get(column, "").split())

    def required(self, column: str) -> str:
        value = self.text(column)
        if not value:
            raise self.broken(column, "allowed to be empty")
        return value

    def integer(self, column: str) -> int | None:
        """A whole number of 0 or more; commas between digits are allowed."""
        value = self.text(column)
        if value in _EMPTY:
            return None
        number = value.replace(",", "")
        if not re.fullmatch("[0-9]+", number):
            raise self.broken(column, "a whole number")
        if len(number) > len(str(MAX_INTEGER)) or int(number) > MAX_INTEGER:
            raise self.broken(column, f"a number up to {MAX_INTEGER:,}")
        return int(number)

    def decimal(self, column: str) -> float | None:
        """A number of 0 or more."""
        value = self.text(column)
        if value in _EMPTY:
            return None
        number = value.replace(",", "")
        if not _NUMBER.fullmatch(number):
            raise self.broken(column, "a number")
        if float(number) > MAX_INTEGER:
            raise self.broken(column, f"a number up to {MAX_INTEGER:,}")
        return float(number)

    def day(self, column: str) -> date | None:
        value = self.text(column)
        if value in _EMPTY:
            return None
        match = _DAY.fullmatch(value)
        try:
            return date(int(match[1]), int(match[2]), int(match[3])) if match else self._no_date(column, "2025-11-27")
        except ValueError:
            raise self.broken(column, "a date of the calendar") from None

    def month(self, column: str) -> date | None:
        """The first day of a month."""
        value = self.text(column)
        if value in _EMPTY:
            return None
        match = _MONTH.fullmatch(value)
        try:
            return date(int(match[1]), int(match[2]), 1) if match else self._no_date(column, "2028-12")
        except ValueError:
            raise self.broken(column, "a month of the calendar") from None

    def _no_date(self, column: str, example: str) -> date:
        raise self.broken(column, f"a date like {example}")

    def flag(self, column: str) -> bool | None:
        value = self.text(column)
        if value in _EMPTY:
            return None
        if value not in {"Y", "N"}:
            raise self.broken(column, "Y or N")
        return value == "Y"

    def degrees(self, column: str, bounds: tuple[float, float]) -> float:
        """A coordinate within Korea's bounds."""
        value = self.decimal(column)
        if value is None or not bounds[0] <= value <= bounds[1]:
            raise self.broken(column, f"degrees between {bounds[0]:g} and {bounds[1]:g}, where Korea lies")
        return value

    def place(self, latitude: str, longitude: str) -> tuple[float, float]:
        """Where a place is.

        Raises:
            LeftOut: no coordinate, or one outside Korea: the place is of no use, its neighbours are.
            SourceError: not a number.
        """
        pair = (self.decimal(latitude), self.decimal(longitude))
        if pair[0] is None or pair[1] is None:
            raise LeftOut(f"line {self.line}: no coordinate")
        if not (
            KOREA_LATITUDE[0] <= pair[0] <= KOREA_LATITUDE[1] and KOREA_LONGITUDE[0] <= pair[1] <= KOREA_LONGITUDE[1]
        ):
            raise LeftOut(f"line {self.line}: its coordinate {pair[0]:g}, {pair[1]:g} is outside Korea")
        return pair[0], pair[1]


@dataclass(frozen=True, slots=True)
class CsvForm:
    """A CSV form: the columns it must have, and how one row becomes a record.

    ``parse`` is None for a form that is known but holds nothing this project uses; ``unused`` then says why.
    ``spellings``: the other headers that a column may have.
    """

    name: str
    domain: str  # "housing", "listing", or "" for context and glossary, which belong to no single domain
    columns: tuple[str, ...]
    parse: Callable[[Row], Record] | None
    unused: str = ""
    spellings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def detect(self, header: Sequence[str]) -> bool:
        return not self.missing(header)

    def missing(self, header: Sequence[str]) -> list[str]:
        present = set(header)
        return [column for column in self.columns if present.isdisjoint((column, *self.spellings.get(column, ())))]


def choose_form(path: Path, header: Sequence[str], forms: Sequence[CsvForm]) -> CsvForm:
    """The form with the most columns among those the header has in full.

    Raises:
        SourceError: none fits; names the headers found, the nearest form and the columns it lacks.
    """
    fitting = [form for form in forms if form.detect(header)]
    if fitting:
        return max(fitting, key=lambda form: len(form.columns))
    nearest = max(forms, key=lambda form: 1 - len(form.missing(header)) / len(form.columns))
    found = ", ".join(header)
    shown = f"{found[:LONGEST_SHOWN]} …" if len(found) > LONGEST_SHOWN else found
    raise SourceError(
        path,
        f"Its headers are of no known form. Found: {shown}. "
        f"The nearest form is {nearest.name}, which lacks here: {', '.join(nearest.missing(header))}.",
        "Add the missing columns, or leave the file out.",
        line=1,
    )


def rows(path: Path, text: str) -> Iterator[tuple[list[str], Row | SourceError]]:
    """Each record with the header, or the error that its line is. The first item of the pair is always the header.

    Raises:
        SourceError: no header, a repeated header, or CSV that cannot be read at all.
    """
    # Full-width letters, digits and spaces become ordinary ones, cell by cell: a full-width comma separates nothing.
    # Few files have any, and translating every cell would take a third of the time.
    wide = bool(_WIDE.search(text))
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        header = [cell.strip() for cell in next(reader, [])]
        if not any(header):
            raise SourceError(path, "It is empty.", "Give a CSV file with a header line, or leave it out.")
        repeated = sorted(name for name, number in Counter(header).items() if name and number > 1)
        if repeated:
            named = ", ".join(repeated)[:LONGEST_SHOWN]
            raise SourceError(path, f"It has the header {named} twice.", "Rename or remove one.", line=1)
        start = reader.line_num + 1
        for cells in reader:
            line, start = start, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                yield (
                    header,
                    SourceError(
                        path,
                        f"It has {len(cells)} cells where the header has {len(header)}.",
                        "Look for a comma or a quotation mark that is not quoted.",
                        line=line,
                    ),
                )
            else:
                if wide:
                    cells = [cell.translate(_FULL_WIDTH) for cell in cells]
                yield header, Row(path, line, dict(zip(header, cells, strict=True)))
    except csv.Error as error:
        raise SourceError(
            path, f"It cannot be read as CSV ({error}).", "Look for an unclosed quotation mark.", line=reader.line_num
        ) from None
