"""The packaged migrations can be applied: two branches that each add one must not give it the same number."""

from __future__ import annotations

from assistant.adapters.postgres.migrations import MIGRATIONS


def test_the_packaged_migrations_are_numbered_in_a_row() -> None:
    numbers = sorted(int(path.name.split("_")[0]) for path in MIGRATIONS.glob("*.sql"))
    assert numbers == list(range(1, len(numbers) + 1))
