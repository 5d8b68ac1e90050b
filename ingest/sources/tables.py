"""CSV tables: rows, and cells as values with errors that name the cell."""

from __future__ import annotations

import csv
import io
import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import SourceError
from ingest.sources.columns import LONGEST_SHOWN
from ingest.sources.problems import LeftOut

log = logging.getLogger(__name__)

MAX_CELL = 2_000_000  # characters
SEPARATORS = ",;\t"
MAX_INTEGER = 2**31 - 1  # of the store's integer columns
_EMPTY = frozenset({"", "-"})
_WHOLE = re.compile("[0-9]+")
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?|\.[0-9]+")
_DAY = re.compile(r"([0-9]{4})[-./]?([0-9]{1,2})[-./]?([0-9]{1,2})")
_MONTH = re.compile(r"([0-9]{4})[-./]?([0-9]{2})")
_WIDE = re.compile("[\u3000\uff01-\uff5e]")
_QUOTED = re.compile(r'"[^"]*"')
_FULL_WIDTH = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}}

# The fields of a record: of each, the column that it stands in, and how its cell is read (``Row.day``).
Fields = Mapping[str, tuple[str, Callable[["Row", str], Any]]]

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

    def names(self) -> Iterable[str]:
        return self.cells

    def value(self, name: str) -> str:
        """The cell with the line breaks inside it."""
        return self.cells.get(name, "").strip()

    def text(self, column: str) -> str:
        """The cell without surrounding or doubled spaces."""
        return " ".join(self.cells.get(column, "").split())

    def required(self, column: str) -> str:
        value = self.text(column)
        if not value:
            raise self.broken(column, "allowed to be empty")
        return value

    def filled(self, column: str) -> str | None:
        """The text of a cell; None where it is empty or a dash."""
        value = self.text(column)
        return None if value in _EMPTY else value

    def integer(self, column: str) -> int | None:
        """A whole number of 0 or more; commas between digits are allowed."""
        number = self._number(column, _WHOLE, "a whole number")
        return None if number is None else int(number)

    def decimal(self, column: str) -> float | None:
        """A number of 0 or more."""
        number = self._number(column, _NUMBER, "a number")
        return None if number is None else float(number)

    def _number(self, column: str, pattern: re.Pattern[str], expected: str) -> str | None:
        if (value := self.filled(column)) is None:
            return None
        number = value.replace(",", "")
        if not pattern.fullmatch(number):
            raise self.broken(column, expected)
        if float(number) > MAX_INTEGER:
            raise self.broken(column, f"a number up to {MAX_INTEGER:,}")
        return number

    def day(self, column: str) -> date | None:
        return self._date(column, _DAY, "date", "2025-11-27")

    def month(self, column: str) -> date | None:
        """The first day of a month."""
        return self._date(column, _MONTH, "month", "2028-12")

    def _date(self, column: str, pattern: re.Pattern[str], what: str, example: str) -> date | None:
        if (value := self.filled(column)) is None:
            return None
        if (match := pattern.fullmatch(value)) is None:
            raise self.broken(column, f"a date like {example}")
        year, month, *day = map(int, match.groups())
        try:
            return date(year, month, *day or [1])
        except ValueError:
            raise self.broken(column, f"a {what} of the calendar") from None

    def flag(self, column: str) -> bool | None:
        value = self.filled(column)
        if value not in {"Y", "N", None}:
            raise self.broken(column, "Y or N")
        return None if value is None else value == "Y"

    def read(self, fields: Fields) -> dict[str, Any]:
        """The values of a record's fields, each from its column."""
        return {name: read(self, column) for name, (column, read) in fields.items()}

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


def table(path: Path, text: str) -> tuple[list[str], Iterator[Row | SourceError]]:
    """The header, and each record, or the error that its line is. Cells are parted by whatever parts the headers.

    Raises:
        SourceError: no header, a repeated header, or (of the records too) CSV that cannot be read at all.
    """
    records = _records(path, text)
    stripped = ([cell.strip() for cell in cells] for _, cells in records)
    header = next((cells for cells in stripped if any(cells)), [])
    if not header:
        raise SourceError(path, "It is empty.", "Give a CSV file with a header line, or leave it out.")
    repeated = sorted(name for name, number in Counter(header).items() if name and number > 1)
    if repeated:
        named = ", ".join(repeated)[:LONGEST_SHOWN]
        raise SourceError(path, f"It has the header {named} twice.", "Rename or remove one.", line=1)
    return header, _rows(path, text, header, records)


def _rows(
    path: Path, text: str, header: list[str], records: Iterable[tuple[range, list[str]]]
) -> Iterator[Row | SourceError]:
    # Full-width letters, digits and spaces become ordinary ones, cell by cell: a full-width comma separates nothing.
    # Few files have any, and translating every cell would take a third of the time.
    wide = bool(_WIDE.search(text))
    lines = range(1)
    problem: SourceError | None = None  # of the record before
    for lines, cells in records:
        if problem:
            yield problem
            problem = None
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            problem = SourceError(
                path,
                f"It has {len(cells)} cells where the header has {len(header)}.",
                "Look for a comma or a quotation mark that is not quoted.",
                line=lines.start,
            )
        else:
            if wide:
                cells = [cell.translate(_FULL_WIDTH) for cell in cells]
            yield Row(path, lines.start, dict(zip(header, cells, strict=True)))
    # The last cell has swallowed every row after the mark.
    if len(lines) > 1 and text.count('"') % 2:
        problem = SourceError(
            path, "A quotation mark that opens here is never closed.", "Close or remove it.", line=lines.start
        )
    if problem:
        yield problem


def _records(path: Path, text: str) -> Iterator[tuple[range, list[str]]]:
    """The physical lines of each record, and its cells."""
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    start = 1
    try:
        for cells in reader:
            yield range(start, reader.line_num + 1), cells
            start = reader.line_num + 1
    except csv.Error as error:
        log.debug("%s, line %d: %s", path, reader.line_num, error)
        what = f"It cannot be read as CSV: a cell has more than {MAX_CELL:,} characters, or is broken."
        raise SourceError(path, what, "Look for an unclosed quotation mark.", line=reader.line_num) from None


def _separator(text: str) -> str:
    """What parts the headers most often, outside of quotation marks; a comma where nothing does."""
    first = _QUOTED.sub("", text.lstrip("\r\n").partition("\n")[0])
    return max(SEPARATORS, key=first.count)
