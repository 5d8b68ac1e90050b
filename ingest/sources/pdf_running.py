"""Running heads and page numbers: what a document's pages repeat at their edges, and nothing else.

A running head is the same text, figures included, at the same place of most pages, or of most left or right ones. A
page number counts up with the pages. Neither has anything beyond it but others of them. A line of words and a page
number is both at the foot of a page; at the top, where headings are numbered too, only if it says how many pages there
are. Any other line stays, whatever it holds; and the text of a running head is to be read once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

from ingest.sources.pdf_text import Line

MARGIN = 0.1  # of the page's height: where running heads and page numbers stand
SAME_PLACE = 6.0  # points from the edge that the lines of two pages may differ by
BEYOND = 0.5  # of a line's height: a line so much nearer to the edge is beyond it
STEPS = (1, 2)  # numbers a page: two of them where it shows two pages side by side
# Fewer lines may agree by chance.
LEAST = 3
LEAST_FROM_ONE = 2  # of numbers that are the page's own
DIGITS = re.compile(r"\d+")
BARE = re.compile(r"[-–—\s]*#[-–—\s]*(?:/\s*#)?|#\s*(?:쪽|page)|(?:page|p\.)\s*#(?:\s*(?:/|of)\s*#)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Repeated:
    """What pages repeat. ``text``: as it stands on the first of its ``pages``, empty for page numbers alone."""

    text: str
    place: str  # "top" or "bottom"
    pages: tuple[int, ...]  # from 1


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page outside of its tables, and its height in points."""

    number: int
    height: float
    lines: Sequence[Line]


Member = tuple[PageLines, Line]


@dataclass(slots=True)
class _Margins:
    """Pages, and which of their lines were found to be repeated."""

    pages: Sequence[PageLines]
    found: dict[int, Repeated] = field(default_factory=dict)  # by id of the line

    def edges(self) -> Iterator[tuple[str, Member]]:
        for page in self.pages:
            for line in page.lines:
                if line.text and line.y >= (1 - MARGIN) * page.height:
                    yield "top", (page, line)
                elif line.text and line.y <= MARGIN * page.height:
                    yield "bottom", (page, line)

    def candidates(self, place: str, members: Sequence[Member]) -> list[Member]:
        """Those beyond which nothing stands but what repeats, as far from the edge as most of them do."""
        outer = [member for member in members if id(member[1]) not in self.found and self._outermost(place, *member)]
        if not outer:
            return []
        middle = _distance(place, outer)
        return [member for member in outer if abs(_distance(place, [member]) - middle) <= SAME_PLACE]

    def _outermost(self, place: str, page: PageLines, line: Line) -> bool:
        sign = 1 if place == "top" else -1
        beyond = (other for other in page.lines if sign * (other.y - line.y) > BEYOND * line.size)
        return all(not other.text or id(other) in self.found for other in beyond)

    def take(self, place: str, members: Sequence[Member], text: str) -> None:
        """Note that these lines repeat each other."""
        numbers = tuple(dict.fromkeys(page.number for page, _ in members))
        self.found |= {id(line): Repeated(text, place, numbers) for _, line in members}


def repeated(pages: Sequence[PageLines]) -> tuple[Callable[[Line], bool], list[Repeated]]:
    """Whether one of these very lines is repeated, and all that is."""
    margins = _Margins(pages)
    same: dict[tuple[str, str], list[Member]] = defaultdict(list)
    counted: dict[tuple[str, str], list[Member]] = defaultdict(list)
    for place, (page, line) in margins.edges():
        same[place, line.text].append((page, line))
        if DIGITS.search(line.text):
            counted[place, DIGITS.sub("#", line.text)].append((page, line))
    inwards = sorted(same.items(), key=lambda item: _distance(item[0][0], item[1]))
    for _ in range(2):  # a page number may stand beyond a running head, and the other way round
        for (place, text), members in inwards:
            members = margins.candidates(place, members)
            if _on_most(members, len(pages), LEAST_FROM_ONE):
                margins.take(place, members, text)
        for (place, template), members in counted.items():
            _read_counted(margins, place, template, members)
    return lambda line: id(line) in margins.found, _merged(dict.fromkeys(margins.found.values()))


def _read_counted(margins: _Margins, place: str, template: str, members: Sequence[Member]) -> None:
    """Of lines that are the same but for their figures, those of which one figure counts up with the pages."""
    total, bare = len(margins.pages), bool(BARE.fullmatch(template))
    runs: dict[tuple[int, int, int, tuple[int, ...]], list[Member]] = defaultdict(list)
    for page, line in members:
        figures = [int(figure) for figure in DIGITS.findall(line.text)]
        for slot, figure in enumerate(figures):
            others = tuple(figures[:slot] + figures[slot + 1 :])
            for step in STEPS:
                runs[step, figure - step * page.number, slot, others].append((page, line))
    for (step, offset, _, others), run in runs.items():
        if not (bare or place == "bottom" or total in others):
            continue
        run = margins.candidates(place, run)
        own = step == 1 and offset == 0
        says_so = total == 1 and own and bare and template != "#"  # - 1 -: of a single page no number counts up
        if (run and says_so) or _on_most(run, total, LEAST_FROM_ONE if own else LEAST):
            margins.take(place, run, "" if bare else run[0][1].text)


def _distance(place: str, members: Sequence[Member]) -> float:
    """Points from the edge, of most."""
    return median(page.height - line.y if place == "top" else line.y for page, line in members)


def _on_most(members: Sequence[Member], total: int, least: int) -> bool:
    """Whether they stand on most pages, or on most of the left or the right ones."""
    numbers = {page.number for page, _ in members}
    if len(numbers) < least:
        return False
    if 2 * len(numbers) > total:
        return True
    for side in (0, 1):
        own, of_side = {number for number in numbers if number % 2 == side}, (total + side) // 2
        if len(own) >= LEAST and 2 * len(own) > of_side:
            return True
    return False


def _merged(kinds: Iterable[Repeated]) -> list[Repeated]:
    """With all page numbers as one."""
    kinds = list(kinds)
    numbers = {number for kind in kinds if not kind.text for number in kind.pages}
    texts = [kind for kind in kinds if kind.text]
    return [*([Repeated("", "", tuple(sorted(numbers)))] if numbers else []), *texts]
