"""FAQ and marketplace files as people export them: other headers, other separators, arrays, entries without ids."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from shipped import PROMPTS

from ingest.records import FaqEntry
from ingest.sources import read
from ingest.sources.faq import id_of
from ingest.sources.tables import MAX_CELL

ANSWER = '받은 날부터 7일 안에,\n"새것"이면 됩니다.'
CELLS = '1,반품은 언제까지 되나요?,"받은 날부터 7일 안에,\n""새것""이면 됩니다.",배송\n'


def failure(path: Path, domain: str | None = None) -> str:
    sources = read(PROMPTS, [path], domain)
    assert not sources.faqs
    assert not sources.listings
    (error,) = sources.errors
    return str(error)


@pytest.mark.parametrize(
    "header", ["id,question,answer,category", "번호,질문,답변,분류", "ID, Question ,Answer,Category"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_an_faq_spreadsheet_is_read_as_people_save_it(
    tmp_path: Path, header: str, encoding: str, separator: str
) -> None:
    kept = CELLS.replace("안에,", "안에\0").replace(",", separator).replace("\0", ",")
    (tmp_path / "f.csv").write_bytes(f"{header.replace(',', separator)}\n{kept}".encode(encoding))
    (item,) = read(PROMPTS, [tmp_path / "f.csv"]).faqs
    assert item.record == FaqEntry("1", "반품은 언제까지 되나요?", ANSWER, "배송")
    assert item.line == 2


def test_blank_lines_before_the_headers_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("\n\nid;question;answer\n1;a?;b\n")
    assert [(item.record.faq_id, item.line) for item in read(PROMPTS, [tmp_path / "f.csv"]).faqs] == [("1", 4)]


@pytest.mark.parametrize("name", ["f.json", "f.jsonl", "f.txt"])
def test_objects_are_read_from_lines_and_from_an_array(tmp_path: Path, name: str) -> None:
    rows = [{"id": "1", "질문": "왜?", "답변": "그래서."}, {"id": "2", "question": "어떻게?", "answer": "이렇게."}]
    lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (tmp_path / name).write_text(lines, encoding="utf-8")
    assert [(item.record.question, item.line) for item in read(PROMPTS, [tmp_path / name]).faqs] == [
        ("왜?", 1),
        ("어떻게?", 2),
    ]
    if name == "f.txt":
        return
    (tmp_path / name).write_text("\n" + json.dumps(rows, indent=1), encoding="utf-8")
    assert [(item.record.question, item.line) for item in read(PROMPTS, [tmp_path / name]).faqs] == [
        ("왜?", 3),
        ("어떻게?", 8),
    ]
    (tmp_path / name).write_text(json.dumps(rows[0], indent=1), encoding="utf-8")
    assert [item.record.question for item in read(PROMPTS, [tmp_path / name]).faqs] == ["왜?"]
    documents = json.dumps([{"doc_id": "d", "text": "글"}])
    (tmp_path / name).write_text(documents, encoding="utf-8")
    assert [item.record.doc_id for item in read(PROMPTS, [tmp_path / name]).documents] == ["d"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[{"id": 1, "question": "a?", "answer": "b"},\n {"id": 2 "question": "c?"}]', "line 2: It is not JSON"),
        ('[{"id": 1, "question": "a?", "answer": "b"}', "line 1: It is not JSON (a comma or the closing bracket"),
        ('[{"id": 1, "question": "a?", "answer": "b"}] x', "stands after the closing bracket"),
        ('[{"id": 1, "question": "a?", "answer": "b"},\n7]', "line 2: It is a JSON number."),
        ("[]", "It is empty."),
    ],
)
def test_a_broken_array_is_told_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "f.json").write_text(text)
    assert told in failure(tmp_path / "f.json")


def test_an_entry_without_an_id_has_that_of_its_question(tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_text("질문,답변\n왜?,그래서.\n어떻게?,이렇게.\n")
    assert [item.record.faq_id for item in read(PROMPTS, [tmp_path / "f.csv"]).faqs] == [id_of("왜?"), id_of("어떻게?")]
    (tmp_path / "f.csv").write_text("질문,답변,url\n왜?,그래서.,https://a/1\n어떻게?,이렇게.,\n")
    assert [item.record.faq_id for item in read(PROMPTS, [tmp_path / "f.csv"]).faqs] == [
        "https://a/1",
        id_of("어떻게?"),
    ]
    (tmp_path / "f.csv").write_text("질문,답변\n왜?,그래서.\n왜? ,저래서.\n")
    assert "line 3: The question “왜?” stands already at line 2. Remove one of the two." in failure(tmp_path / "f.csv")


def test_a_post_is_known_by_its_address_where_it_has_no_id(tmp_path: Path) -> None:
    (tmp_path / "l.csv").write_text("url,title,description,price,location\nhttps://a/1,의자,,1000,독산동\n")
    (item,) = read(PROMPTS, [tmp_path / "l.csv"]).listings
    assert item.record.listing_id == "https://a/1"
    (tmp_path / "l.csv").write_text("title,description,price,location\n의자,,1000,독산동\n")
    assert "which lacks here: id (or 번호, 글번호, url, 링크)" in failure(tmp_path / "l.csv")


BOTH = "id,question,answer,title,description,price,location\n1,왜?,그래서.,의자,,1000,독산동\n"


def test_a_file_that_fits_two_domains_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text(BOTH)
    assert "It could be FAQ as well as listings. Say which with --domain faq or --domain listing" in failure(
        tmp_path / "b.csv"
    )
    assert not read(PROMPTS, [tmp_path / "b.csv"]).housing_left_out
    assert read(PROMPTS, [tmp_path / "b.csv"], "faq").faqs
    assert read(PROMPTS, [tmp_path / "b.csv"], "listing").listings


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("", "It has a header line and no rows."),
        ("1,왜?,\n", "line 2: Column 답변 holds '', which is not allowed to be missing or empty."),
        ('1,왜?,"그래서.\n2,어째서?,저래서.\n', "line 2: A quotation mark that opens here is never closed."),
        (f"1,왜?,{'가' * (MAX_CELL + 1)}\n", "a cell has more than 2,000,000 characters"),
    ],
)
def test_a_bad_faq_spreadsheet_is_told_and_leaves_notices_alone(tmp_path: Path, rows: str, told: str) -> None:
    (tmp_path / "f.csv").write_text(f"번호,질문,답변\n{rows}")
    assert told in failure(tmp_path / "f.csv")
    assert not read(PROMPTS, [tmp_path / "f.csv"]).housing_left_out


def test_long_answers_and_what_looks_like_a_formula_are_text(tmp_path: Path) -> None:
    long = "가나다 " * 75_000
    (tmp_path / "f.csv").write_text(f"번호,질문,답변\n1,왜?,{long}\n2,합은?,=SUM(A1:A2)\n3,번호는?,+82-2-000\n")
    assert [item.record.answer for item in read(PROMPTS, [tmp_path / "f.csv"]).faqs] == [
        long.strip(),
        "=SUM(A1:A2)",
        "+82-2-000",
    ]
