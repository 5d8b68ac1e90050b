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
    assert [migration.number for migration in applied] == list(range(1, len(list(MIGRATIONS.glob("*.sql"))) + 1))
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
