"""Files as people bring them, through the commands: what is read of them, what is told, and what is then found."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from bad_files import lettered, pdf
from command_line import CommandLine, Outcome, write_corpus
from fpdf import FPDF
from shipped import PROMPTS

from assistant.adapters.postgres.server import open_postgres
from assistant.settings import Settings
from ingest.sources import read
from ingest.sources.faq import id_of

TYPES = ("Type 59 price 51,200 won", "Type 74 price 64,300 won", "Type 84 price 72,900 won")
HEAD = "Harbour Court 2031"


FINE = "Dogs ride without charge on the harbour ferry."
NO_SUCH_LETTER = "/Encoding<</Differences[90/u110000]>>"


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
    (folder / "tickets.pdf").write_bytes(lettered("A ticket <costs 700 won Z a ride.>", FINE, font=NO_SUCH_LETTER))
    return budongi("ingest", folder)


def told(outcome: Outcome, file: str) -> list[str]:
    """What was said to be left out of a file."""
    lines = (line.partition(f"{file}: ") for line in outcome.stdout.splitlines() if line.startswith("skipped:"))
    return [reason for _, found, reason in lines if found]


def test_figures_of_pages_that_begin_alike_are_answered(budongi: CommandLine, brought: Outcome) -> None:
    assert brought.code == 0, brought.printed
    (answer,) = budongi("ask", "What is the price of type 74 of prices.pdf?", "--json").rows()
    assert "64,300" in answer["answer"], answer
    (found,) = budongi("search", "total households", "--json").rows()
    assert any("Total households 84" in result["text"] for result in found["results"])
    assert any("Parking spaces 112" in result["text"] for result in found["results"])


def test_what_pages_repeat_is_told_and_read_once(budongi: CommandLine, brought: Outcome) -> None:
    assert told(brought, "headed.pdf") == [
        "page numbers of 3 pages",
        f"running head “{HEAD}” at the top of 3 pages (read once)",
    ]
    (found,) = budongi("search", HEAD, "--json", "--limit", "10").rows()
    assert sum(HEAD in result["text"] for result in found["results"]) == 1


def test_a_bad_letter_costs_that_letter(budongi: CommandLine, brought: Outcome) -> None:
    assert "error:" not in brought.printed
    assert told(brought, "tickets.pdf") == ["letters on page 1 that its fonts do not name, shown as \ufffd"]
    texts = {
        result["text"]
        for row in budongi("search", "harbour ferry ticket", "--json").rows()
        for result in row["results"]
    }
    assert any("A ticket costs 700 won \ufffd a ride." in text for text in texts)
    assert any(FINE in text for text in texts)


def table(letter: str) -> dict[str, str]:
    return {"font": "/ToUnicode 5 0 R", "glyphs": f"1 beginbfchar <5A> <{letter}> endbfchar"}


@pytest.mark.parametrize("letter", ["D83D", "DE00", "0000", "FFFE", "FFFFFFFF", "DBFFDFFFDFFF", "D8", "zz"])
def test_a_font_with_a_letter_that_is_none_loses_no_word(tmp_path: Path, letter: str) -> None:
    (tmp_path / "a.pdf").write_bytes(lettered("A ticket costs 700 won <Z> a ride.", FINE, **table(letter)))
    sources = read(PROMPTS, [tmp_path / "a.pdf"])
    assert sources.errors == ()
    (document,) = sources.documents
    first, second = (block.text for block in document.record.blocks)
    assert first.startswith("A ticket costs 700 won")
    assert first.endswith("a ride.")
    assert second == FINE
    assert not set(first) & {"\0", "\ufffe", "\uffff"}


def test_what_is_lost_of_a_file_is_one_page_and_named(tmp_path: Path) -> None:
    icons = lettered("<" + "Z" * 40 + ">", FINE, **table("E000"))
    (tmp_path / "icons.pdf").write_bytes(icons)
    (tmp_path / "hole.pdf").write_bytes(
        lettered(FINE, "gone", FINE, font="").replace(b"[6 0 R 8 0 R", b"[6 0 R 77 0 R")
    )
    done = CommandLine(tmp_path / "home")("ingest", "--dry-run", tmp_path / "icons.pdf", tmp_path / "hole.pdf")
    assert done.code == 0, done.printed
    assert told(done, "icons.pdf") == ["page 1, whose fonts do not say which letters they draw: Run OCR on the file."]
    assert told(done, "hole.pdf") == ["page 2, damaged: Print it to a new PDF and try that."]


def test_what_no_reader_foresaw_is_a_sentence_and_leaves_the_other_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.pdf").write_bytes(pdf())
    (tmp_path / "b.txt").write_text("The ferry leaves at nine.")
    broken = "import sys; sys.exit('ValueError: chr() arg not in range(0x110000)')"
    monkeypatch.setattr("ingest.sources.pdf.sys.executable", make_program(tmp_path / "python", broken))
    sources = read(PROMPTS, [tmp_path / "a.pdf", tmp_path / "b.txt"])
    assert [str(error).partition("a.pdf: ")[2] for error in sources.errors] == [
        "It cannot be read as PDF: the program that reads it gave up. Print it to a new PDF and try that."
    ]
    assert len(sources.documents) == 1


FAQ = "번호,질문,답변\n1,반품은 며칠 안에 하나요?,상품을 받은 날부터 9일 안에 반품할 수 있습니다.\n"
SECOND = "2,배송비는 얼마인가요?,한 상자에 4천원입니다.\n"
POSTS = "url,제목,설명,가격,지역\nhttps://market.example/p/7,접이식 자전거,두 번 탔습니다,3만원,금천구 독산동\n"
ARRAY = '[{"question": "포장은 무료인가요?", "answer": "선물 포장은 천원입니다."}]'


def test_exported_tables_are_asked_about_loaded_again_and_lose_a_row(budongi: CommandLine, tmp_path: Path) -> None:
    folder = tmp_path / "exported"
    folder.mkdir()
    (folder / "help.csv").write_bytes((FAQ + SECOND).encode("cp949"))
    (folder / "wrapping.json").write_text(ARRAY, encoding="utf-8")
    (folder / "posts.csv").write_text(POSTS.replace(",", ";"), encoding="utf-16")
    loaded = budongi("ingest", folder)
    assert loaded.code == 0, loaded.printed
    assert "Stored: 4 added" in loaded.stdout
    for question, told, source in (
        ("반품은 언제까지 할 수 있어요", "9일", "1"),
        ("포장 무료로 해 주나요", "천원", id_of("포장은 무료인가요?")),
        ("자전거 파는 글 있어?", "30,000원", "https://market.example/p/7"),
    ):
        (answer,) = budongi("ask", question, "--json").rows()
        assert told in answer["answer"], answer
        assert source in {citation["source_id"] for citation in answer["citations"]}, answer
    assert "Stored: 0 added, 0 changed, 4 unchanged" in budongi("ingest", folder).stdout
    (folder / "help.csv").write_bytes(FAQ.encode("cp949"))
    assert "Stored: 0 added, 0 changed, 3 unchanged, 1 removed" in budongi("ingest", folder).stdout


HANDBOOK = """# Lakeside Residents Handbook

## Parking

Parking at the complex costs 30,000 won a month for the first car.
"""
GUIDE = """# 은빛마을 안내서

## 발코니 확장

발코니 확장비는 84타입 1,250만원이며 계약할 때 10%를 냅니다.
"""


def test_what_a_document_tells_is_not_said_to_be_missing(budongi: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "handbook.md").write_text(HANDBOOK, encoding="utf-8")
    (tmp_path / "guide.md").write_text(GUIDE, encoding="utf-8")
    loaded = budongi("ingest", tmp_path / "handbook.md", tmp_path / "guide.md")
    assert loaded.code == 0, loaded.printed
    for question, fact, missing in (
        ("How much is parking in the Lakeside Residents Handbook?", "30,000", ""),
        ("How much are parking and the sauna in the Lakeside Residents Handbook?", "30,000", '"sauna"'),
        ("은빛마을 안내서에서 발코니 확장비가 얼마예요?", "1,250만원", ""),
        ("은빛마을 안내서에서 발코니 확장비와 관리비가 얼마예요?", "1,250만원", "‘관리비’"),
    ):
        (answer,) = budongi("ask", question, "--json").rows()
        assert fact in answer["answer"], answer
        remark = answer["answer"].rpartition("(")[2] if answer["answer"].endswith(")") else ""
        assert all(word not in remark for word in ("parking", "발코니")), answer
        assert missing in remark, answer


def test_posts_leave_the_names_that_notices_brought(tmp_path: Path) -> None:
    budongi = CommandLine(tmp_path / "home")
    (tmp_path / "posts.csv").write_text(POSTS, encoding="utf-8")
    for path in (write_corpus(tmp_path / "corpus"), tmp_path / "posts.csv"):
        loaded = budongi("ingest", path)
        assert loaded.code == 0, loaded.printed
    verified = budongi("ingest", "verify")
    assert verified.code == 0, verified.printed


def make_program(path: Path, code: str) -> str:
    path.write_text(f"#!{sys.executable}\n{code}\n")
    path.chmod(0o755)
    return str(path)
