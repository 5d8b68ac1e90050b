"""The state llama.cpp has after reading a prompt's static part, kept on disk.

Reading 800 tokens takes 10 s on 2 cores; restoring the file (30 kB a token) takes milliseconds, in a fresh process too.
A file's name carries the hash of its content, checked before use: llama.cpp aborts on a file that was cut short.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
from pathlib import Path

KEPT = 24  # files, about 25 MB each: every role, stage and language of the prompts that ship


class PrefixFiles:
    """Slot files in ``folder``, by key. Several processes may share the folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._checked: dict[Path, int] = {}  # size when its content was checked

    def find(self, key: str) -> Path | None:
        """An intact file for ``key``; broken ones are removed."""
        for path in sorted(self.folder.glob(f"{key}-*.bin")):
            with contextlib.suppress(OSError):  # another process pruned it
                size = path.stat().st_size
                if self._checked.get(path) != size:
                    if _digest(path) != path.stem.rpartition("-")[2]:
                        self.discard(path)
                        continue
                    self._checked[path] = size
                os.utime(path)  # pruning keeps what was used last
                return path
        return None

    def new(self) -> Path:
        """A name for llama.cpp to write to."""
        self.folder.mkdir(parents=True, exist_ok=True)
        return self.folder / f"writing-{secrets.token_hex(8)}.tmp"

    def keep(self, written: Path, key: str) -> None:
        """File what llama.cpp wrote under ``key``, and drop the files that were not used for longest."""
        written.replace(self.folder / f"{key}-{_digest(written)}.bin")
        self._prune()

    def discard(self, path: Path) -> None:
        self._checked.pop(path, None)
        path.unlink(missing_ok=True)

    def _prune(self) -> None:
        ages: list[tuple[float, Path]] = []
        for path in self.folder.glob("*-*"):
            with contextlib.suppress(OSError):  # another process pruned it first
                ages.append((path.stat().st_mtime, path))
        for _, path in sorted(ages, reverse=True)[KEPT:]:
            self.discard(path)


def prefix_key(*parts: str) -> str:
    """A key that differs when any of ``parts`` does."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode()
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:24]


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:24]
    except OSError:
        return ""
