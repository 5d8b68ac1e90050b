"""Which folder prompt files, word lists and shared facts are read from: those that ship, unless others are in use."""

from __future__ import annotations

import hashlib
from pathlib import Path

SHIPPED = Path(__file__).parent
SUFFIXES = (".md", ".yaml")
_in_use = SHIPPED
_read = False


def folder() -> Path:
    """The folder to read from."""
    global _read
    _read = True
    return _in_use


def use(path: Path) -> None:
    """Read from ``path`` from now on. What was read is kept by its readers, so say so before anything is.

    Raises:
        RuntimeError: files of another folder were read already.
    """
    global _in_use
    if _read and path != _in_use:
        raise RuntimeError(f"prompts of {_in_use} were read already; {path} can be used from a start on")
    _in_use = path


def files(path: Path) -> list[Path]:
    """Every prompt file of a folder, relative to it."""
    return sorted(file.relative_to(path) for file in path.rglob("*") if file.suffix in SUFFIXES)


def content_hash(path: Path) -> str:
    """SHA-256 over the prompt files of a folder, names and contents."""
    digest = hashlib.sha256()
    for file in files(path):
        content = (path / file).read_bytes()
        digest.update(f"{file.as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()
