"""What the pages of a PDF repeat is left out and told; any other line stays, whatever figures it holds."""

from __future__ import annotations

import pytest

from ingest.sources.pdf_page import Letter
from ingest.sources.pdf_running import PageLines, repeated
from ingest.sources.pdf_text import Line, numbered, paragraph_text, paragraphs

HEIGHT = 800.0


def line(text: str, y: float, x: float = 50, size: float = 10) -> Line:
    letters, spaced = [], False
    for position, character in enumerate(text):
        if character != " ":
            left = x + position * size / 2
            letters.append(Letter(character, left, y, left + size / 2, size, spaced))
        spaced = character == " "
    return Line(tuple(letters))


def kept(*pages: list[tuple[float, str]]) -> tuple[list[list[str]], list[tuple[str, str, tuple[int, ...]]]]:
    """The lines that stay of pages of (y, text), and what is repeated."""
    made = [
        PageLines(number, HEIGHT, [line(text, y) for y, text in rows]) for number, rows in enumerate(pages, start=1)
    ]
    is_repeated, found = repeated(made)
    return (
        [[item.text for item in page.lines if not is_repeated(item)] for page in made],
        [(item.text, item.place, item.pages) for item in found],
    )


TYPES = ("Type 59 price 51,200 won", "Type 74 price 64,300 won", "Type 84 price 72,900 won")


def test_pages_that_begin_alike_but_for_their_figures_keep_them() -> None:
    pages = [[(760.0, text), (740.0, "Prices are top prices.")] for text in TYPES]
    assert kept(*pages) == ([[text, "Prices are top prices."] for text in TYPES], [])
    blocks = [[(760.0, f"Building {number}")] for number in (1, 2, 3, 4)]
    assert kept(*blocks) == ([["Building 1"], ["Building 2"], ["Building 3"], ["Building 4"]], [])


@pytest.mark.parametrize("y", [760.0, 400.0, 30.0])
def test_a_figure_alone_stays_wherever_it_stands(y: float) -> None:
    assert kept([(y + 15, "Total households"), (y, "84")])[0] == [["Total households", "84"]]
    pages = [[(y + 15, "Total households"), (y, figure)] for figure in ("84", "59", "112")]
    assert [page[-1] for page in kept(*pages)[0]] == ["84", "59", "112"]


@pytest.mark.parametrize(
    ("forms", "told"),
    [
        (("1", "2", "3"), ""),
        (("- 1 -", "- 2 -", "- 3 -"), ""),
        (("41", "42", "43"), ""),
        (("1 / 3", "2 / 3", "3 / 3"), ""),
        (("page 1 of 3", "page 2 of 3", "page 3 of 3"), ""),
        (("Gaon 1 office 02-555", "Gaon 2 office 02-555", "Gaon 3 office 02-555"), "Gaon 1 office 02-555"),
    ],
)
def test_a_page_number_counts_up_with_the_pages(forms: tuple[str, ...], told: str) -> None:
    pages = [[(760.0, TYPES[index]), (30.0, form)] for index, form in enumerate(forms)]
    place = "bottom" if told else ""
    assert kept(*pages) == ([[text] for text in TYPES], [(told, place, (1, 2, 3))])


def test_a_single_page_has_a_number_only_where_it_says_so() -> None:
    assert kept([(30.0, "- 1 -")])[0] == [[]]
    assert kept([(30.0, "1")])[0] == [["1"]]


def test_two_pages_side_by_side_count_by_two() -> None:
    pages = [[(400.0, "text"), (30.0, f"- {2 * n - 1} -"), (30.0, f"- {2 * n} -")] for n in (1, 2, 3, 4)]
    assert kept(*pages) == ([["text"]] * 4, [("", "", (1, 2, 3, 4))])


def test_a_running_head_is_the_same_text_of_most_pages_at_one_place() -> None:
    head = "Notice of 2031.02.03"
    pages = [[(780.0, head), (765.0, text), (30.0, str(n))] for n, text in enumerate(TYPES, start=1)]
    assert kept(*pages) == ([[text] for text in TYPES], [("", "", (1, 2, 3)), (head, "top", (1, 2, 3))])
    assert kept(*[[(780.0, head)], [(780.0, "a")], [(780.0, "b")], [(780.0, head)]])[1] == []
    assert kept(*[[(780.0, head)], [(740.0, head)]])[1] == []
    assert kept(*[[(785.0, text), (770.0, head)] for text in TYPES])[1] == []  # a line of its own is beyond


def test_left_and_right_pages_have_heads_of_their_own() -> None:
    pages = [[(30.0, str(n) if n % 2 else f"{n} Gaon notice")] for n in range(1, 9)]
    assert kept(*pages) == ([[]] * 8, [("", "", (1, 3, 5, 7)), ("2 Gaon notice", "bottom", (2, 4, 6, 8))])


def test_a_label_and_its_figure_below_are_one_text() -> None:
    lines = [line("Notice of Gaon Village, 2031", 530), line("Total households", 484), line("84", 468)]
    assert [paragraph_text(group, between_words=True) for group in paragraphs(lines)] == [
        "Notice of Gaon Village, 2031",
        "Total households 84",
    ]


def test_a_number_in_the_middle_of_two_lines_heads_them() -> None:
    lines = [line("1", 494, x=20), line("The households of the", 500), line("first rank apply.", 488)]
    assert [item.text for item in numbered(lines)] == ["1 The households of the", "first rank apply."]
