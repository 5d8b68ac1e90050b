"""Letters into lines and paragraphs. Korean is wrapped inside words, so where a line ends tells little by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.sources.pdf_page import Letter

SAME_LINE = 0.45  # of a letter's height
BEGINS_ITEM = re.compile(
    r"(?:[-*+•·‧∙○◦●□■▪▫◇◆※▶▷☞❚➊-➓❶-❿①-⑳㉠-㉻\[<【]|\(?\d{1,2}[.)](?!\d)|\(?[가-하][.)]|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ][.)\s]|제\d+[조장절](?:의\d+)?[\s(])"
)
KEPT = 0.1  # of the line ends have a space: then one without has none because a word goes on
RAGGED = 0.25  # of the lines end early: then words are not broken
ENDS = (".", "!", "?", ":", ";")
CUT_FIGURE = re.compile(r"\d,\d{0,2}$")  # 10,485,54 / 1: a narrow column parts a figure
WORD = re.compile(r"[A-Za-z0-9]")
LONE_NUMBER = re.compile(r"\d{1,2}")
BESIDE = 4.0  # of a letter's height: how far a number stands before the lines that it counts
FIGURE = re.compile(r"[\d.,]*\d\s?[^\W\d]{0,2}%?")  # 84, 1,204호, 59㎡
LABEL = 30  # characters of a label above its figure


@dataclass(frozen=True, slots=True)
class Line:
    """One line of letters. ``letters`` are in order of reading."""

    letters: tuple[Letter, ...]

    @property
    def text(self) -> str:
        return "".join(f" {letter.text}" if letter.spaced else letter.text for letter in self.letters).strip()

    @property
    def left(self) -> float:
        return min(letter.x for letter in self.letters)

    @property
    def right(self) -> float:
        return max(letter.right for letter in self.letters)

    @property
    def y(self) -> float:
        return self.letters[0].y

    @property
    def size(self) -> float:
        sizes = sorted(letter.size for letter in self.letters)
        return sizes[len(sizes) // 2]

    @property
    def spaced(self) -> bool:
        return self.letters[0].spaced

    @property
    def first_word(self) -> float:
        """Width of the first word in points."""
        end = self.letters[0].right
        for letter in self.letters[1:]:
            if letter.spaced:
                break
            end = letter.right
        return end - self.left


def lines(letters: Iterable[Letter]) -> list[Line]:
    """Lines in the order of the file; a letter well above, below or before the last begins another."""
    found: list[list[Letter]] = []
    for letter in letters:
        last = found[-1][-1] if found else None
        height = max(letter.size, last.size) if last else 0.0
        if last is not None and abs(letter.y - last.y) <= SAME_LINE * height and letter.x >= last.x - 2 * height:
            found[-1].append(letter)
        else:
            found.append([letter])
    return [Line(tuple(group)) for group in found]


def numbered(page_lines: Sequence[Line]) -> list[Line]:
    """The lines with each number in the middle of two lines (in a circle, mostly) at the head of the upper one."""
    found = list(page_lines)
    for number in [line for line in found if LONE_NUMBER.fullmatch(line.text)]:
        beside = [
            line
            for line in found
            if line is not number
            and abs(line.y - number.y) < max(line.size, number.size)
            and 0 < line.left - number.right < BESIDE * line.size
        ]
        if beside:
            upper = max(beside, key=lambda line: line.y)
            first, *rest = upper.letters
            moved = (replace(letter, y=first.y, size=first.size) for letter in number.letters)
            found[found.index(upper)] = Line((*moved, replace(first, spaced=True), *rest))
            found.remove(number)
    return found


def joined(cell_lines: Sequence[Line], width: float) -> str:
    """Lines of one cell as one text. Where the next word would have fitted, the break was meant and parts two words."""
    if not cell_lines:
        return ""
    text = cell_lines[0].text
    for line, after in pairwise(cell_lines):
        meant = width - (line.right - line.left) > after.first_word + line.size
        meant = meant or (line.text[-1:].isalpha() and after.text[:1].isdigit())  # 101동 3호 / 102동 3호
        cut = CUT_FIGURE.search(text) and after.text[:1].isdigit()
        text = f"{text}{after.text}" if cut else glued(text, after.text, after.spaced or meant)
    return text


def glued(text: str, after: str, spaced: bool) -> str:
    """Two lines as one: with a space where one was meant, or where both sides are Latin words or figures."""
    latin = bool(text and after and WORD.match(text[-1]) and WORD.match(after[0]))
    return f"{text} {after}" if spaced or latin or text[-1:] in ENDS or text[-1:] == "," else f"{text}{after}"


def paragraphs(page_lines: Sequence[Line]) -> list[list[Line]]:
    """Consecutive lines that are one paragraph: each but the last reaches the right side of its column."""
    found: list[list[Line]] = []
    for line in page_lines:
        before = found[-1][-1] if found else None
        if before is not None and _goes_on(before, line, page_lines):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def _goes_on(line: Line, after: Line, page_lines: Sequence[Line]) -> bool:
    if BEGINS_ITEM.match(after.text) or abs(line.size - after.size) > 0.2 * line.size:
        return False
    if not 0 < line.y - after.y < 2.6 * line.size:
        return False
    if FIGURE.fullmatch(after.text):  # a label and its figure below: neither says anything alone
        return len(line.text) <= LABEL and not line.text.endswith(ENDS) and after.left < line.right
    side = max(other.right for other in page_lines if other.left < line.right and other.right > line.left)
    return side - line.right <= after.first_word + 0.5 * line.size


def paragraph_text(group: Sequence[Line], *, between_words: bool) -> str:
    """One paragraph as one text. ``between_words``: the document is only wrapped where a word ends."""
    text = group[0].text
    for after in group[1:]:
        text = glued(text, after.text, after.spaced or between_words)
    return text


def wraps_between_words(groups: Iterable[Sequence[Line]]) -> bool:
    """Whether a document's lines end between words although no space is kept there.

    Where lines may end inside words, all reach the right side of their column within a letter; otherwise the next
    word's width is left over.
    """
    kept = ragged = ends = 0
    for group in groups:
        side = max(line.right for line in group)
        for line, after in pairwise(group):
            ends += 1
            kept += after.spaced
            ragged += side - line.right > line.size
    return ends > 0 and kept < KEPT * ends and ragged > RAGGED * ends
