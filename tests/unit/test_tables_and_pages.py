"""Tables become rows that stand alone, pages become paragraphs under headings, and both become chunks."""

from __future__ import annotations

from pathlib import Path

from ingest.block_chunks import block_chunks
from ingest.records import Block
from ingest.sources import html
from ingest.sources.headings import Outline
from ingest.sources.pdf_blocks import blocks
from ingest.sources.pdf_grid import tables
from ingest.sources.pdf_page import Drawn, Letter, Rule
from ingest.sources.pdf_running import Repeated
from ingest.sources.table_rows import GridCell, read_table


def cell(text: str, rows: tuple[int, int], columns: tuple[int, int], *, label: bool = False) -> GridCell:
    return GridCell(text, rows, columns, label)


PRICES = [
    cell("주택형", (0, 2), (0, 1), label=True),
    cell("공급금액", (0, 1), (1, 3), label=True),
    cell("대지비", (1, 2), (1, 2), label=True),
    cell("계", (1, 2), (2, 3), label=True),
    cell("77Q", (2, 4), (0, 1)),
    cell("100", (2, 3), (1, 2)),
    cell("300", (2, 3), (2, 3)),
    cell("110", (3, 4), (1, 2)),
    cell("310", (3, 4), (2, 3)),
]


def test_every_value_names_its_columns_and_merged_cells_are_filled_down() -> None:
    assert read_table(PRICES).rows == (
        "주택형 77Q, 공급금액 대지비 100, 공급금액 계 300",
        "주택형 77Q, 공급금액 대지비 110, 공급금액 계 310",
    )


def test_a_table_goes_on_without_its_header_and_its_merged_cell() -> None:
    rest = [
        cell("", (0, 1), (0, 1)),
        cell("120", (0, 1), (1, 2)),
        cell("320", (0, 1), (2, 3)),
        cell("88R", (1, 2), (0, 1)),
        cell("130", (1, 2), (1, 2)),
        cell("330", (1, 2), (2, 3)),
    ]
    assert read_table(rest, read_table(PRICES)).rows == (
        "주택형 77Q, 공급금액 대지비 120, 공급금액 계 320",
        "주택형 88R, 공급금액 대지비 130, 공급금액 계 330",
    )


def test_headers_are_known_without_shading_and_labels_beside_values_too() -> None:
    plain = [cell(text, (0, 1), (i, i + 1)) for i, text in enumerate(("타입", "보증금", "월세"))]
    plain += [cell(text, (1, 2), (i, i + 1)) for i, text in enumerate(("19Z", "43,520", "174,080"))]
    assert read_table(plain).rows == ("타입 19Z, 보증금 43,520, 월세 174,080",)
    pairs = [
        cell("위치", (0, 1), (0, 1), label=True),
        cell("가람로 3", (0, 1), (1, 2)),
        cell("규모", (1, 2), (0, 1), label=True),
        cell("70호", (1, 2), (1, 2)),
    ]
    assert read_table(pairs).rows == ("위치 가람로 3", "규모 70호")


def grid(x: list[float], y: list[float]) -> list[Rule]:
    return [Rule(True, at, x[0], x[-1]) for at in y] + [Rule(False, at, y[0], y[-1]) for at in x]


def test_lines_become_cells_and_a_missing_line_merges_two() -> None:
    (table,) = tables(grid([0, 50, 100], [0, 20, 40]))
    assert len(table.cells) == 4
    without = [rule for rule in grid([0, 50, 100], [0, 20, 40]) if rule.horizontal or rule.at != 50]
    without.append(Rule(False, 50, 0, 20))  # only the lower row is parted
    (table,) = tables(without)
    assert sorted((cell.rows, cell.columns) for cell in table.cells) == [
        ((0, 1), (0, 2)),
        ((1, 2), (0, 1)),
        ((1, 2), (1, 2)),
    ]
    assert tables(grid([0, 100], [0, 40])) == []  # a frame


def letters(text: str, x: float, y: float, size: float = 10) -> list[Letter]:
    found, spaced = [], False
    for position, character in enumerate(text):
        left = x + position * size / 2
        if character == " ":
            spaced = True
        else:
            found.append(Letter(character, left, y, left + size / 2, size, spaced))
            spaced = False
    return found


def test_a_page_keeps_headings_rows_and_numbers_and_drops_page_numbers() -> None:
    rules = grid([50, 150, 250], [600, 620, 640])
    drawn = (
        letters("다솜단지 공고", 50, 760, 24)
        + letters("■ 임대조건 (단위: 천원)", 50, 700)
        + letters("타입", 60, 630)
        + letters("보증금", 160, 630)
        + letters("19Z", 60, 610)
        + letters("43,520", 160, 610)
        + letters("보증금은 바뀔 수 있습니다.", 50, 500)
        + letters("- 1 -", 280, 20)
    )
    found, title, left_out = blocks([Drawn(600, 800, tuple(drawn), tuple(rules), ())])
    assert title == "다솜단지 공고"
    assert left_out == [Repeated("", "", (1,))]
    assert [block.text for block in found] == [
        "다솜단지 공고",
        "■ 임대조건 (단위: 천원)",
        "타입 19Z, 보증금 43,520",
        "보증금은 바뀔 수 있습니다.",
    ]
    row = found[2]
    assert (row.page, row.headings, row.is_row) == (1, ("다솜단지 공고", "■ 임대조건 (단위: 천원)"), True)
    *_, chunk = block_chunks(title, found)
    assert chunk.topic == "p1"
    assert chunk.text.startswith("다솜단지 공고 – 임대조건 (단위: 천원)\n타입 19Z")
    assert chunk.sentences[0].ko == "임대조건 (단위: 천원): 타입 19Z, 보증금 43,520"
    assert chunk.sentences[0].tags == ("page:1", "row")


def test_headings_of_laws_and_notices_nest_and_sentences_are_none() -> None:
    outline = Outline(10)
    for text in ("제3장 공급 방법", "제28조(일반공급) ① 사업주체는 다음에 따라 선정한다."):
        list(outline.read(5, text, 10))
    assert outline.path() == ("제3장 공급 방법", "제28조(일반공급)")
    list(outline.read(5, "■ 서류를 기한 안에 내야 합니다.", 10))
    assert outline.path() == ("제3장 공급 방법", "제28조(일반공급)")
    list(outline.read(6, "제4장 보칙", 10))
    assert outline.path() == ("제4장 보칙",)


def test_html_keeps_headings_and_tables_and_leaves_menus_out(tmp_path: Path) -> None:
    file = tmp_path / "안내.html"
    file.write_text(
        "<html><head><title>이사 안내</title><script>var x='비밀'</script></head><body><nav>메뉴</nav>"
        "<h1>요금</h1><p>요금은 <b>면적</b>에 따릅니다.</p><ul><li>현금<ul><li>할인 없음</li></ul></li></ul>"
        "<table><tr><th rowspan=2>면적</th><th colspan=2>요금</th></tr><tr><th>평일</th><th>주말</th></tr>"
        "<tr><td>33㎡</td><td>10만원</td><td>12만원</td></tr></table><div>문의는 <a>1588</a>로</div></body></html>",
        encoding="utf-8",
    )
    document = html.read(file, "안내.html")
    assert document.title == "이사 안내"
    assert [(block.headings, block.text) for block in document.blocks] == [
        (("요금",), "요금은 면적에 따릅니다."),
        (("요금",), "현금"),
        (("요금",), "할인 없음"),
        (("요금",), "면적 33㎡, 요금 평일 10만원, 요금 주말 12만원"),
        (("요금",), "문의는 1588로"),
    ]


def test_a_long_head_keeps_the_innermost_heading() -> None:
    (chunk,) = block_chunks("문서", [Block(1, ("가" * 100, "나" * 60), "글입니다.")])
    assert chunk.text.split("\n")[0] == "문서 – " + "나" * 60
