"""HTML pages: headings, paragraphs, list items and table rows, without scripts, menus and footers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from assistant.errors import SourceError
from ingest.records import Block, TextDocument
from ingest.sources.decoding import read_text
from ingest.sources.table_rows import GridCell, read_table

SUFFIXES = frozenset({".html", ".htm"})
NO_CONTENT = ("script", "style", "noscript", "template", "nav", "footer", "form", "iframe", "svg", "head")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
TEXTS = ("p", "li", "dt", "dd", "blockquote", "pre", "figcaption", "caption", "address", "summary")
MAX_DEPTH = 500
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(?![^<>]*/>)")
_OFTEN_UNCLOSED = frozenset(
    (
        *("p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "option", "br", "hr", "img", "input"),
        *("meta", "link", "col", "area", "base", "embed", "source", "wbr"),
    )
)
MAX_SPAN = 200  # rows or columns that one cell may claim


def read(path: Path, name: str) -> TextDocument:
    """The file as one document called ``name``. Title: ``<title>``, else the first heading, else the file's name.

    Raises:
        SourceError: it cannot be read as text, or holds none.
    """
    text = read_text(path)
    if _depth(text) > MAX_DEPTH:
        raise SourceError(path, "Its elements are nested too deeply.", "Save it as text and try that.")
    page = BeautifulSoup(text, "html.parser")
    title = page.title.get_text(" ", strip=True) if page.title else ""
    for tag in page.find_all(NO_CONTENT):
        tag.decompose()
    # Words of two elements are parted only where a reader sees them parted: not within a line.
    for tag in page.find_all(["br", *HEADINGS, *TEXTS, "div", "td", "th"]):
        tag.append("\n")
    blocks = tuple(_blocks(page.body or page))
    if not blocks:
        raise SourceError(
            path, "It holds no text outside of menus and scripts.", "Save the page once it is shown in full."
        )
    heading = page.find(HEADINGS)
    return TextDocument(name, "", title or (_text(heading) if isinstance(heading, Tag) else path.stem), blocks)


def _depth(text: str) -> int:
    """How deep elements are nested. Time to build the tree grows with its square."""
    depth = deepest = 0
    for tag in _TAG.finditer(text):
        if tag[2].lower() not in _OFTEN_UNCLOSED:
            depth = max(0, depth - 1) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _blocks(body: Tag) -> Iterator[Block]:
    levels: dict[int, str] = {}
    for tag in body.find_all([*HEADINGS, *TEXTS, "table", "div", "section", "article", "main", "td"]):
        if tag.find_parent("table") is not None:
            continue
        path = tuple(text for _, text in sorted(levels.items()))
        if tag.name in HEADINGS:
            level = int(tag.name[1])
            levels = {outer: text for outer, text in levels.items() if outer < level}
            levels[level] = _text(tag)
        elif tag.name == "table":
            yield from (Block(0, path, row, is_row=True) for row in read_table(_cells(tag)).rows)
        elif tag.name in TEXTS:
            # An item's own words; those of the list inside it come as items themselves.
            if text := _text(tag) if tag.find(TEXTS) is None else _own_text(tag):
                yield Block(0, path, text)
        elif text := _own_text(tag):
            yield Block(0, path, text)


def _cells(table: Tag) -> list[GridCell]:
    cells: list[GridCell] = []
    taken: set[tuple[int, int]] = set()
    for row, line in enumerate(table.find_all("tr")):
        column = 0
        for cell in line.find_all(["td", "th"], recursive=False):
            while (row, column) in taken:
                column += 1
            rows, columns = (_span(cell, name) for name in ("rowspan", "colspan"))
            taken |= {(row + y, column + x) for y in range(rows) for x in range(columns)}
            cells.append(GridCell(_text(cell), (row, row + rows), (column, column + columns), cell.name == "th"))
            column += columns
    return cells


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name, "1"))
    return min(MAX_SPAN, max(1, int(value))) if value.isdecimal() and len(value) < 6 else 1


def _text(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def _own_text(tag: Tag) -> str:
    """The words that stand in the element itself, and in inline elements of it."""
    inline = ("a", "b", "strong", "em", "i", "span", "u", "mark", "small", "code", "time", "sub", "sup", "font")
    parts = [
        child.get_text() if isinstance(child, Tag) else str(child)
        for child in tag.children
        if not isinstance(child, Tag) or (child.name in inline and child.find([*HEADINGS, *TEXTS, "table"]) is None)
    ]
    return " ".join("".join(parts).split())
