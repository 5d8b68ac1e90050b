"""A table's cells into rows that stand alone: every value with the name of its column, merged cells filled down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

MAX_HEADER_ROWS = 4
MAX_LABEL = 60  # characters of a header cell; longer is prose
LONG_VALUE = 80  # characters: a longer merged cell is said in its first row alone
MAX_STACK = 3  # cells of one column that are one statement: a step, and its dates below
FIGURE = re.compile(r"\d[\d,.]{2,}")


@dataclass(frozen=True, slots=True)
class GridCell:
    """``rows`` and ``columns`` are half-open ranges of the grid. ``label``: marked as header (shaded, or ``th``)."""

    text: str
    rows: tuple[int, int]
    columns: tuple[int, int]
    label: bool = False


@dataclass(frozen=True, slots=True)
class ReadTable:
    """``rows`` as text. ``header`` (a name per column) and ``last`` (its last row's values) serve a continuation."""

    rows: tuple[str, ...]
    header: tuple[str, ...]
    last: tuple[str, ...]


def read_table(cells: Sequence[GridCell], before: ReadTable | None = None) -> ReadTable:
    """Rows of the table. ``before``: the table of which this one is the continuation on the next page."""
    columns = max((cell.columns[1] for cell in cells), default=0)
    if before is not None and len(before.header) != columns:
        before = None
    if before is not None:  # at the top of a page a merged cell goes on empty: it is what it was
        cells = [
            replace(cell, text=before.last[cell.columns[0]]) if not cell.text and cell.rows[0] == 0 else cell
            for cell in cells
        ]
    if all(cell.label for cell in cells if cell.text):
        cells = [replace(cell, label=False) for cell in cells]
    if columns == 1 and len(cells) <= MAX_STACK and all(len(cell.text) <= MAX_LABEL for cell in cells):
        stacked = " ".join(cell.text for cell in sorted(cells, key=lambda cell: cell.rows))
        return ReadTable((stacked,) if stacked.strip() else (), ("",), (stacked,))
    by_row = _by_row(cells)
    headers = _header_rows(by_row, columns)
    if before is not None and not any(cell.label for row in headers for cell in by_row[row]):
        headers = set()  # without a mark on them, first rows are no header of their own
    header = before.header if before is not None else ("",) * columns
    rows: list[str] = []
    above: list[GridCell] = []
    block: list[list[GridCell]] = []
    section = ""
    for index, row in enumerate(by_row):
        if index in headers:
            block.append(row)
            header, above = _names(block, columns), []
            continue
        block = []
        shown = [cell for cell in row if cell.text]
        if len(shown) == 1 and shown[0].columns == (0, columns) and columns > 1:
            if shown[0] not in above:
                text = shown[0].text
                section = text if len(text) <= MAX_LABEL else ""
                rows.append(text)
            above = row
            continue
        fresh = [cell for cell in row if cell.text and (cell not in above or len(cell.text) <= LONG_VALUE)]
        if any(cell not in above for cell in fresh):
            values = list(_values(fresh, header))
            if values:
                rows.append(", ".join([section, *values] if section else values))
        above = row
    if headers and not rows:  # a table of labels alone
        rows = [", ".join(cell.text for cell in by_row[index] if cell.text) for index in sorted(headers)]
    return ReadTable(tuple(dict.fromkeys(row for row in rows if row)), header, _texts(above, columns))


def _by_row(cells: Sequence[GridCell]) -> list[list[GridCell]]:
    """The cells of every grid row, left to right; a merged cell stands in each of its rows."""
    height = max((cell.rows[1] for cell in cells), default=0)
    rows: list[list[GridCell]] = [[] for _ in range(height)]
    for cell in sorted(cells, key=lambda cell: cell.columns):
        for row in range(*cell.rows):
            rows[row].append(cell)
    return rows


def _header_rows(by_row: Sequence[Sequence[GridCell]], columns: int) -> set[int]:
    """Grid rows that name columns: all labels where the table marks any, else the first rows if they look like it."""
    if columns < 2 or len(by_row) < 2:
        return set()
    cells = {cell for row in by_row for cell in row if cell.text}
    marked = {
        index
        for index, row in enumerate(by_row)
        if len(shown := [cell for cell in row if cell.text]) > 1 and all(cell.label for cell in shown)
    }
    if any(cell.label for cell in cells):
        return marked
    first = [cell for cell in by_row[0] if cell.text]
    depth = max((cell.rows[1] for cell in first if cell.rows[1] < len(by_row)), default=1)
    if len(first) < 2 or depth > MAX_HEADER_ROWS or depth >= len(by_row):
        return set()
    head = {cell for row in by_row[:depth] for cell in row if cell.text}
    figures = sum(bool(FIGURE.search(cell.text)) for cell in head)
    if figures * 3 > len(head) or any(len(cell.text) > MAX_LABEL for cell in head):
        return set()
    if columns == 2 and not any(FIGURE.search(cell.text) for row in by_row[depth:] for cell in row):
        return set()  # two columns of words: label and value
    return set(range(depth))


def _names(block: Sequence[Sequence[GridCell]], columns: int) -> tuple[str, ...]:
    """Per column the header cells above it, top down: ``임대보증금 계약금``."""
    names: list[list[str]] = [[] for _ in range(columns)]
    for row in block:
        for cell in row:
            for column in range(*cell.columns):
                if cell.text and cell.text not in names[column]:
                    names[column].append(cell.text)
    return tuple(" ".join(parts) for parts in names)


def _values(cells: Sequence[GridCell], header: Sequence[str]) -> list[str]:
    """``column value`` for each cell; a label before a value names it where no column does."""
    found: list[str] = []
    label = before = ""
    for cell in sorted(cells, key=lambda cell: cell.columns):
        name = _common(header[slice(*cell.columns)])
        if cell.label and not name:
            label = f"{label} {cell.text}".strip()
            continue
        if name and name == before:  # 구분 in two columns: 특별공급, then 신혼부부
            found[-1] += f" {cell.text}"
        else:
            found.append(" ".join(part for part in (label, "" if name == cell.text else name, cell.text) if part))
        label, before = "", name
    return [*found, label] if label else found


def _common(names: Sequence[str]) -> str:
    """The words that all names begin with: what spans 계약금 and 잔금 under 임대보증금 is a 임대보증금."""
    first, *others = [name.split(" ") for name in names] or [[]]
    length = 0
    while length < len(first) and all(words[: length + 1] == first[: length + 1] for words in others):
        length += 1
    return " ".join(first[:length])


def _texts(row: Sequence[GridCell], columns: int) -> tuple[str, ...]:
    texts = [""] * columns
    for cell in row:
        for column in range(*cell.columns):
            texts[column] = cell.text
    return tuple(texts)
