"""Pages of the PDFs that documents were read from, as pictures: drawn when somebody asks to see one."""

from __future__ import annotations

import hashlib
import logging
import subprocess
import sys
from pathlib import Path

from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.transactions import fetch

logger = logging.getLogger(__name__)

WALL_SECONDS = 20
MAX_BYTES = 3 << 20  # bytes of a picture


class SourcePages:
    """Draws pages of files that the ledger of ingested sources names, and of no others."""

    def __init__(self, pool: ConnectionPool) -> None:
        self._pool = pool

    def drawn(self, document_id: str, page: int, quote: str) -> bytes | None:
        """Page ``page`` (from 1) as PNG, with ``quote`` marked where it stands; None where it cannot be shown.

        The file may be on another computer, be gone, or have changed since it was read: then it shows nothing.

        Raises:
            StoreError: Postgres went away.
        """
        for name, digest in fetch(self._pool, "ledger/file_of_document", [document_id]):
            path = Path(name)
            if path.suffix.lower() == ".pdf" and _is(path, digest):
                return draw(path, page, quote)
        return None


def _is(path: Path, digest: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest() == digest
    except OSError:
        return False


def draw(path: Path, page: int, quote: str) -> bytes | None:
    """In a process of its own, with limits: a PDF from outside can keep pdfium busy for hours, or end it."""
    command = [sys.executable, "-m", "assistant.adapters.pages.picture", str(path), str(page)]
    try:
        child = subprocess.run(command, input=quote.encode(), capture_output=True, timeout=WALL_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return None
    if child.returncode or not 0 < len(child.stdout) <= MAX_BYTES:
        logger.info("Page %d of %s is not shown: %s", page, path, child.stderr.decode(errors="replace")[-200:])
        return None
    return child.stdout
