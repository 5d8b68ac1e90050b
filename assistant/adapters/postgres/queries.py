"""SQL statements, one per file under ``sql/``."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from psycopg.abc import Params
from psycopg.rows import dict_row

FOLDER = Path(__file__).parent / "sql"


@cache
def query(name: str) -> bytes:
    """The statement in ``sql/NAME.sql``, as psycopg takes it: bytes, into which nothing is ever formatted."""
    return (FOLDER / f"{name}.sql").read_bytes()


def rows(connection: psycopg.Connection, name: str, given: Params | None = None) -> list[tuple[Any, ...]]:
    """What the statement gives."""
    return connection.execute(query(name), given).fetchall()


def records(connection: psycopg.Connection, name: str, given: Params | None = None) -> list[dict[str, Any]]:
    """The same, each row by the names of its columns."""
    with connection.cursor(row_factory=dict_row) as cursor:
        return cursor.execute(query(name), given).fetchall()


def value(connection: psycopg.Connection, name: str, given: Params | None = None) -> Any:
    """The first column of the first row; None where there is no row."""
    row = connection.execute(query(name), given).fetchone()
    return row[0] if row else None
