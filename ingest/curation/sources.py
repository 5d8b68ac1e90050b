"""Whether the files that were ingested are still what they were."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Literal

from ingest.coverage import location

FileState = Literal["same", "changed", "gone", "outdated"]


def file_state(row: Mapping[str, Any]) -> FileState:
    """Of a source file as the ledger knows it (path, size, sha256, confirmed_at, outdated).

    ``gone``: not on this computer, perhaps on the one that ingested it. ``outdated``: read by other code than this.
    """
    path = location(row["path"])
    try:
        now = path.stat()
        if now.st_size != row["size"]:
            return "changed"
        # Read only where it may have been written since: a file's content decides, not its date.
        if now.st_mtime > row["confirmed_at"].timestamp():
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").digest() != bytes(row["sha256"]):
                    return "changed"
    except OSError:
        return "gone"
    return "outdated" if row["outdated"] else "same"
