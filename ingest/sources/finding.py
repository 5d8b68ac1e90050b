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
    """``(file, name)``; ``name`` is the path inside the given folder, or the name of a file that was given itself.

    In sorted order, links last, so that a file is called by its own name wherever that is among them. Links are
    followed, to files and to folders, within what was given. Hidden files and READMEs go to ``skip``. Links that lead
    out of what was given or to nothing, pipes, devices, folders that cannot be listed and folders that are called like
    a file go to ``fail``: what a person put there on purpose must not vanish silently. A path that is given may be a
    link to anywhere.
    """
    given = frozenset(Path(os.path.realpath(path)) for path in paths)
    own: list[tuple[Path, str]] = []
    linked: list[tuple[Path, str]] = []
    for root in paths:
        if not root.is_dir():
            # By the file's own name: the ledger knows it by its own path, and it is read there to be verified.
            own.append((root, Path(os.path.realpath(root)).name if root.is_file() else root.name))
            continue
        real = Path(os.path.realpath(root))
        for path, inside in _inside(root, given, suffixes, skip, fail):
            kept = own if Path(os.path.realpath(path)) == real / inside else linked
            kept.append((path, inside.as_posix()))
    seen: set[Path] = set()
    for path, name in (*own, *linked):
        problem = _no_file(path) or (_leads_out(path, given) if path not in paths else None)
        if problem is not None:
            fail(problem)
        elif (resolved := path.resolve()) not in seen:
            seen.add(resolved)
            # macOS keeps names decomposed; the same file must be the same document everywhere.
            yield path, unicodedata.normalize("NFC", name)


def _inside(
    root: Path, given: frozenset[Path], suffixes: Sequence[str], skip: Skip, fail: Fail
) -> Iterator[tuple[Path, Path]]:
    """Files in the folder, and their paths inside it."""
    found, problems = [], 0

    def broken(error: SourceError) -> None:
        nonlocal problems
        problems += 1
        fail(error)

    for here, folders, names in _walk(root, given, skip, broken):
        if here.suffix.lower() in suffixes and not names and not folders:
            broken(SourceError(here, "It is an empty folder, not a file.", "Give the file itself, or remove it."))
        found += [(here / name, (here / name).relative_to(root)) for name in names]
    kept = 0
    for path, inside in sorted(found):
        if path.name.startswith("."):
            skip(path, "hidden")
        elif path.stem.upper() == "README":
            skip(path, "a README describes the folder")
        else:
            kept += 1
            yield path, inside
    if not kept and not problems:
        fail(SourceError(root, "The folder holds no file to read.", "Give another folder."))


def _walk(
    root: Path, given: frozenset[Path], skip: Skip, fail: Fail
) -> Iterator[tuple[Path, Sequence[str], Sequence[str]]]:
    """As :func:`os.walk`, each folder once, without hidden ones; folders that only a link leads to come last."""

    def unreadable(error: OSError) -> None:
        fail(SourceError(error.filename, f"The folder cannot be listed ({error.strerror}).", "Check its permissions."))

    waiting, walked = [root], set[str]()
    while waiting:
        for folder, folders, names in os.walk(waiting.pop(0), onerror=unreadable):
            here = Path(folder)
            if (real := os.path.realpath(here)) in walked:
                folders.clear()  # a link has led back to it
                continue
            walked.add(real)
            yield here, tuple(folders), names
            for path in [here / name for name in sorted(folders)]:
                if path.name.startswith("."):
                    skip(path, "hidden")
                    folders.remove(path.name)
                elif path.is_symlink():
                    if (problem := _leads_out(path, given)) is None:
                        waiting.append(path)
                    else:
                        fail(problem)
            folders.sort()


def _leads_out(path: Path, given: frozenset[Path]) -> SourceError | None:
    """Somebody who may put a link into the folder must not have everything read that we may read."""
    resolved = Path(os.path.realpath(path))
    if not given.isdisjoint((resolved, *resolved.parents)):
        return None
    return SourceError(
        path,
        f"It is a link that leads out of what was given, to {resolved}.",
        "Give that path too if it is to be read, or put a copy in its place.",
    )


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
