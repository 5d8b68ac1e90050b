"""What other programs may rely on: the forms that ``budongi search`` and ``ask`` read and write, and exit codes."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from command_line import FAQS, NOTICES, CommandLine, notices_cited, read_csv, read_lines, small_store, write_lines

from assistant.domain import Filters
from assistant.domain.lengths import MOST_QUESTION

SEARCH_KEYS = ["id", "question", "filters", "results"]
RESULT_KEYS = ["rank", "score", "source_id", "chunk_id", "entity_id", "name_ko", "text"]
ANSWER_TYPES: dict[str, type | tuple[type, ...]] = {
    "id": str,
    "question": str,
    "answer": str,
    "language": str,
    "domain": (str, type(None)),
    "stage": str,
    "abstained": bool,
    "degraded": bool,
    "filters": dict,
    "entities": list,
    "citations": list,
    "dropped": list,
    "state": dict,
    "next": (dict, type(None)),
    "prompt_version": str,
    "model": str,
    "timings_ms": dict,
    "usage": dict,
}
ENTITY_KEYS = ["id", "name_ko", "name_en"]
CITATION_KEYS = ["n", "source_id", "chunk_id", "entity_id", "quote"]
TIMINGS = ["understand", "embed", "search", "prompt", "first_token", "generate", "ground", "total"]
PARKS = "금천구에서 걷기 좋은 공원 있는 아파트 알려줘"
NAMED = "2023000480"  # the notice that questions below name


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.getbasetemp() / "small-store"


@pytest.fixture
def budongi(base: Path) -> CommandLine:
    return small_store(base)


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """A store of the forms that are not notices; each source_id is the file's own."""
    folder = tmp_path_factory.mktemp("others")
    data = folder / "data"
    data.mkdir()
    write_lines(data / "documents.jsonl", [DOCUMENT, {"doc_id": "manual-8", "text": "The lift is serviced in March."}])
    write_lines(data / "listings.jsonl", [LISTING])
    write_lines(data / "faq.jsonl", [FAQ])
    budongi = CommandLine(folder / "home")
    loaded = budongi("ingest", data)
    assert loaded.code == 0, loaded.printed
    assert "Stored: 4 added, 0 changed, 0 unchanged" in loaded.stdout
    return budongi


DOCUMENT = {"doc_id": "manual-7", "text": "입주자는 자전거 보관소를 무료로 쓸 수 있습니다.", "title": "생활 안내"}
LISTING = {
    "id": "L-31",
    "title": "원목 식탁 팝니다",
    "description": "네 명이 앉는 원목 식탁이고 의자도 드립니다.",
    "price": 70000,
    "location": "서울 금천구",
}
FAQ = {"id": "Q-5", "question": "관리사무소는 몇 시에 여나요?", "answer": "관리사무소는 아침 아홉 시에 엽니다."}


def notice(base: Path) -> dict[str, str]:
    header, *rows = read_csv(base / "corpus/housing/notices.csv")
    return next(dict(zip(header, row, strict=True)) for row in rows if row[0] == NAMED)


def batch_of(asked: Mapping[str, str], folder: Path) -> Path:
    """A batch of these questions by their ids: one start of the command for all."""
    return write_lines(folder / "in.jsonl", [{"id": id_, "question": text} for id_, text in asked.items()])


def check_answer(row: dict[str, Any]) -> None:
    """The form of one answer, whatever it says."""
    assert list(row) == list(ANSWER_TYPES)
    for key, kind in ANSWER_TYPES.items():
        assert isinstance(row[key], kind), key
    assert row["language"] in ("ko", "en")
    assert row["domain"] in ("housing", "faq", "listing", "document", None)
    assert row["stage"] in ("explore", "shortlist", "detail", "define", "howto")
    assert set(row["filters"]) <= {*Filters.__annotations__, "criteria", "sort"}
    assert list(row["timings_ms"]) == TIMINGS
    assert all(isinstance(value, float) and value >= 0 for value in row["timings_ms"].values())
    assert row["timings_ms"]["total"] > 0
    assert list(row["usage"]) == ["input_tokens", "output_tokens"]
    assert all(isinstance(value, int) for value in row["usage"].values())
    assert all(list(entity) == ENTITY_KEYS for entity in row["entities"])
    assert all(list(citation) == CITATION_KEYS for citation in row["citations"])
    assert all(list(dropped) == ["sentence", "reason"] for dropped in row["dropped"])
    assert row["next"] is None or list(row["next"]) == ["question", "replies"]
    cited = {int(number) for number in re.findall(r"\[(\d+)\]", row["answer"])}
    assert cited == {citation["n"] for citation in row["citations"]}
    if row["abstained"]:
        assert row["citations"] == []
        assert row["answer"]


def test_search_json(budongi: CommandLine) -> None:
    (row,) = budongi("search", PARKS, "--json", "--limit", "3").rows()
    assert list(row) == SEARCH_KEYS
    assert (row["id"], row["question"]) == ("", PARKS)
    assert row["filters"]["sigungus"] == ["금천구"]
    assert list(row["filters"]["criteria"]) == ["park"]
    assert 0 < len(row["results"]) <= 3
    for rank, result in enumerate(row["results"], start=1):
        assert list(result) == RESULT_KEYS
        assert result["rank"] == rank
        assert isinstance(result["score"], float)
        # The source's own key, 주택관리번호.
        assert result["source_id"] in NOTICES
        assert result["entity_id"] == f"housing:{result['source_id']}"
        assert result["chunk_id"].startswith(f"{result['entity_id']}#")
        assert result["name_ko"] in result["text"]


def test_search_for_a_person(budongi: CommandLine) -> None:
    done = budongi("search", PARKS, "--limit", "2")
    assert done.code == 0
    assert re.search(r"^ 1  \d\.\d{3}  .+  \(housing:\d+#", done.stdout, re.MULTILINE)


def test_ask_json(budongi: CommandLine) -> None:
    (row,) = budongi("ask", PARKS, "--json").rows()
    check_answer(row)
    assert (row["question"], row["language"], row["domain"], row["stage"]) == (PARKS, "ko", "housing", "explore")
    assert (row["abstained"], row["degraded"], row["model"]) == (False, False, "none")
    # Both notices of 금천구, and no other.
    assert {entity["id"] for entity in row["entities"]} == {"housing:2022000364", "housing:2024000546"}
    assert notices_cited(row) == {"2022000364", "2024000546"}
    assert all(citation["quote"] in row["answer"] for citation in row["citations"])


def test_ask_for_a_person(budongi: CommandLine, base: Path) -> None:
    done = budongi("ask", f"{notice(base)['주택명']} 총 몇 세대야?")
    assert done.code == 0
    households = f"{int(notice(base)['공급규모']):,}세대"
    answer, _, sources = done.stdout.partition("\n\n")
    assert households in answer
    assert "[1]" in answer
    assert re.search(rf"^\[1\] {NAMED}  .*{households}", sources, re.MULTILINE)


def test_ask_batch_keeps_ids_order_history_and_role(budongi: CommandLine, base: Path, tmp_path: Path) -> None:
    name = notice(base)["주택명"]
    asked = [
        {"id": "z-after", "question": "입주는 언제야?", "history": [{"role": "user", "content": f"{name} 알려줘"}]},
        {"id": "a-alone", "question": "입주는 언제야?", "history": []},
        {"id": "한글 이름", "question": PARKS, "role": "user"},
        {"id": "agent", "question": PARKS, "role": "agent"},
        {"id": "agent", "question": "Which apartments in Geumcheon-gu are near a park?"},
    ]
    out = tmp_path / "out.jsonl"
    done = budongi("ask", "--batch", write_lines(tmp_path / "in.jsonl", asked), "--out", out)
    assert (done.code, done.stdout) == (0, "")
    answers = read_lines(out)
    for row in answers:
        check_answer(row)
    assert [(row["id"], row["question"]) for row in answers] == [(item["id"], item["question"]) for item in asked]
    after, alone, user, agent, english = answers
    # The question alone names nothing; with its history it is about the complex named before.
    year, month = notice(base)["입주예정월"].split("-")
    assert [citation["source_id"] for citation in after["citations"]] == [NAMED]
    assert f"{year}년 {int(month)}월" in after["answer"]
    assert alone["abstained"]
    assert agent["prompt_version"] != user["prompt_version"]
    assert english["language"] == "en"
    assert {entity["id"] for entity in english["entities"]} == {"housing:2022000364", "housing:2024000546"}


def test_role_of_the_command_line_holds_where_a_line_gives_none(budongi: CommandLine, tmp_path: Path) -> None:
    given = write_lines(
        tmp_path / "in.jsonl", [{"id": "1", "question": PARKS}, {"id": "2", "question": PARKS, "role": "user"}]
    )
    agent, user = budongi("ask", "--role", "agent", "--batch", given).rows()
    assert agent["prompt_version"] != user["prompt_version"]


def test_search_batch(budongi: CommandLine, tmp_path: Path) -> None:
    asked = [{"id": 7, "question": "광명시 분양가"}, {"id": "b", "question": PARKS}]
    out = tmp_path / "out.jsonl"
    given = write_lines(tmp_path / "in.jsonl", asked)
    done = budongi("search", "--batch", given, "--out", out, "--limit", "1")
    assert (done.code, done.stdout) == (0, "")
    rows = read_lines(out)
    assert [(list(row), row["id"], len(row["results"])) for row in rows] == [
        (SEARCH_KEYS, "7", 1),
        (SEARCH_KEYS, "b", 1),
    ]
    # Without --out the same lines go to standard output.
    assert budongi("search", "--batch", given, "--limit", "1").rows() == rows


def test_source_id_is_the_key_of_the_source(others: CommandLine, tmp_path: Path) -> None:
    asked = {
        "manual-7": "자전거 보관소는 무료인가요?",
        "manual-8": "When is the lift serviced?",
        "L-31": "의자도 주는 원목 식탁",
        "Q-5": "관리사무소는 몇 시에 여나요?",
    }
    rows = others("search", "--batch", batch_of(asked, tmp_path)).rows()
    first = {row["id"]: row["results"][0] for row in rows}
    assert {id_: (found["source_id"], found["entity_id"]) for id_, found in first.items()} == {
        id_: (id_, "") for id_ in asked
    }


def test_documents_of_no_special_form_are_cited_by_doc_id(others: CommandLine) -> None:
    (row,) = others("ask", "자전거 보관소는 무료인가요?", "--json").rows()
    check_answer(row)
    assert [(item["source_id"], item["quote"]) for item in row["citations"]] == [("manual-7", DOCUMENT["text"])]


def held_by(budongi: CommandLine) -> list[str]:
    """What `ingest status` tells of a store, its age aside."""
    return [line for line in budongi("ingest", "status").stdout.splitlines() if "freshness" not in line]


def test_a_second_ingest_changes_nothing_and_a_correction_changes_one(others: CommandLine, tmp_path: Path) -> None:
    before = held_by(others)
    assert any(line.startswith("document: 2 documents") for line in before)
    same = write_lines(tmp_path / "elsewhere.jsonl", [DOCUMENT])
    assert "Stored: 0 added, 0 changed, 1 unchanged (0 passages" in others("ingest", same).stdout
    assert held_by(others) == before
    corrected = write_lines(tmp_path / "manual.jsonl", [{**DOCUMENT, "text": "자전거 보관소는 한 달에 천 원입니다."}])
    assert "Stored: 0 added, 1 changed, 0 unchanged" in others("ingest", corrected).stdout
    (row,) = others("search", "자전거 보관소", "--json", "--limit", "1").rows()
    assert "천 원" in row["results"][0]["text"]
    assert "Stored: 0 added, 1 changed, 0 unchanged" in others("ingest", same).stdout
    assert held_by(others) == before


def test_the_whole_corpus_twice_stores_it_once(budongi: CommandLine, base: Path) -> None:
    again = budongi("ingest", base / "corpus")
    assert again.code == 0
    entries = sum(len(read_lines(file)) for file in (base / "corpus/faq").iterdir())
    assert entries >= FAQS
    assert f"Stored: 0 added, 0 changed, {len(NOTICES) + entries} unchanged (0 passages" in again.stdout


ODD = {
    "empty": "",
    "blank": " \t\n",
    "emoji": "🏠🎉🙏",
    "punctuation": "()[]*+?.,;:!",
    "sql": "'; DROP TABLE document; --",
    "markup": "<script>alert(1)</script>",
    "NUL": "\0",
    "as long as may be": "a" * MOST_QUESTION,
    "as long in Korean": "뷁" * MOST_QUESTION,
}


def test_odd_questions_are_answered_by_saying_that_there_is_no_answer(budongi: CommandLine, tmp_path: Path) -> None:
    asked = [{"id": name, "question": text} for name, text in ODD.items()]
    before = held_by(budongi)
    rows = budongi("ask", "--batch", write_lines(tmp_path / "odd.jsonl", asked)).rows()
    assert [row["id"] for row in rows] == list(ODD)
    for row in rows:
        check_answer(row)
    assert [row["id"] for row in rows if not row["abstained"]] == []
    assert held_by(budongi) == before


def test_a_path_that_cannot_be_written_is_named(budongi: CommandLine, tmp_path: Path) -> None:
    out = tmp_path / "no such folder" / "ratings.jsonl"
    refused = budongi("feedback", "--out", out)
    assert refused.code == 2
    assert str(out) in refused.paragraph


def test_oddities_around_a_question_do_not_hide_it(budongi: CommandLine, tmp_path: Path) -> None:
    asked = [f"{PARKS} 🏞️", f"\0{PARKS}\0", f"{PARKS}'; DROP TABLE chunk; --", f"\u200b{PARKS}\u202e"]
    rows = budongi(
        "ask",
        "--batch",
        write_lines(tmp_path / "in.jsonl", [{"id": str(n), "question": text} for n, text in enumerate(asked)]),
    ).rows()
    for row in rows:
        check_answer(row)
        assert notices_cited(row) == {"2022000364", "2024000546"}, row["question"]


def test_homes_of_a_place_that_nothing_knows_are_not_those_of_anywhere(budongi: CommandLine, tmp_path: Path) -> None:
    asked = {
        "별빛지구": "별빛지구 공원 가까운 아파트",
        "청라": "청라 쪽 지하철역 가까운 아파트",
        "해든마을": "해든마을 공원 옆 아파트 추천",
        "가온누리역": "가온누리역에서 걸어서 10분 안쪽 아파트",
        "세종": "서울 살다가 세종시로 이사가는데 세종 아파트 추천해줘",
        "Saebyeol New Town": "I heard good things about Saebyeol New Town. Could you recommend homes there?",
        "Times Square": "apartments around Times Square near an elementary school",
        "Bluewater district": "homes near a park in Bluewater district",
    }
    answers = budongi("ask", "--batch", batch_of(asked, tmp_path)).rows()
    assert [answer["id"] for answer in answers] == list(asked)
    for answer in answers:
        assert answer["abstained"], answer["question"]
        assert not answer["citations"], answer["question"]
        assert answer["id"] in answer["answer"].split(".")[0], answer["question"]


def test_a_place_that_was_not_read_beside_one_that_was_is_said_before_the_homes(budongi: CommandLine) -> None:
    (answer,) = budongi("ask", "서울 검단 아파트", "--json").rows()
    first = answer["answer"].split("\n\n")[0]
    assert "‘검단’" in first
    assert "‘서울’" in first
    assert answer["citations"]


@pytest.mark.parametrize("text", ["", "🏠"])
def test_an_odd_question_on_the_command_line(budongi: CommandLine, text: str) -> None:
    done = budongi("ask", text)
    assert done.code == 0, done.printed
    assert done.stdout.strip()
    assert done.stderr == ""


@pytest.mark.parametrize("command", ["ask", "search"])
def test_an_empty_store_says_how_to_fill_it(command: str, tmp_path: Path) -> None:
    done = CommandLine(tmp_path / "home")(command, PARKS)
    assert done.code == 1
    assert "Nothing has been ingested yet" in done.paragraph
    assert "budongi ingest" in done.paragraph
    assert done.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ("ask",),
        ("search",),
        ("ask", PARKS, "--batch", "in.jsonl"),
        ("ask", PARKS, "--role", "boss"),
        ("search", PARKS, "--limit", "0"),
        ("ask", "--batch", "no-such-file.jsonl"),
        ("ask", PARKS, "--no-such-option"),
        ("no-such-command",),
        ("ingest",),
        ("ingest", "files", "--domain", "cars", "."),
        ("up", "--port", "0x50"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_2_and_starts_nothing(arguments: tuple[str, ...], tmp_path: Path) -> None:
    done = CommandLine(tmp_path / "home")(*arguments)
    assert done.code == 2, done.printed
    assert "Traceback" not in done.printed
    assert not (tmp_path / "home").exists()


BROKEN = [
    '{"id": "2", "question": "?"',
    '{"id": "2"}',
    '{"question": "?"}',
    '["2", "?"]',
    '{"id": "2", "question": "?", "history": "?"}',
    '{"id": "2", "question": "?", "history": [{"role": "user"}]}',
]


@pytest.mark.parametrize(("command", "line"), [("search", BROKEN[0]), *(("ask", line) for line in BROKEN)])
def test_a_broken_batch_line_is_named_before_anything_is_answered(command: str, line: str, tmp_path: Path) -> None:
    batch = tmp_path / "in.jsonl"
    batch.write_text(f'{{"id": "1", "question": "?"}}\n\n{line}\n', encoding="utf-8")
    done = CommandLine(tmp_path / "home")(command, "--batch", batch, "--out", tmp_path / "out.jsonl")
    assert done.code == 2
    assert f"{batch}, line 3: " in done.paragraph
    assert '{"id": "…", "question": "…"}' in done.paragraph
    assert not re.search(r"KeyError|indices|object has no|\('|Expecting", done.paragraph)
    assert not (tmp_path / "out.jsonl").exists()
    assert not (tmp_path / "home").exists()


def test_a_batch_line_of_no_known_role_is_named(budongi: CommandLine, tmp_path: Path) -> None:
    batch = tmp_path / "in.jsonl"
    batch.write_text('{"id": "1", "question": "공원", "role": "boss"}\n', encoding="utf-8")
    done = budongi("ask", "--batch", batch)
    assert done.code == 2
    assert "in.jsonl, line 1" in done.printed
    assert "boss" in done.printed


def test_half_a_surrogate_pair_is_answered_like_any_other_text(budongi: CommandLine, tmp_path: Path) -> None:
    batch, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    batch.write_text('{"id": "1", "question": "금천구 \\ud83c 공원"}\n', encoding="utf-8")
    assert budongi("ask", "--batch", batch, "--out", out).code == 0
    assert json.loads(out.read_text(encoding="utf-8"))["filters"]["sigungus"] == ["금천구"]


def test_an_out_file_that_cannot_be_written_is_told_before_the_work(budongi: CommandLine, tmp_path: Path) -> None:
    done = budongi("ask", "공원", "--json", "--out", tmp_path / "none" / "out.jsonl")
    assert done.code == 2
    assert "there is no folder" in done.printed


def test_doctor_shows_no_password(budongi: CommandLine) -> None:
    done = budongi("doctor", BUDONGI_DATABASE_URL="postgresql://u:s3cret@127.0.0.1:1/x")
    assert done.code == 1
    assert "s3cret" not in done.printed
