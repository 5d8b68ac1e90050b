"""Which files a run is to read: those given and those in the folders given, each once, with what cannot be a file."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from assistant.errors import SourceError

Skip = Callable[[Path, str], None]
Fail = Callable[[SourceError], None]


def files(paths: Sequence[Path], suffixes: Sequence[str], skip: Skip, fail: Fail) -> Iterator[tuple[Path, str]]:
    """``(file, name)`` in sorted order; ``name`` is the path inside the given folder, or the file's own name.

    Hidden files and READMEs go to ``skip``. Dangling links, pipes, devices, folders that cannot be listed and folders
    that are called like a file go to ``fail``: what a person put there on purpose must not vanish silently.
    """
    seen: set[Path] = set()
    for root in paths:
        found = [(root, root.name)] if not root.is_dir() else list(_inside(root, suffixes, skip, fail))
        for path, name in found:
            problem = _no_file(path)
            if problem is not None:
                fail(problem)
            elif (resolved := path.resolve()) not in seen:
                seen.add(resolved)
                # macOS keeps names decomposed; the same file must be the same document everywhere.
                yield path, unicodedata.normalize("NFC", name)


def _inside(root: Path, suffixes: Sequence[str], skip: Skip, fail: Fail) -> Iterator[tuple[Path, str]]:
    found, problems = [], 0

    def unreadable(error: OSError) -> None:
        nonlocal problems
        problems += 1
        fail(SourceError(error.filename, f"The folder cannot be listed ({error.strerror}).", "Check its permissions."))

    for folder, folders, names in os.walk(root, onerror=unreadable):
        folders.sort()
        here = Path(folder)
        if here.suffix.lower() in suffixes and not names and not folders:
            problems += 1
            fail(SourceError(here, "It is an empty folder, not a file.", "Give the file itself, or remove the folder."))
        found += [(here / name, (here / name).relative_to(root)) for name in names]
    kept = 0
    for path, inside in sorted(found):
        if any(part.startswith(".") for part in inside.parts):
            skip(path, "hidden")
        elif path.stem.upper() == "README":
            skip(path, "a README describes the folder")
        else:
            kept += 1
            yield path, inside.as_posix()
    if not kept and not problems:
        fail(SourceError(root, "The folder holds no file to read.", "Give another folder."))


def _no_file(path: Path) -> SourceError | None:
    readable = os.fsencode(path).decode("utf-8", "replace")
    if readable != str(path):
        return SourceError(readable, "Its name is not UTF-8.", "Rename it.")
    try:
        if path.is_file():
            return None
        if path.is_symlink():
            return SourceError(
                path, f"It is a link to {path.readlink()}, which is not there.", "Mend the link, or remove it."
            )
        if path.exists():
            return SourceError(path, "It is a pipe, a socket or a device, not a file.", "Copy its content to a file.")
    except OSError as error:
        return SourceError(path, f"It cannot be read ({error.strerror}).", "Check its permissions.")
    return SourceError(path, "There is no such file.", "Check the path and run it again.")
