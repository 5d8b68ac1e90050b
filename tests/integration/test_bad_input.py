"""What goes wrong is said in one paragraph that names the place and the mend, and the store keeps what it held."""

from __future__ import annotations

import contextlib
import json
import socket
import stat
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psycopg
import pytest
from command_line import CommandLine, notices_cited, read_csv, small_store, write_csv, write_lines
from psycopg import sql

from assistant.adapters.postgres.server import Postgres, open_postgres
from assistant.settings import Settings

PARKS = "금천구에서 걷기 좋은 공원 있는 아파트 알려줘"
HOUSING = "corpus/housing"
# Which files were read when, and how often anything was written: where the same records are read from other files, this
# is all that changes.
LEDGER = {"ingest_run", "source_file", "document_source", "corpus_revision"}


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.getbasetemp() / "small-store"


@pytest.fixture(scope="module")
def running(base: Path) -> Iterator[Postgres]:
    """The store's Postgres, held up so that the commands below need not start it each time."""
    with open_postgres(Settings(home=small_store(base).home)) as postgres:
        yield postgres


@pytest.fixture
def budongi(base: Path, running: Postgres) -> Iterator[CommandLine]:
    """The command line on the small store; when a test is done, the store must hold what it held before."""
    before = content(running)
    assert before["document"][0] > 0
    yield small_store(base)
    assert content(running) == before


def content(postgres: Postgres) -> dict[str, Any]:
    """Per table but for the ledger's, how many rows it has and a digest of all of them."""
    query = "SELECT count(*), md5(string_agg(t::text, '' ORDER BY t::text)) FROM {} t"
    with psycopg.connect(postgres.url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        held = {name for (name,) in tables} - LEDGER
        return {name: connection.execute(sql.SQL(query).format(sql.Identifier(name))).fetchone() for name in held}


def spoil(base: Path, target: Path, row: int, column: str, value: str) -> Path:
    """A copy of a table of the corpus, called ``target``, with one cell changed; row 0 follows the header."""
    header, *rows = read_csv(base / HOUSING / target.name)
    rows[row][header.index(column)] = value
    return write_csv(target, [header, *rows])


@pytest.mark.parametrize(
    ("table", "column", "value", "mend"),
    [
        ("notices.csv", "모집공고일", "2025-13-40", "date"),
        ("notices.csv", "입주예정월", "내년 봄", "2028-12"),
        ("notices.csv", "공급규모", "많음", "whole number"),
        ("notices.csv", "주택관리번호", "", "empty"),
        ("house_types.csv", "공급금액_분양최고금액", "약 9억", "whole number"),
        ("house_types.csv", "주택공급면적", "-12", "number"),
        ("coordinates.csv", "위도", "126.9", "Korea"),
        ("winning_scores.csv", "최저당첨가점", "높음", "number"),
    ],
)
def test_a_broken_cell_names_line_column_and_value(
    budongi: CommandLine, base: Path, tmp_path: Path, table: str, column: str, value: str, mend: str
) -> None:
    broken = spoil(base, tmp_path / table, 2, column, value)
    done = budongi("ingest", broken, *(path for path in (base / HOUSING).iterdir() if path.name != table))
    assert done.code == 1
    assert f"{broken}, line 4: " in done.paragraph
    assert column in done.paragraph
    assert repr(value) in done.paragraph
    assert mend in done.paragraph
    assert "Nothing was stored." in done.stderr


def test_unknown_headers_are_shown_with_what_is_missing(budongi: CommandLine, base: Path, tmp_path: Path) -> None:
    header, *rows = read_csv(base / HOUSING / "coordinates.csv")
    renamed = write_csv(tmp_path / "places.csv", [["번호" if name == "위도" else name for name in header], *rows])
    done = budongi("ingest", renamed)
    assert done.code == 1
    assert f"{renamed}, line 1: " in done.paragraph
    for word in ("번호", "정밀도", "lacks here: 위도", "Add the missing columns"):
        assert word in done.paragraph


def test_a_quotation_mark_that_is_never_closed(budongi: CommandLine, base: Path, tmp_path: Path) -> None:
    text = (base / HOUSING / "coordinates.csv").read_text(encoding="utf-8")
    broken = tmp_path / "coordinates.csv"
    broken.write_text(text.replace("\n", '\n"', 1), encoding="utf-8")
    done = budongi("ingest", broken, base / HOUSING / "notices.csv")
    assert done.code == 1
    assert f"{broken}, line 2" in done.paragraph
    assert "quotation mark" in done.paragraph


def test_a_notice_that_stands_twice(budongi: CommandLine, base: Path, tmp_path: Path) -> None:
    header, *rows = read_csv(base / HOUSING / "notices.csv")
    twice = write_csv(tmp_path / "notices.csv", [header, *rows, rows[0]])
    done = budongi("ingest", twice)
    assert done.code == 1
    assert f"{twice}, line {len(rows) + 2}: " in done.paragraph
    assert rows[0][0] in done.paragraph
    assert "line 2" in done.paragraph


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"doc_id": "d", "text": ', "not JSON"),
        ('{"doc_id": "d", "text": ""}', "text"),
        ('{"doc_id": "d", "text": ["a"]}', "text"),
        ('{"doc_id": "good", "text": "other"}', "good"),
        ("[1]", "list"),
    ],
)
def test_a_broken_json_line(budongi: CommandLine, tmp_path: Path, line: str, problem: str) -> None:
    broken = write_lines(tmp_path / "documents.jsonl", [{"doc_id": "good", "text": "글입니다."}])
    with broken.open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    done = budongi("ingest", broken)
    assert done.code == 1
    assert f"{broken}, line 2: " in done.paragraph
    assert problem in done.paragraph


def test_several_problems_are_told_at_once(budongi: CommandLine, base: Path, tmp_path: Path) -> None:
    date = spoil(base, tmp_path / "notices.csv", 0, "모집공고일", "어제")
    price = spoil(base, tmp_path / "house_types.csv", 5, "공급금액_분양최고금액", "9억")
    done = budongi("ingest", date, price)
    assert done.code == 1
    assert f"error: {date}, line 2: " in done.stderr
    assert f"error: {price}, line 7: " in done.stderr
    assert "Traceback" not in done.printed


def test_cp949_is_read_as_it_is_meant(budongi: CommandLine, base: Path, tmp_path: Path) -> None:
    """As the public data comes from a Korean spreadsheet: the same documents, so nothing changes in the store."""
    for path in (base / HOUSING).iterdir():
        write_csv(tmp_path / path.name, read_csv(path), encoding="cp949")
    assert "주택명".encode("cp949") in (tmp_path / "notices.csv").read_bytes()
    rows = read_csv(base / HOUSING / "notices.csv")[1:]
    done = budongi("ingest", tmp_path, base / "corpus/context", base / "corpus/glossary")
    assert done.code == 0, done.printed
    assert f"Stored: 0 added, 0 changed, {len(rows)} unchanged" in done.stdout


def test_a_postgres_that_is_down(budongi: CommandLine, base: Path) -> None:
    url = f"postgresql://someone:s3cret@127.0.0.1:{closed_port()}/budongi"
    for arguments in (("ask", PARKS), ("search", PARKS), ("ingest", base / "corpus"), ("ingest", "status")):
        done = budongi(*arguments, BUDONGI_DATABASE_URL=url)
        assert done.code == 1
        for word in ("BUDONGI_DATABASE_URL", "127.0.0.1", "Connection refused", "unset BUDONGI_DATABASE_URL"):
            assert word in done.paragraph
        assert "s3cret" not in done.printed
    examined = budongi("doctor", BUDONGI_DATABASE_URL=url)
    assert examined.code == 1
    assert "FAIL  Postgres: The Postgres of BUDONGI_DATABASE_URL (host 127.0.0.1" in examined.stdout


def test_a_url_that_is_none(budongi: CommandLine) -> None:
    done = budongi("ask", PARKS, BUDONGI_DATABASE_URL="somewhere")
    assert done.code == 2
    assert "BUDONGI_DATABASE_URL is not a Postgres URL. Write it as postgresql://" in done.paragraph


@contextlib.contextmanager
def refusing_server() -> Iterator[str]:
    """The address of a compatible server that takes no key."""

    class Refuse(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.rfile.read(int(self.headers.get("content-length", 0)))
            body = b'{"error": {"message": "Incorrect API key provided", "code": "invalid_api_key"}}'
            self.send_response(401)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Refuse)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextlib.contextmanager
def nobody() -> Iterator[str]:
    yield f"http://127.0.0.1:{closed_port()}/v1"


def closed_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.mark.parametrize(
    ("server", "code", "named"),
    [
        (refusing_server, 1, ("refused the API key", "OPENAI_API_KEY")),  # a setting is to blame
        (nobody, 0, ("cannot be reached", "OPENAI_BASE_URL")),  # it may be back in a moment
    ],
    ids=["wrong key", "nobody there"],
)
def test_a_hosted_model_that_fails_leaves_an_answer_from_the_documents(
    budongi: CommandLine,
    server: Callable[[], contextlib.AbstractContextManager[str]],
    code: int,
    named: tuple[str, str],
) -> None:
    with server() as address:
        settings = {
            "BUDONGI_CHAT_MODEL": "openai:some-model",
            "OPENAI_BASE_URL": address,
            "OPENAI_API_KEY": "sk-wr0ng-key",
            "NO_PROXY": "127.0.0.1",
        }
        asked = budongi("ask", PARKS, "--json", **settings)
        examined = budongi("doctor", **settings)
    answer = json.loads(asked.stdout)
    assert asked.code == code
    assert named[0] in asked.paragraph
    assert named[1] in asked.paragraph
    assert (answer["degraded"], answer["abstained"]) == (True, False)
    assert notices_cited(answer) == {"2022000364", "2024000546"}
    assert answer["model"] == "openai:some-model"
    assert answer["usage"] == {"input_tokens": 0, "output_tokens": 0}
    assert examined.code == 1
    (finding,) = [line for line in examined.stdout.split("\n") if line.startswith("FAIL")]
    assert finding.startswith("FAIL  chat model: ")
    assert named[0] in finding
    assert named[1] in examined.stdout.partition(finding)[2]
    assert "sk-wr0ng-key" not in asked.printed + examined.printed
    assert "Traceback" not in asked.printed + examined.printed


@pytest.mark.parametrize(
    ("content", "problem"), [(b"\x00garbage" * 500, "not a GGUF file"), (b"", "GGUF"), (None, "does not exist")]
)
def test_a_wrong_model_file(budongi: CommandLine, tmp_path: Path, content: bytes | None, problem: str) -> None:
    file = tmp_path / "model.gguf"
    if content is not None:
        file.write_bytes(content)
    done = budongi("ask", PARKS, BUDONGI_CHAT_MODEL=f"local:{file}")
    assert done.code == 1
    assert str(file) in done.paragraph
    assert problem in done.paragraph
    assert "local:/path/to/model.gguf" in done.paragraph
    examined = budongi("doctor", BUDONGI_CHAT_MODEL=f"local:{file}")
    assert examined.code == 1
    assert f"FAIL  chat model: The chat model file {file}" in examined.stdout


@pytest.mark.parametrize(
    ("setting", "value", "mend"),
    [
        (
            "BUDONGI_CHAT_MODEL",
            "gpt-4o",
            "local, local:/path/to/model.gguf, openai:NAME, azure:DEPLOYMENT, cassette:FILE or none",
        ),
        ("BUDONGI_CHAT_MODEL", "openai:", "openai:NAME"),
        ("BUDONGI_CHAT_MODEL", "openai:gpt-4o-mini", "OPENAI_API_KEY is not set"),
        ("BUDONGI_CHAT_MODEL", "azure:mini", "AZURE_OPENAI_ENDPOINT and AZURE_OPENAI_API_KEY"),
        ("BUDONGI_EMBEDDING_MODEL", "word2vec", "local or openai:NAME"),
        ("BUDONGI_TURN_TIMEOUT", "abc", "a number of seconds"),
        ("BUDONGI_TURN_TIMEOUT", "-1", "above 0"),
    ],
)
def test_a_setting_that_cannot_be_used(budongi: CommandLine, setting: str, value: str, mend: str) -> None:
    done = budongi("ask", PARKS, **{setting: value})
    assert done.code == 2
    assert done.stdout == ""
    assert setting in done.paragraph
    assert value in done.paragraph
    assert mend in done.paragraph
    examined = budongi("doctor", **{setting: value})
    assert examined.code == 1
    assert "FAIL" in examined.stdout
    assert mend in examined.stdout
    assert "Traceback" not in examined.printed


def test_doctor_tells_what_the_server_would_refuse(budongi: CommandLine, tmp_path: Path) -> None:
    gone = tmp_path / "users"
    wrong = {"BUDONGI_API_KEYS": "shop:short", "BUDONGI_AUTH_USERS": str(gone), "BUDONGI_PROMPTS": str(tmp_path)}
    examined = budongi("doctor", **wrong)
    assert examined.code == 1
    for words in ("FAIL  BUDONGI_API_KEYS", "FAIL  BUDONGI_AUTH_USERS", "FAIL  prompts", "Make one with", str(gone)):
        assert words in examined.stdout


@pytest.mark.parametrize("setting", ["BUDONGI_PROMPTS", "BUDONGI_DATABASE_URL", "BUDONGI_HOME"])
def test_a_setting_that_names_no_place_is_wrong_usage(setting: str, tmp_path: Path) -> None:
    no_folder = tmp_path / "file"
    no_folder.write_text("", encoding="utf-8")
    value = "postgres:what" if setting == "BUDONGI_DATABASE_URL" else str(no_folder)
    done = CommandLine(tmp_path / "home")("ask", PARKS, **{setting: value})
    assert done.code == 2, done.printed
    assert setting in done.paragraph


def test_a_new_store_cannot_be_embedded_without_a_key_and_a_full_one_has_its_model(
    budongi: CommandLine, tmp_path: Path
) -> None:
    named = {"BUDONGI_EMBEDDING_MODEL": "openai:text-embedding-3-small"}
    faqs = write_lines(tmp_path / "faq.jsonl", [{"id": "1", "question": "무료인가요?", "answer": "네, 무료입니다."}])
    refused = CommandLine(tmp_path / "home")("ingest", faqs, **named)
    assert refused.code == 2
    for words in (*named, *named.values(), "OPENAI_API_KEY is not set"):
        assert words in refused.paragraph
    assert budongi("search", PARKS, **named).code == 0
    examined = budongi("doctor", **named)
    assert examined.code == 0
    assert "which a new store would be embedded with" in examined.stdout


def test_a_home_that_is_a_file(tmp_path: Path, base: Path) -> None:
    file = tmp_path / "home"
    file.write_text("not a folder")
    for arguments in (("ask", PARKS), ("ingest", base / "corpus/faq")):
        done = CommandLine(file)(*arguments)
        assert done.code == 2
        assert str(file) in done.paragraph
        assert "BUDONGI_HOME" in done.paragraph
    assert file.read_text() == "not a folder"


def test_a_home_that_cannot_be_written(tmp_path: Path, base: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    locked.chmod(stat.S_IRUSR | stat.S_IXUSR)
    with contextlib.suppress(PermissionError):
        (locked / "probe").touch()
        pytest.skip("this user may write everywhere")
    done = CommandLine(locked / "home")("ingest", base / "corpus/faq")
    assert done.code == 1
    assert "BUDONGI_HOME" in done.paragraph


@pytest.mark.parametrize(
    ("command", "row", "said"),
    [
        ("ask", {"question": "1" * 2001}, '"question": this has 2,001 characters, and may have 2,000'),
        (
            "ask",
            {"question": "가", "history": [{"role": "user", "content": "1" * 2001}]},
            '"history.0.content": this has 2,001 characters, and may have 2,000',
        ),
        ("assist", {"message": "1" * 8001}, "this has 8,001 characters, and may have 8,000"),
    ],
)
def test_what_is_too_long_to_read(
    budongi: CommandLine, tmp_path: Path, command: str, row: dict[str, Any], said: str
) -> None:
    file = write_lines(tmp_path / "asked.jsonl", [{"id": "1", **row}])
    done = budongi(command, "--batch", file)
    assert done.code == 2
    assert f"{file}, line 1: " in done.printed
    assert said in done.printed
