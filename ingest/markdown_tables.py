"""Tables of Markdown text (GitHub's form) into rows that stand alone, as those of HTML and PDF are.

A table is a line of cells, a line that marks it as the header (``| --- | :-: |``, as many cells), and the cells that
follow (https://github.github.com/gfm/#tables-extension-).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ingest.records import Block
from ingest.sources.table_rows import GridCell, read_table

_MARK = re.compile(r"\s*\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?\s*")
_BETWEEN = re.compile(r"(?<!\\)\|")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def blocks(text: str, headings: tuple[str, ...]) -> tuple[Block, ...]:
    """Text and table rows in order, below ``headings``; nothing where ``text`` holds no table."""
    found = tuple(_blocks(text.splitlines(), headings))
    return found if any(block.is_row for block in found) else ()


def _blocks(lines: Sequence[str], headings: tuple[str, ...]) -> Iterator[Block]:
    prose: list[str] = []
    fenced = False
    index = 0
    while index < len(lines):
        fenced ^= bool(_FENCE.match(lines[index]))
        if fenced or not _begins_table(lines, index):
            prose.append(lines[index])
            index += 1
            continue
        end = index + 2
        while end < len(lines) and "|" in lines[end]:
            end += 1
        if any(line.strip() for line in prose):
            yield Block(0, headings, "\n".join(prose))
        prose = []
        rows = read_table(list(_cells([lines[index], *lines[index + 2 : end]]))).rows
        yield from (Block(0, headings, row, is_row=True) for row in rows)
        index = end
    if any(line.strip() for line in prose):
        yield Block(0, headings, "\n".join(prose))


def _begins_table(lines: Sequence[str], index: int) -> bool:
    if index + 1 >= len(lines) or "|" not in lines[index] or "|" not in lines[index + 1]:
        return False
    return bool(_MARK.fullmatch(lines[index + 1])) and len(_split(lines[index])) == len(_split(lines[index + 1]))


def _cells(lines: Sequence[str]) -> Iterator[GridCell]:
    """What stands beyond the header's last column belongs to none and is left out."""
    columns = len(_split(lines[0]))
    for row, line in enumerate(lines):
        for column, text in enumerate(_split(line)[:columns]):
            yield GridCell(text, (row, row + 1), (column, column + 1), label=row == 0)


def _split(line: str) -> list[str]:
    line = line.strip()
    line = line[1:] if line.startswith("|") else line
    line = line[:-1] if line.endswith("|") and not line.endswith("\\|") else line
    return [" ".join(_BREAK.sub(" ", cell).replace("\\|", "|").split()) for cell in _BETWEEN.split(line)]
