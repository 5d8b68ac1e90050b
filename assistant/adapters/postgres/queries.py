"""SQL statements, one per file under ``sql/``."""

from __future__ import annotations

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "sql"


@cache
def query(name: str) -> bytes:
    """The statement in ``sql/NAME.sql``, as psycopg takes it: bytes, into which nothing is ever formatted."""
    return (FOLDER / f"{name}.sql").read_bytes()
