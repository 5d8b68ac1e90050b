"""Ruling lines into tables: cells with the rows and columns that they span.

Lines that cross or touch form one table. Its distinct x and y make a fine grid; neighbouring squares without a line
between them are one cell. Open left and right sides, as Korean notices have them, count as closed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ingest.sources.pdf_page import Box, Rule

NEAR = 3.0  # points: lines this close touch, and edges this close are one
COVERED = 0.55  # of an edge: so much of it must be drawn to part two cells
MAX_SQUARES = 60_000  # of one table's fine grid; beyond, it is a drawing


@dataclass(frozen=True, slots=True)
class Cell:
    """``rows`` and ``columns`` are half-open ranges of the table's grid, counted from the top left."""

    box: Box
    rows: tuple[int, int]
    columns: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Table:
    """``edges`` are the x of its columns' sides."""

    box: Box
    cells: tuple[Cell, ...]
    edges: tuple[float, ...]


def tables(rules: Sequence[Rule]) -> list[Table]:
    """All tables of two cells or more; a frame around text is none."""
    found = (_table(group) for group in _connected(_joined(rules)))
    return [table for table in found if table is not None]


def _joined(rules: Sequence[Rule]) -> list[Rule]:
    """Pieces of one line (double drawn, dashed, or cell by cell) as one, at the same height within a point."""
    lanes: dict[tuple[bool, int], list[Rule]] = defaultdict(list)
    for rule in rules:
        lanes[rule.horizontal, round(rule.at)].append(rule)
    joined: list[Rule] = []
    for (horizontal, _), lane in lanes.items():
        lane.sort(key=lambda rule: rule.start)
        current = lane[0]
        for rule in lane[1:]:
            if rule.start <= current.end + NEAR:
                current = Rule(horizontal, current.at, current.start, max(current.end, rule.end))
            else:
                joined.append(current)
                current = rule
        joined.append(current)
    return joined


def _connected(rules: Sequence[Rule]) -> Iterator[list[Rule]]:
    parent = list(range(len(rules)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    down = [index for index, rule in enumerate(rules) if not rule.horizontal]
    for i, across in enumerate(rules):
        if across.horizontal:
            for j in down:
                rule = rules[j]
                if (
                    across.start - NEAR <= rule.at <= across.end + NEAR
                    and rule.start - NEAR <= across.at <= rule.end + NEAR
                ):
                    parent[root(j)] = root(i)
    groups: dict[int, list[Rule]] = defaultdict(list)
    for index, rule in enumerate(rules):
        groups[root(index)].append(rule)
    yield from groups.values()


def _table(rules: Sequence[Rule]) -> Table | None:
    across = [rule for rule in rules if rule.horizontal]
    down = [rule for rule in rules if not rule.horizontal]
    if len(across) < 2 or not down:
        return None
    xs = _distinct([rule.at for rule in down] + [min(r.start for r in across), max(r.end for r in across)])
    ys = _distinct([rule.at for rule in across] + [min(r.start for r in down), max(r.end for r in down)])[::-1]
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns * rows < 2 or columns * rows > MAX_SQUARES:
        return None
    left = _walls(down, xs, [(ys[row + 1], ys[row]) for row in range(rows)])
    above = _walls(across, ys, [(xs[column], xs[column + 1]) for column in range(columns)])
    owner = [[-1] * columns for _ in range(rows)]
    cells: list[Cell] = []
    for row in range(rows):
        for column in range(columns):
            if owner[row][column] < 0:
                span = _flood(owner, row, column, len(cells), left, above)
                box = Box(xs[span[2]], ys[span[1]], xs[span[3]], ys[span[0]])
                cells.append(Cell(box, (span[0], span[1]), (span[2], span[3])))
    if len(cells) < 2:
        return None
    return Table(Box(xs[0], ys[-1], xs[-1], ys[0]), tuple(cells), tuple(xs))


def _distinct(values: list[float]) -> list[float]:
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > NEAR:
            kept.append(value)
    return kept


def _walls(rules: Sequence[Rule], lanes: Sequence[float], edges: Sequence[tuple[float, float]]) -> set[tuple[int, int]]:
    """``(lane, edge)`` where a line is drawn along most of that edge."""
    walls = set()
    for lane, at in enumerate(lanes):
        on_lane = [rule for rule in rules if abs(rule.at - at) <= NEAR]
        for edge, (start, end) in enumerate(edges):
            covered = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in on_lane)
            if covered >= COVERED * (end - start):
                walls.add((lane, edge))
    return walls


def _flood(
    owner: list[list[int]], row: int, column: int, number: int, left: set[tuple[int, int]], above: set[tuple[int, int]]
) -> tuple[int, int, int, int]:
    """Give all squares reached without crossing a wall to cell ``number``. Their (top, bottom, left, right)."""
    top = bottom = row
    first = last = column
    owner[row][column] = number
    waiting = [(row, column)]
    while waiting:
        y, x = waiting.pop()
        top, bottom, first, last = min(top, y), max(bottom, y), min(first, x), max(last, x)
        around = (
            (y, x - 1, (x, y) in left),
            (y, x + 1, (x + 1, y) in left),
            (y - 1, x, (y, x) in above),
            (y + 1, x, (y + 1, x) in above),
        )
        for to_y, to_x, wall in around:
            if not wall and 0 <= to_y < len(owner) and 0 <= to_x < len(owner[0]) and owner[to_y][to_x] < 0:
                owner[to_y][to_x] = number
                waiting.append((to_y, to_x))
    return top, bottom + 1, first, last + 1
