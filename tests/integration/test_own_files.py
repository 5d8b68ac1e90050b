"""Files as people bring them, through the commands: what is read of them, what is told, and what is then found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from command_line import CommandLine, Outcome
from fpdf import FPDF

from assistant.adapters.postgres import open_postgres
from assistant.settings import Settings

TYPES = ("Type 59 price 51,200 won", "Type 74 price 64,300 won", "Type 84 price 72,900 won")
HEAD = "Harbour Court 2031"


class Notice(FPDF):
    """Pages with a running head and their numbers."""

    def header(self) -> None:
        self.set_font("helvetica", size=9)
        self.cell(0, 8, HEAD)
        self.ln(14)

    def footer(self) -> None:
        self.set_y(-15)
        self.cell(0, 8, f"- {self.page_no()} -", align="C")


def write_pdf(pdf: FPDF, path: Path, pages: Sequence[Sequence[str]]) -> Path:
    for lines in pages:
        pdf.add_page()
        pdf.set_font("helvetica", size=12)
        for text in lines:
            pdf.cell(0, 8, text)
            pdf.ln()
    pdf.output(str(path))
    return path


@pytest.fixture(scope="module")
def budongi(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CommandLine]:
    """With a store of its own, held up so that no command has to start it."""
    home = tmp_path_factory.mktemp("own-files")
    with open_postgres(Settings(home=home)):
        yield CommandLine(home)


@pytest.fixture(scope="module")
def brought(budongi: CommandLine, tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """What loading a folder of such files printed."""
    folder = tmp_path_factory.mktemp("brought")
    say = "All of it is decided by the council."
    write_pdf(FPDF(), folder / "prices.pdf", [[text, "These are the prices of Harbour Court."] for text in TYPES])
    write_pdf(Notice(), folder / "headed.pdf", [[text.replace("Type", "Suite"), say] for text in TYPES])
    write_pdf(FPDF(), folder / "households.pdf", [["Total households", "84", "Parking spaces", "112", say]])
    return budongi("ingest", folder)


def test_figures_of_pages_that_begin_alike_are_answered(budongi: CommandLine, brought: Outcome) -> None:
    assert brought.code == 0, brought.printed
    (answer,) = budongi("ask", "What is the price of type 74 of prices.pdf?", "--json").rows()
    assert "64,300" in answer["answer"], answer
    (found,) = budongi("search", "total households", "--json").rows()
    assert any("Total households 84" in result["text"] for result in found["results"])
    assert any("Parking spaces 112" in result["text"] for result in found["results"])


def test_what_pages_repeat_is_told_and_read_once(budongi: CommandLine, brought: Outcome) -> None:
    told = [line for line in brought.stdout.splitlines() if line.startswith("skipped:")]
    assert [line.partition("headed.pdf: ")[2] for line in told] == [
        "page numbers of 3 pages",
        f"running head “{HEAD}” at the top of 3 pages (read once)",
    ]
    (found,) = budongi("search", HEAD, "--json", "--limit", "10").rows()
    assert sum(HEAD in result["text"] for result in found["results"]) == 1
