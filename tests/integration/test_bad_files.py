"""A bad file in a folder: it is named with its mend, the others are stored, its own documents stay as they were."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner
from command_line import NOTICES, read_csv, write_csv, write_lines
from psycopg import sql

from assistant.adapters.postgres import Postgres, open_postgres
from assistant.settings import Settings
from ingest.cli import ingest
from ingest.reading import SAMPLES

ONE_NOTICE = min(NOTICES)
Spoil = Callable[[Path], object]


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
