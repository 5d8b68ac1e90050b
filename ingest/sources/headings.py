"""Which lines of a document are headings, and under which headings a line stands."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.records import Block

LONGEST = 70  # characters of a heading
LONGEST_CAPTION = 110
LARGER = 1.12  # times the size of the body text
TITLE = 1.5
ENDS_SENTENCE = re.compile(r"니다\.|(?:니다|시오|바람|[음함됨임])\.?\)?$|[.;,]$")
# Outer to inner, by how Korean notices and laws number them.
CHAPTER = re.compile(
    r"제\s?\d+\s?[장편](?:의\d+)?\s|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]+\s*[.\s]|[IVX]+\.\s|\d{1,2}\.(?!\d)\s?|부칙|별표\s?\d*"
)
ARTICLE = re.compile(r"제\d+조(?:의\d+)?\s?\([^)]{1,80}\)")
MARKED = re.compile(r"[■◆◈●▣□◇❚▌▶▷➊-➓❶-❿]\s*|[<〈\[【].{2,40}[>〉\]】]$")
ITEM = re.compile(r"[○●◦▪•·ㆍ※\-]")
# A line of a table of contents; the unit of a table.
NO_HEADING = re.compile(r"(?:…|\.{3}|···|⋯)\s*…*\s*\d+$|…{2}|\.{5}|^[\[(<]?\s*단위")
LETTERS = re.compile(r"[가-힣A-Za-z]")


class Outline:
    """Reads a document's lines in order and knows the headings above. ``body`` is the size of its body text."""

    def __init__(self, body: float) -> None:
        self.body = body
        self.title = ""
        self._title_size = 0.0
        self._levels: dict[int, str] = {}
        self._caption = ""

    def path(self) -> tuple[str, ...]:
        """Headings, outer first."""
        return tuple(text for _, text in sorted(self._levels.items()))

    def take_caption(self) -> tuple[str, ...]:
        """The headings of a table that follows, with the line right above it where that reads like its title."""
        path = self.path()
        caption, self._caption = self._caption, ""
        return path if not caption or caption in path else (*path, caption)

    def read(self, page: int, text: str, size: float) -> Iterator[Block]:
        """A paragraph as blocks, under its headings; a heading is none by itself but begins what follows."""
        if page <= 2 and size > max(self._title_size, TITLE * self.body) and len(LETTERS.findall(text)) >= 4:
            self.title, self._title_size = text, size
        if article := ARTICLE.match(text):
            self._set(2, article.group())
        elif level := self._level(text, size):
            self._set(level, text)
        self._caption = text if len(text) <= LONGEST_CAPTION and not ENDS_SENTENCE.search(text) else ""
        yield Block(page, self.path(), text)

    def _set(self, level: int, text: str) -> None:
        self._levels = {outer: heading for outer, heading in self._levels.items() if outer < level}
        self._levels[level] = text

    def _level(self, text: str, size: float) -> int:
        """1 is a chapter, 2 a section, 3 an item, 4 an item of it; 0 is no heading."""
        if len(text) > LONGEST or ENDS_SENTENCE.search(text) or NO_HEADING.search(text) or not LETTERS.search(text):
            return 0
        large = size >= LARGER * self.body
        if CHAPTER.match(text) and (large or text.startswith("제")):
            return 1
        if MARKED.match(text):
            return 3
        if ITEM.match(text):
            return 4 if large else 0
        return 2 if large else 0
