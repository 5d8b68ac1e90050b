"""The answers of a tree to a set: asked by its own commands, in a store that holds its own samples alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.errors import SourceError
from eval.first_sight.questions import Conversation

REPOSITORY = Path(__file__).parents[2]
ANSWERS = "answers"
# What is kept of an answer: what its reader sees, what it is based on, and how it was decided.
KEPT = ("answer", "abstained", "degraded", "domain", "filters", "citations", "next", "model", "timings_ms")


def answers_of(folder: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """What was answered to the set in ``folder``: by tree and model, then by turn (``q1.1``), oldest answers first."""
    files = sorted((folder / ANSWERS).glob("*.jsonl"), key=_asked)
    read = ((path.stem, map(json.loads, path.read_text(encoding="utf-8").splitlines()[1:])) for path in files)
    return {name: {row["turn"]: row for row in rows} for name, rows in read}


def _asked(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return str(json.loads(file.readline())["asked"])


def keep(folder: Path, name: str, head: Mapping[str, Any], rows: Iterator[dict[str, Any]]) -> Path:
    """Write the answers of a tree, with a first line that says of which set and when.

    Raises:
        SourceError: this tree has answered already; a set is answered once.
    """
    path = folder / ANSWERS / f"{name}.jsonl"
    if path.exists():
        raise SourceError(path, "this tree has answered the set already.", "A set is measured once by a tree.")
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in (head, *rows)]
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(lines), encoding="utf-8")
    return path


def ask(
    conversations: Sequence[Conversation], budongi: Path, environment: Mapping[str, str]
) -> Iterator[dict[str, Any]]:
    """Every turn in order, by ``budongi ask --batch``: all first turns at once, then all second ones with the state
    that the answer before gave, as a client of the API does.

    Raises:
        SourceError: the command failed; what it said is told.
    """
    states: dict[str, Any] = {}
    for at in range(max(len(one.turns) for one in conversations)):
        asked = [one for one in conversations if len(one.turns) > at]
        lines = [{"id": one.id, "question": one.turns[at].question} | states.get(one.id, {}) for one in asked]
        for one, told in zip(asked, _batch(lines, budongi, environment), strict=True):
            if "answer" not in told:
                raise SourceError(
                    budongi, f"it could not answer {one.id}: {told.get('error', told)}.", "Mend it there."
                )
            states[one.id] = {"state": told["state"]}
            yield {"turn": f"{one.id}.{at + 1}"} | {key: told.get(key) for key in KEPT}


def _batch(lines: list[dict[str, Any]], budongi: Path, environment: Mapping[str, str]) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        asked, told = Path(folder, "asked.jsonl"), Path(folder, "told.jsonl")
        asked.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
        run([str(budongi), "ask", "--batch", str(asked), "--out", str(told)], environment)
        return [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]


def this_tree(model: str) -> tuple[str, Path, dict[str, str]]:
    """The name of this tree, its ``budongi``, and its environment with the store that BUDONGI_HOME names.

    The name is that of its commit, with ``-changed`` where no commit holds what stands in it.
    """
    changed = run(["git", "-C", str(REPOSITORY), "status", "--porcelain", "--untracked-files=no"])
    name = _short("HEAD") + ("-changed" if changed else "")
    return name, Path(sys.executable).with_name("budongi"), os.environ | {"BUDONGI_CHAT_MODEL": model}


def other_tree(commit: str, home: Path, model: str) -> tuple[str, Path, dict[str, str]]:
    """As :func:`this_tree`, of ``commit``: in a worktree under ``home`` that its own Makefile sets up, with a store of
    its own that holds its samples.

    Raises:
        SourceError: there is no such commit, or it cannot be set up.
    """
    name = _short(commit)
    folder = home / "trees" / name
    if not folder.is_dir():
        run(["git", "-C", str(REPOSITORY), "worktree", "add", "--detach", str(folder), name])
    environment = os.environ | {"BUDONGI_HOME": str(home / "stores" / name), "BUDONGI_CHAT_MODEL": model}
    # No model, no 1.1 GB of weights: whoever names the local one has it fetched by the tree's own `make run`.
    run(["make", "-C", str(folder), ".venv/.run"], os.environ | {"BUDONGI_CHAT_MODEL": "none"})
    budongi = folder / ".venv" / "bin" / "budongi"
    run([str(budongi), "ingest", "--samples"], environment)
    return name, budongi, environment


def run(command: Sequence[str], environment: Mapping[str, str] | None = None) -> str:
    """What a command printed.

    Raises:
        SourceError: it failed; the last lines of what it said are told.
    """
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = " / ".join((done.stderr or done.stdout).strip().splitlines()[-3:])
        raise SourceError(Path(command[0]), f"`{' '.join(command)}` failed: {said}.", "Mend that, and ask again.")
    return done.stdout


def _short(commit: str) -> str:
    return run(["git", "-C", str(REPOSITORY), "rev-parse", "--short=7", f"{commit}^{{commit}}"]).strip()
