"""A bad file in a folder: it is named with its mend, the others are stored, its own documents stay as they were."""

from __future__ import annotations

import os
import re
import shutil
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from bad_files import ALONE, JOINED, BadFile, faqs, pdf
from click.testing import CliRunner
from command_line import NOTICES, read_csv, write_csv, write_lines
from psycopg import sql
from shipped import PROMPTS

from assistant.adapters.postgres.server import Postgres, open_postgres
from assistant.settings import Settings
from ingest.cli import ingest
from ingest.reading import SAMPLES, read_documents

ONE_NOTICE = min(NOTICES)


def write_folder(folder: Path, mark: str) -> Path:
    """One file of every form; ``mark`` stands in each text, so that two folders differ in every document."""
    housing = folder / "housing"
    housing.mkdir(parents=True)
    for source in (SAMPLES / "housing").glob("*.csv"):
        header, *rows = read_csv(source)
        write_csv(housing / source.name, [header, *(row for row in rows if row[0] == ONE_NOTICE)])
    text = (housing / "notices.csv").read_text()
    name = read_csv(housing / "notices.csv")[1][read_csv(housing / "notices.csv")[0].index("주택명")]
    (housing / "notices.csv").write_text(text.replace(name, f"{name} {mark}"))
    write_lines(folder / "faq.jsonl", [{"id": "F1", "question": f"{mark} 질문은?", "answer": f"{mark} 답입니다."}])
    write_lines(folder / "notes.jsonl", [{"doc_id": "N1", "text": f"{mark} 메모입니다."}])
    (folder / "guide.md").write_text(f"# 안내\n{mark} 안내문입니다.\n")
    (folder / "rules.txt").write_text(f"{mark} 규칙입니다.\n")
    listing = {"id": "L1", "title": f"{mark} 의자", "description": "", "price": "1000", "location": "금천구"}
    write_lines(folder / "posts.jsonl", [listing])
    return folder


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    """A store of its own, held up while the commands below use it."""
    home = tmp_path_factory.mktemp("bad-files")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUDONGI_HOME", str(home))
        patch.delenv("BUDONGI_DATABASE_URL", raising=False)
        with open_postgres(Settings(home=home)) as postgres:
            yield postgres


def stored(postgres: Postgres) -> dict[str, dict[str, Any]]:
    """Per document, a digest of its rows in every table that holds documents."""
    tables = {
        "document": "id",
        "housing": "document_id",
        "unit_type": "document_id",
        "nearby": "document_id",
        "chunk": "document_id",
        "embedding": "split_part(chunk_id, '#', 1)",
        "posting": "split_part(chunk_id, '#', 1)",
    }
    rows: dict[str, dict[str, Any]] = {}
    with psycopg.connect(postgres.url) as connection:
        for table, key in tables.items():
            # A centred vector moves with the mean of all others; the raw one is the document's own.
            row = "t.raw::text" if table == "embedding" else "t::text"
            query = sql.SQL(f"SELECT {key}, md5(string_agg({row}, '' ORDER BY {row})) FROM {table} t GROUP BY 1")
            for id_, digest in connection.execute(query):
                rows.setdefault(id_, {})[table] = digest
    return rows


DOCUMENTS = {
    "housing": f"housing:{ONE_NOTICE}",
    "faq.jsonl": "faq:F1",
    "notes.jsonl": "document:N1",
    "guide.md": "document:guide.md",
    "rules.txt": "document:rules.txt",
    "posts.jsonl": "listing:L1",
}


@pytest.mark.parametrize("bad", ["housing/house_types.csv", "faq.jsonl", "guide.md", "posts.jsonl"])
def test_only_the_documents_of_the_bad_file_stay_as_they_were(running: Postgres, tmp_path: Path, bad: str) -> None:
    first = CliRunner().invoke(ingest, [str(write_folder(tmp_path / "data", "처음"))])
    assert first.exit_code == 0, first.output
    before = stored(running)
    assert set(DOCUMENTS.values()) <= set(before)
    shutil.rmtree(tmp_path / "data")
    write_folder(tmp_path / "data", "나중")
    with (tmp_path / "data" / bad).open("ab") as file:
        file.write(b"\xed\x95\x00")
    done = CliRunner().invoke(ingest, [str(tmp_path / "data")])
    assert done.exit_code == 1
    assert f"error: {tmp_path / 'data' / bad}" in done.output
    after = stored(running)
    assert set(after) == set(before)
    kept = DOCUMENTS[bad.partition("/")[0]]
    changed = {id_ for id_ in before if after[id_] != before[id_]}
    assert changed == set(DOCUMENTS.values()) - {kept}
    assert ("all housing notices" in done.output) == bad.startswith("housing")


def paragraph(output: str, path: Path) -> str:
    found = re.findall(rf"^error: {re.escape(str(path))}[,:].*$", output, re.MULTILINE)
    assert len(found) == 1, (path, output[-3000:])
    return str(found[0])


@pytest.mark.parametrize("bad", [ALONE, JOINED], ids=["alone", "joined"])
def test_every_bad_file_is_named_with_its_mend_and_the_good_ones_are_stored(
    running: Postgres, tmp_path: Path, bad: tuple[BadFile, ...]
) -> None:
    mark = f"{len(bad)}번째"
    assert CliRunner().invoke(ingest, [str(write_folder(tmp_path / "first", f"{mark} 전"))]).exit_code == 0
    before = stored(running)
    folder = write_folder(tmp_path / "data", mark)
    (folder / os.fsdecode("공고.txt".encode("cp949"))).write_text("글입니다.", encoding="utf-8")
    for file in bad:
        file.write(folder / file.name)
    may_read_all = os.access(folder / "locked.txt", os.R_OK)
    done = CliRunner().invoke(ingest, [str(folder)])
    assert done.exit_code == 1, done.output
    assert done.exception is None or isinstance(done.exception, SystemExit)
    for file in bad:
        if file.name == "locked.txt" and may_read_all:
            continue  # this user may read everything
        told = paragraph(done.output, folder / file.name)
        assert file.says in told, told
        assert len(told) < 1_500, file.name
    assert "Its name is not UTF-8. Rename it." in done.output
    after = stored(running)
    good = set(DOCUMENTS.values()) - ({DOCUMENTS["housing"]} if bad is JOINED else set())
    assert {id_ for id_ in good if after.get(id_) == before.get(id_)} == set()
    if bad is JOINED:
        assert after.get(DOCUMENTS["housing"]) == before.get(DOCUMENTS["housing"])
        assert "all housing notices" in done.output


def test_what_looks_odd_and_is_good_is_read(tmp_path: Path) -> None:
    """A byte order mark, CP949, file names in NFD, an empty user password, and a link to a good file."""
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "bom.md").write_bytes("\ufeff# 표지\n글입니다.".encode())
    (folder / "cp949.txt").write_bytes("글입니다.".encode("cp949"))
    (folder / unicodedata.normalize("NFD", "공고문.md")).write_text("글입니다.")
    (folder / "link.md").symlink_to("bom.md")
    faqs({"version": 3, "tags": ["a"]})(folder / "more-keys.jsonl")
    (folder / "print-only.pdf").write_bytes(pdf(owner_password="owner"))
    documents, sources = read_documents(PROMPTS, [folder], progress=False)
    assert sources.errors == ()
    assert {document.id for document in documents} == {
        "document:bom.md",
        "document:cp949.txt",
        "document:공고문.md",
        "document:print-only.pdf",
        "faq:B1",
    }


def test_there_are_forty_cases() -> None:
    assert len({file.name for file in (*ALONE, *JOINED)}) == len(ALONE) + len(JOINED) >= 40
