"""What was read of a PDF, kept by the content of the file and the code that read it: reading takes seconds each."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

LIBRARIES = ("pypdf", "pypdfium2")
SHARED = ("headings.py", "table_rows.py")  # modules that what is read depends on too


def remembered(folder: Path | None, path: Path, read: Callable[[Path], dict[str, Any]]) -> dict[str, Any]:
    """The answer of ``read(path)``, from ``folder`` where it was kept; one with an ``error`` never is.

    Args:
        folder: made when needed; None keeps nothing.
        path: the PDF.
        read: gives what JSON can hold.
    """
    if folder is None:
        return read(path)
    kept = folder / f"{_digest(path)}-{_code()}.json"
    try:
        answer = json.loads(kept.read_text(encoding="utf-8"))
        if isinstance(answer, dict):
            return answer
    except (OSError, ValueError):  # not there, or damaged: read again
        pass
    answer = read(path)
    if "error" not in answer:
        _keep(kept, answer)
    return answer


def _keep(kept: Path, answer: dict[str, Any]) -> None:
    partial = kept.with_suffix(f".{os.getpid()}")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        for outdated in kept.parent.glob("*.json"):
            if not outdated.stem.endswith(_code()):
                outdated.unlink(missing_ok=True)
        partial.write_text(json.dumps(answer, ensure_ascii=False), encoding="utf-8")
        partial.replace(kept)
    except (OSError, UnicodeEncodeError):  # a full disk, or half of a surrogate: the next run reads it again
        partial.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return "unreadable"  # which read() will say


@cache
def _code() -> str:
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for module in (*sorted(here.glob("pdf*.py")), *(here / name for name in SHARED)):
        digest.update(module.read_bytes())
    for library in LIBRARIES:
        digest.update(f"{library} {metadata.version(library)}\0".encode())
    return digest.hexdigest()[:16]
