"""The packaged migrations can be applied wherever an earlier version applied them: numbered in a row, never edited."""

from __future__ import annotations

import hashlib

from assistant.adapters.postgres.migrations import MIGRATIONS


def test_the_packaged_migrations_are_numbered_in_a_row() -> None:
    numbers = sorted(int(path.name.split("_")[0]) for path in MIGRATIONS.glob("*.sql"))
    assert numbers == list(range(1, len(numbers) + 1))


def test_no_shipped_migration_was_edited() -> None:
    lines = (MIGRATIONS / "SHA256SUMS").read_text().splitlines()
    shipped = {name: sha256 for sha256, name in (line.split() for line in lines)}
    now = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in MIGRATIONS.glob("*.sql")}
    edited = sorted(name for name, sha256 in shipped.items() if now.get(name) != sha256)
    assert not edited, f"put {edited} back as shipped, and the change into a new migration or into repeatable/"
    added = sorted(now.keys() - shipped.keys())
    assert not added, f"in {MIGRATIONS}, run: sha256sum {' '.join(added)} >> SHA256SUMS"
