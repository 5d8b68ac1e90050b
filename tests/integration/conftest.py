"""One embedded Postgres for all integration tests, a fresh database for each that asks for one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from made_once import made_once
from psycopg import sql
from psycopg.conninfo import make_conninfo
from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.documents import Documents
from assistant.adapters.postgres.migrations import migrate
from assistant.adapters.postgres.pool import connection_pool
from assistant.adapters.postgres.server import Postgres, open_postgres
from assistant.settings import Settings
from ingest.cli import load_samples

_numbers = itertools.count()


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Postgres]:
    with open_postgres(Settings(home=tmp_path_factory.mktemp("home"))) as postgres:
        yield postgres


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample corpus, loaded as `budongi up` does. Tests only read it."""

    def load(home: Path) -> None:
        report = load_samples(Settings(home=home))
        assert report is not None
        assert report.passages == 0, "what is written of the samples changed: run `python -m ingest.packaged_vectors`"

    return made_once("samples", load, tmp_path_factory)


@pytest.fixture
def database(postgres: Postgres) -> Iterator[str]:
    """Conninfo of an empty database, dropped afterwards."""
    with _database(postgres) as conninfo:
        yield conninfo


@pytest.fixture
def other_database(postgres: Postgres) -> Iterator[str]:
    """Another one."""
    with _database(postgres) as conninfo:
        yield conninfo


@contextmanager
def _database(postgres: Postgres) -> Iterator[str]:
    name = f"test_{next(_numbers)}"
    with psycopg.connect(postgres.url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        yield make_conninfo(postgres.url, dbname=name)
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def pool(database: str) -> Iterator[ConnectionPool]:
    """Connections to a database with the current schema and nothing in it."""
    migrate(database)
    with connection_pool(database, max_size=4) as pool:
        yield pool


@pytest.fixture
def documents(pool: ConnectionPool) -> Documents:
    return Documents(pool)
