"""Pages into blocks in the order of reading: paragraphs and table rows, each under its headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median_high

from ingest.records import Block
from ingest.sources import pdf_grid
from ingest.sources.headings import Outline
from ingest.sources.pdf_grid import Cell, Table
from ingest.sources.pdf_page import Box, Drawn, Letter
from ingest.sources.pdf_running import PageLines, Repeated, repeated
from ingest.sources.pdf_text import Line, joined, lines, numbered, paragraph_text, paragraphs, wraps_between_words
from ingest.sources.table_rows import GridCell, ReadTable, read_table

GUTTER = 6.0  # points: half the width of the gap between two columns or two pages on one
SHADED = 0.6  # of a cell's area
SAME_EDGE = 4.0  # points between the columns of a table and of its continuation


@dataclass(slots=True)
class _Page:
    """A page's letters dealt out: to the cells of its tables, and to the lines around them."""

    number: int
    drawn: Drawn
    tables: list[Table]
    in_cells: dict[tuple[int, int], list[Letter]] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)

    def in_order(self) -> list[int | list[Line]]:
        """Tables (by number) and the lines between them, column by column and top down."""
        used = {table for table, _ in self.in_cells}
        items: list[tuple[float, float, float, int | Line]] = [
            (table.box.x0, table.box.x1, table.box.y1, index)
            for index, table in enumerate(self.tables)
            if index in used
        ]
        items += [(line.left, line.right, line.y + line.size / 2, line) for line in self.lines]
        middle = self.drawn.width / 2
        halves = not any(left < middle - GUTTER and right > middle + GUTTER for left, right, _, _ in items)
        items.sort(key=lambda item: (halves and item[0] > middle - GUTTER, -round(item[2] / 2), item[0]))
        order: list[int | list[Line]] = []
        for *_, item in items:
            if isinstance(item, int):
                order.append(item)
            elif order and isinstance(order[-1], list):
                order[-1].append(item)
            else:
                order.append([item])
        return order


def blocks(pages: Sequence[Drawn]) -> tuple[list[Block], str, list[Repeated]]:
    """The blocks of all pages; the title, the largest line of the first pages, empty where none stands out; and what
    is not read, because the pages repeat it."""
    dealt = [_deal(number, drawn) for number, drawn in enumerate(pages, start=1)]
    sizes = [letter.size for page in pages for letter in page.letters]
    body = median_high(sizes) if sizes else 0.0
    is_repeated, left_out = repeated([PageLines(page.number, page.drawn.height, page.lines) for page in dealt])
    for page in dealt:
        page.lines = numbered([line for line in page.lines if line.text and not is_repeated(line)])
    between_words = wraps_between_words(group for page in dealt for group in paragraphs(page.lines))
    outline = Outline(body)
    found: list[Block] = []
    before: ReadTable | None = None
    edges: tuple[float, ...] = ()
    for page in dealt:
        at_top = True
        for item in page.in_order():
            if isinstance(item, list):
                at_top, before = False, None
                for group in paragraphs(item):
                    text = " ".join(paragraph_text(group, between_words=between_words).split())
                    found.extend(outline.read(page.number, text, group[0].size))
                continue
            table = page.tables[item]
            goes_on = at_top and before is not None and _alike(edges, table.edges)
            read = read_table(_cells(page, item), before if goes_on else None)
            caption = outline.path() if goes_on else outline.take_caption()
            found += (Block(page.number, caption, row, is_row=True) for row in read.rows)
            at_top, before, edges = False, read, table.edges
    # Last, so that they stand between no others.
    found += (Block(head.pages[0], (), head.text) for head in left_out if head.text)
    return found, outline.title, left_out


def _deal(number: int, drawn: Drawn) -> _Page:
    page = _Page(number, drawn, pdf_grid.tables(drawn.rules))
    places = sorted(
        ((cell.box, (t, index)) for t, table in enumerate(page.tables) for index, cell in enumerate(table.cells)),
        key=lambda place: place[0].area,
    )
    around = []
    for letter in drawn.letters:
        x = (letter.x + letter.right) / 2
        owner = next((key for box, key in places if box.holds(x, letter.y)), None)
        if owner is None:
            around.append(letter)
        else:
            page.in_cells.setdefault(owner, []).append(letter)
    page.lines = lines(around)
    return page


def _cells(page: _Page, table: int) -> list[GridCell]:
    return [
        GridCell(
            _cell_text(page.in_cells.get((table, index), ()), cell),
            cell.rows,
            cell.columns,
            _is_shaded(cell.box, page.drawn.shades),
        )
        for index, cell in enumerate(page.tables[table].cells)
    ]


def _cell_text(letters: Sequence[Letter], cell: Cell) -> str:
    ordered = sorted(lines(letters), key=lambda line: (-round(line.y / 3), line.left))
    return " ".join(joined(ordered, cell.box.x1 - cell.box.x0).split())


def _is_shaded(box: Box, shades: Sequence[Box]) -> bool:
    """Whether most of a cell is coloured. An area as large as the page is paper, not a mark."""
    covered = 0.0
    for shade in shades:
        wide = min(box.x1, shade.x1) - max(box.x0, shade.x0)
        high = min(box.y1, shade.y1) - max(box.y0, shade.y0)
        covered += max(0.0, wide) * max(0.0, high)
    return covered >= SHADED * box.area


def _alike(edges: tuple[float, ...], others: tuple[float, ...]) -> bool:
    return len(edges) == len(others) and all(abs(a - b) <= SAME_EDGE for a, b in zip(edges, others, strict=True))
