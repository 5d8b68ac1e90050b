"""What pdfium draws on a page: characters with their places, ruling lines, and shaded areas.

Coordinates are PDF points with y growing upwards, as in the file.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as c

THIN = 2.5  # points: a filled area this narrow is drawn as a line
SHORTEST = 3.0  # points: shorter strokes are dots, ticks and parts of letters
NEARLY_WHITE = 0.985
FORM_DEPTH = 3
NO_LETTER = "\ufffd"


class Box(NamedTuple):
    """Left, bottom, right, top."""

    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1

    @property
    def area(self) -> float:
        return (self.x1 - self.x0) * (self.y1 - self.y0)


@dataclass(frozen=True, slots=True)
class Letter:
    """One visible character. ``spaced``: white space stands before it; ``size``: height of its line in points."""

    text: str
    x: float
    y: float
    right: float
    size: float
    spaced: bool


class Rule(NamedTuple):
    """A ruling line from ``start`` to ``end``; ``at`` is its y where it is horizontal, its x where it is vertical."""

    horizontal: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """All of one page. Letters in the order of the file, which is mostly the order of reading."""

    width: float
    height: float
    letters: tuple[Letter, ...]
    rules: tuple[Rule, ...]
    shades: tuple[Box, ...]


NOTHING = Drawn(1.0, 1.0, (), (), ())  # of a page that is not read


def drawn(page: pdfium.PdfPage) -> Drawn:
    """Everything of the page that tells its text and tables."""
    rules: list[Rule] = []
    shades: list[Box] = []
    for item in page.get_objects(filter=[c.FPDF_PAGEOBJ_PATH], max_depth=FORM_DEPTH):
        _read_path(item, rules, shades)
    width, height = page.get_size()
    return Drawn(width, height, tuple(_letters(page.get_textpage())), tuple(rules), tuple(shades))


def _letters(text: pdfium.PdfTextPage) -> Iterator[Letter]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    loose = c.FS_RECTF()
    spaced = False
    # Characters beyond the basic plane come as two; pdfium gives each half a place of its own.
    high = ""
    for index in range(c.FPDFText_CountChars(text)):
        code = c.FPDFText_GetUnicode(text, index)
        if code <= 32 or code == 160:
            # A line break that pdfium made up is no space: Korean words are broken anywhere.
            spaced = spaced or code in (32, 160, 9)
            continue
        if 0xD800 <= code < 0xDC00:
            high = chr(code)
            continue
        # A font may name a letter (u110000) that there is none of.
        letter = chr(code) if code <= sys.maxunicode else NO_LETTER
        character = (high + letter).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        high = ""
        c.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        c.FPDFText_GetLooseCharBox(text, index, loose)
        yield Letter(
            character,
            left.value,
            (loose.bottom + loose.top) / 2,
            right.value,
            abs(loose.top - loose.bottom),
            spaced,
        )
        spaced = False


def _read_path(item: Any, rules: list[Rule], shades: list[Box]) -> None:
    box = Box(*item.get_bounds())
    fill, stroke = ctypes.c_int(), c.FPDF_BOOL()
    c.FPDFPath_GetDrawMode(item, fill, stroke)
    wide, high = box.x1 - box.x0, box.y1 - box.y0
    if min(wide, high) <= THIN:
        if max(wide, high) >= SHORTEST and (stroke.value or fill.value):
            rules.append(_thin(box))
        return
    if fill.value and _shaded(item):
        shades.append(box)
    if stroke.value:
        rules.extend(_strokes(item))


def _thin(box: Box) -> Rule:
    if box.x1 - box.x0 >= box.y1 - box.y0:
        return Rule(True, (box.y0 + box.y1) / 2, box.x0, box.x1)
    return Rule(False, (box.x0 + box.x1) / 2, box.y0, box.y1)


def _shaded(item: Any) -> bool:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not c.FPDFPageObj_GetFillColor(item, red, green, blue, alpha):
        return True  # a pattern
    return bool(alpha.value) and min(red.value, green.value, blue.value) < 255 * NEARLY_WHITE


def _strokes(item: Any) -> Iterator[Rule]:
    """The straight horizontal and vertical parts of a stroked path."""
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(c.FPDFPath_CountSegments(item)):
        segment = c.FPDFPath_GetPathSegment(item, index)
        c.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = c.FPDFPathSegment_GetType(segment)
        if kind == c.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == c.FPDF_SEGMENT_LINETO:
            yield from _straight(last, point)
        last = point
        if c.FPDFPathSegment_GetClose(segment):
            yield from _straight(last, start)
            last = start


def _straight(a: tuple[float, float], b: tuple[float, float]) -> Iterator[Rule]:
    box = Box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
    if min(box.x1 - box.x0, box.y1 - box.y0) <= 1 and max(box.x1 - box.x0, box.y1 - box.y0) >= SHORTEST:
        yield _thin(box)
