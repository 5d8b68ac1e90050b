"""Releases of the prompts: the folder of an accepted state is kept under BUDONGI_HOME, and one can go back to it.

``prompts/HASH/`` holds the prompt files of a release, ``prompts/releases.json`` the list of them; the last is in use.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.errors import PromptError, SettingsError
from assistant.settings import Settings
from prompts.files import PromptFileError
from prompts.loader import SHIPPED, Prompts


@dataclass(frozen=True, slots=True)
class Release:
    """``prompts``: content hash of the folder; ``date`` in ISO form; ``reason`` as it was given."""

    prompts: str
    date: str
    reason: str


def in_use(settings: Settings) -> Prompts:
    """The prompts that the settings name, else the latest release, else those that ship.

    Raises:
        SettingsError: BUDONGI_PROMPTS names no folder of prompts.
        PromptError: the folder lacks files that this version of budongi reads, or one of them cannot be read.
    """
    history = releases(settings.home)
    path = settings.prompts or (_folder_of(settings.home, history[-1]) if history else SHIPPED)
    if settings.prompts and not path.is_dir():
        raise SettingsError(
            f"{path} is no folder of prompts. Let BUDONGI_PROMPTS name a copy of the folder that ships, or unset it."
        )
    try:
        found = Prompts.read() if path == SHIPPED else Prompts.read(path).checked()
    except PromptFileError as error:
        raise PromptError(str(error)) from error
    missing = [file for file in Prompts.read().texts if file not in found.texts]
    if missing:
        raise PromptError(
            f"The prompts in {path} lack {missing[0]}, which this version of budongi reads ({len(missing)} files in "
            "all). Unset BUDONGI_PROMPTS, or, if they are a release, go back with `budongi prompts rollback`."
        )
    return found


def releases(home: Path) -> list[Release]:
    """Every release, oldest first; the last one is in use.

    Raises:
        PromptError: the list cannot be read.
    """
    path = home / "prompts" / "releases.json"
    if not path.exists():
        return []
    try:
        return [Release(**row) for row in json.loads(path.read_text(encoding="utf-8"))]
    except (OSError, ValueError, TypeError) as error:
        raise PromptError(
            f"{path} is no list of releases ({error}). Mend it, or delete it to use what ships."
        ) from error


def release(home: Path, source: Prompts, verdict: Path, *, date: str, reason: str) -> Release:
    """Keep the prompts ``source`` and use them from the next start on.

    ``verdict`` is what ``budongi eval gate --out`` wrote of these prompts.

    Raises:
        PromptError: the gate did not pass, or judged other prompts.
    """
    made = Release(source.hash, date, reason)
    try:
        judged = json.loads(verdict.read_text(encoding="utf-8"))
        level, prompts = judged["verdict"], judged["prompts"]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise PromptError(
            f"{verdict} is no verdict of the gate ({error}). Write one with `budongi eval gate --out FILE`."
        ) from error
    if prompts != made.prompts:
        raise PromptError(
            f"{verdict} judges other prompts than those in {source.folder}. Run `budongi eval gate` on these, then "
            "release."
        )
    if level != "pass":
        raise PromptError(
            f"The gate said {level} of these prompts. Mend them, or accept the fall with `budongi eval accept`."
        )
    kept = _folder_of(home, made)
    for file in source.texts:
        (kept / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source.folder / file, kept / file)
    _write(home, [*releases(home), made])
    return made


def roll_back(home: Path) -> Release | None:
    """Return to the release before the latest; None: to what ships, because there is none before.

    Raises:
        PromptError: nothing was ever released.
    """
    history = releases(home)
    if not history:
        raise PromptError("No prompts were released, so those that ship are in use; there is nothing to go back from.")
    _write(home, history[:-1])
    return history[-2] if len(history) > 1 else None


def _folder_of(home: Path, made: Release) -> Path:
    return home / "prompts" / made.prompts[:12]


def _write(home: Path, history: Sequence[Release]) -> None:
    path = home / "prompts" / "releases.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(
        json.dumps([asdict(one) for one in history], ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    fresh.replace(path)  # whoever reads meanwhile sees the old list or the new one
