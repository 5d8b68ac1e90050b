"""An ingest that is killed at any moment leaves whole documents, and the next one a store like a clean one."""

from __future__ import annotations

from pathlib import Path

from assistant.adapters.postgres.migrations import migrate
from eval.perf.kills import rounds

KILLS = 6  # python -m eval.perf.kills --count 200 is the same, for longer


def test_the_store_is_as_after_a_clean_ingest(database: str, other_database: str, tmp_path: Path) -> None:
    for url in (database, other_database):
        migrate(url)
    outcome = rounds(database, other_database, tmp_path / "data", KILLS, seed=3)
    assert outcome.kills == KILLS
    assert (outcome.partial, outcome.different) == (0, 0)
