"""Migrations are applied once, whole, by whoever comes first, and never to a database they do not fit."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from assistant.adapters.postgres.migrations import MIGRATIONS, migrate
from assistant.errors import StoreError


def tables(conninfo: str) -> set[str]:
    with psycopg.connect(conninfo) as connection:
        rows = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    return {row[0] for row in rows}


def recorded(conninfo: str) -> list[int]:
    with psycopg.connect(conninfo) as connection:
        return [row[0] for row in connection.execute("SELECT number FROM migration ORDER BY number").fetchall()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two small migrations."""
    (tmp_path / "0001_first.sql").write_text("CREATE TABLE first (id integer);")
    (tmp_path / "0002_second.sql").write_text("CREATE TABLE second (id integer); CREATE TABLE third (id integer);")
    return tmp_path


def test_the_schema_is_made_once(database: str) -> None:
    applied = migrate(database)
    numbered = range(1, len(list(MIGRATIONS.glob("*.sql"))) + 1)
    assert [migration.number for migration in applied] == [*numbered, 0]
    assert applied[-1].file == "repeatable/housing_matching.sql"
    assert {"document", "housing", "unit_type", "nearby", "chunk", "embedding", "posting"} <= tables(database)
    assert migrate(database) == []


def test_only_what_is_missing_is_applied(database: str, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    earlier = tmp_path_factory.mktemp("earlier")
    shutil.copy(folder / "0001_first.sql", earlier)
    migrate(database, earlier)
    assert [migration.name for migration in migrate(database, folder)] == ["second"]


def test_past_inquiries_keep_their_vectors(database: str, tmp_path: Path) -> None:
    for path in MIGRATIONS.glob("*.sql"):
        if path.name < "0021":
            shutil.copy(path, tmp_path)
    migrate(database, tmp_path)
    with psycopg.connect(database) as connection:
        connection.execute(
            "INSERT INTO inquiry (id, message, language, answer, model, vector, terms) "
            "VALUES ('I1', '수수료 얼마?', 'ko', '3,000원입니다.', 'm', '[1,2]', '{}')"
        )
    migrate(database)
    with psycopg.connect(database) as connection:
        assert connection.execute("SELECT inquiry_id, model, vector::text FROM inquiry_vector").fetchall() == [
            ("I1", "m", "[1,2]")
        ]


def test_processes_that_start_together_apply_each_file_once(database: str, folder: Path) -> None:
    with ThreadPoolExecutor(4) as threads:
        done = list(threads.map(lambda _: migrate(database, folder), range(4)))
    assert sum(len(applied) for applied in done) == 2  # the lock is taken anew for each: two may share the work
    assert recorded(database) == [1, 2]


def body(conninfo: str) -> str:
    with psycopg.connect(conninfo) as connection:
        row = connection.execute("SELECT prosrc FROM pg_proc WHERE proname = 'housing_matching'").fetchone()
    assert row is not None
    return str(row[0])


def test_a_store_of_before_the_repeatable_files_gets_them_once(database: str, tmp_path: Path) -> None:
    for path in MIGRATIONS.glob("*.sql"):
        if path.name < "0022":
            shutil.copy(path, tmp_path)
    migrate(database, tmp_path)
    with psycopg.connect(database) as connection:
        connection.execute(
            "CREATE OR REPLACE FUNCTION housing_matching(f jsonb) RETURNS SETOF text LANGUAGE sql AS 'SELECT NULL'"
        )
    with ThreadPoolExecutor(4) as threads:
        done = [applied.file for each in threads.map(lambda _: migrate(database), range(4)) for applied in each]
    assert "0022_place_kinds.sql" in done
    assert [file for file in done if "repeatable" in file] == ["repeatable/housing_matching.sql"]
    assert body(database) in (MIGRATIONS / "repeatable" / "housing_matching.sql").read_text()


def test_a_repeatable_file_is_applied_whenever_it_is_another(database: str, folder: Path) -> None:
    shutil.copy(MIGRATIONS / "0022_place_kinds.sql", folder / "0003_place_kinds.sql")
    with (folder / "0001_first.sql").open("a") as first:
        first.write("CREATE TABLE nearby (kind text, CONSTRAINT nearby_kind_check CHECK (kind <> ''));")
    (folder / "repeatable").mkdir()
    function = folder / "repeatable" / "housing_matching.sql"
    define = "CREATE OR REPLACE FUNCTION housing_matching(f jsonb) RETURNS SETOF text LANGUAGE sql AS $$%s$$"
    for said, names in (
        ("SELECT 'a'", ["first", "second", "place_kinds", "housing_matching"]),
        ("SELECT 'b'", ["housing_matching"]),
    ):
        function.write_text(define % said)
        assert [migration.name for migration in migrate(database, folder)] == names
        assert migrate(database, folder) == []
        assert body(database) == said
    function.write_text("SELECT no_such_function();")
    with pytest.raises(StoreError, match=r"repeatable/housing_matching\.sql failed and was undone"):
        migrate(database, folder)
    assert body(database) == "SELECT 'b'"


def test_a_failing_migration_leaves_nothing_of_itself(database: str, folder: Path) -> None:
    (folder / "0002_second.sql").write_text("CREATE TABLE second (id integer); SELECT no_such_function();")
    with pytest.raises(StoreError, match=r"0002_second\.sql failed and was undone"):
        migrate(database, folder)
    assert tables(database) == {"migration", "first"}
    assert recorded(database) == [1]
    (folder / "0002_second.sql").write_text("CREATE TABLE second (id integer);")
    migrate(database, folder)
    assert recorded(database) == [1, 2]


def test_a_changed_file_is_refused(database: str, folder: Path) -> None:
    migrate(database, folder)
    (folder / "0001_first.sql").write_text("CREATE TABLE first (id bigint);")
    with pytest.raises(StoreError, match=r"0001_first\.sql was changed after it was applied"):
        migrate(database, folder)


def test_a_newer_database_is_refused(database: str, folder: Path) -> None:
    migrate(database, folder)
    (folder / "0002_second.sql").unlink()
    with pytest.raises(StoreError, match=r"has migration 2 \(second\), and this budongi knows only 1"):
        migrate(database, folder)


def test_a_gap_in_the_numbers_is_refused(database: str, folder: Path) -> None:
    (folder / "0002_second.sql").rename(folder / "0003_second.sql")
    with pytest.raises(StoreError, match="numbered"):
        migrate(database, folder)


def test_a_user_without_rights_is_told_which(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS plain")
        connection.execute("CREATE ROLE plain")
        connection.execute("GRANT CREATE ON SCHEMA public TO plain")
    with pytest.raises(StoreError, match="CREATE EXTENSION vector"):
        migrate(f"{database} options='-c role=plain'")
    assert tables(database) == set()
