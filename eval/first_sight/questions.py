"""A set of questions and conversations, each turn with what a right answer must do."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, TypeAdapter
from pydantic.dataclasses import dataclass

from assistant.domain import MOST_QUESTION
from assistant.errors import SourceError
from eval.data.lines import read_lines

FOLDER = Path(__file__).parent / "sets"
QUESTIONS = "questions.jsonl"
MANIFEST = "manifest.json"
FORM = '{"id": "q1", "kind": "search", "language": "ko", "turns": [{"question": "…", "expect": "…"}]}'
Name = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
# What the assistant takes: a question that it refuses could never be answered, nor its set.
Said = Annotated[str, Field(pattern=r"\S", max_length=MOST_QUESTION)]
Word = Annotated[str, Field(pattern=r"^\S+$")]


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Turn:
    """What is asked, and what a right answer to it must do, in words."""

    question: Said
    expect: Said


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Conversation:
    """One question, or several turns of which each sees those before it."""

    id: Word
    kind: Word
    language: Literal["ko", "en"]
    turns: Annotated[tuple[Turn, ...], Field(min_length=1)]


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class Manifest:
    """When a set was frozen, by whom, having seen what; ``sha256`` of its questions; ``seed`` mixes what judges see."""

    name: Name
    frozen: date
    writer: str
    shown: str
    sha256: str
    seed: str


def read_questions(path: Path) -> list[Conversation]:
    """The conversations of a file.

    Raises:
        SourceError: a line is none; it names file, line and what is wrong.
    """
    return read_lines(
        path,
        TypeAdapter(Conversation).validate_python,
        "no question of a set",
        f"A line is {FORM}.",
        lambda one: one.id,
    )


def freeze(path: Path, manifest: Manifest, into: Path = FOLDER) -> Path:
    """Keep the questions of ``path`` as a set that no one changes any more; its folder.

    Raises:
        SourceError: they cannot be read, are none, or there is a set of that name.
    """
    folder = into / manifest.name
    if folder.exists():
        raise SourceError(folder, "there is a set of this name, and a set is never changed.", "Give --name another.")
    if not read_questions(path):
        raise SourceError(path, "it holds no question.", f"A line is {FORM}.")
    folder.mkdir(parents=True)
    (folder / QUESTIONS).write_bytes(path.read_bytes())
    kept = asdict(manifest) | {"sha256": _sha256(path), "frozen": manifest.frozen.isoformat()}
    (folder / MANIFEST).write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return folder


def open_set(name: str, within: Path = FOLDER) -> tuple[Path, Manifest, list[Conversation]]:
    """A frozen set: its folder, its manifest and its conversations.

    Raises:
        SourceError: there is none of that name, or its questions are not those that were frozen.
    """
    folder = within / name
    if not (folder / MANIFEST).is_file():
        known = ", ".join(one.parent.name for one in manifests(within)) or "none yet"
        raise SourceError(folder, "there is no such set.", f"Sets: {known}. `budongi eval first-sight new` makes one.")
    manifest = TypeAdapter(Manifest).validate_json((folder / MANIFEST).read_bytes())
    if _sha256(folder / QUESTIONS) != manifest.sha256:
        mend = f"Restore it: git checkout -- {folder / QUESTIONS}"
        raise SourceError(folder / QUESTIONS, "it is not as it was frozen: a set is never changed.", mend)
    return folder, manifest, read_questions(folder / QUESTIONS)


def require_committed(folder: Path) -> None:
    """A set is answered only when git holds it as it stands, so that no question was written after an answer.

    Raises:
        SourceError: its questions or manifest are not committed, or differ from what is.
    """
    for name in (QUESTIONS, MANIFEST):
        # Not `git status`: it is silent on a file that git ignores.
        git = ["git", "-C", str(folder), "show", f"HEAD:./{name}"]
        committed = subprocess.run(git, capture_output=True, check=False)
        if committed.returncode or committed.stdout != (folder / name).read_bytes():
            why = "its questions are not committed: nobody could tell that they were written before the answers."
            raise SourceError(folder, why, f"Commit {QUESTIONS} and {MANIFEST} first.")


def newest(within: Path = FOLDER) -> str:
    """The name of the set that was frozen last.

    Raises:
        SourceError: there is no set.
    """
    found = [TypeAdapter(Manifest).validate_json(path.read_bytes()) for path in manifests(within)]
    if not found:
        raise SourceError(within, "there is no set yet.", "`budongi eval first-sight new` makes one.")
    return max(found, key=lambda one: (one.frozen, one.name)).name


def manifests(within: Path = FOLDER) -> Iterator[Path]:
    """Those of all sets, by name."""
    yield from sorted(within.glob(f"*/{MANIFEST}"))


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
