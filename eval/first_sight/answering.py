"""The answers of a tree to a set: asked by its own commands, in a store that holds its own samples alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.errors import SourceError
from eval.first_sight.questions import Conversation, Manifest

REPOSITORY = Path(__file__).parents[2]
ANSWERS = "answers"
# What is kept of an answer: what its reader sees, what it is based on, and how it was decided.
KEPT = ("answer", "abstained", "degraded", "domain", "filters", "citations", "next", "model", "timings_ms")


# What is another's: a tree that reads them would answer from a store, or by prompts, that are not its own.
OTHERS = ("BUDONGI_HOME", "BUDONGI_DATABASE_URL", "BUDONGI_PROMPTS")


@dataclass(frozen=True, slots=True)
class Tree:
    """A tree that answers: its name, when it was committed (ISO; None where no commit holds it), and how it is run."""

    name: str
    committed: str | None
    budongi: Path
    environment: Mapping[str, str]


def answers_of(folder: Path) -> dict[str, dict[str, dict[str, Any]]]:
    """What was answered to the set in ``folder``: by tree and model, then by turn (``q1.1``), oldest answers first."""
    read = {name: (folder / ANSWERS / f"{name}.jsonl").read_text(encoding="utf-8") for name in heads_of(folder)}
    rows = {name: map(json.loads, text.splitlines()[1:]) for name, text in read.items()}
    return {name: {row["turn"]: row for row in of_tree} for name, of_tree in rows.items()}


def heads_of(folder: Path) -> dict[str, dict[str, Any]]:
    """Of each file of answers its first line: of which set, when asked, of a tree committed when; oldest first."""
    heads = {}
    for path in (folder / ANSWERS).glob("*.jsonl"):
        with path.open(encoding="utf-8") as file:
            heads[path.stem] = json.loads(file.readline())
    return dict(sorted(heads.items(), key=lambda item: (item[1]["asked"], item[0])))


def require_same_set(folder: Path, manifest: Manifest) -> None:
    """Answers count for the questions that were asked.

    Raises:
        SourceError: a file of answers is of other questions than those in ``folder``.
    """
    for name, head in heads_of(folder).items():
        if head["set"] != manifest.sha256:
            path = folder / ANSWERS / f"{name}.jsonl"
            raise SourceError(
                path, "it answers other questions than the set holds.", f"Restore the set: git log -- {folder}"
            )


def known(heads: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Since when a set is known, and to which trees: those that were made after somebody saw the first answers."""
    if not heads:
        return {"since": None, "trees": []}
    first = min(datetime.fromisoformat(head["asked"]) for head in heads.values())

    def later(head: Mapping[str, Any]) -> bool:
        made = head.get("committed") or head["asked"]
        return datetime.fromisoformat(made) > first

    return {"since": first.date().isoformat(), "trees": [name for name, head in heads.items() if later(head)]}


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
            if not {"answer", "state"} <= told.keys():
                raise SourceError(budongi, f"what it says to {one.id} is no answer with a state: {told}.", "Mend that.")
            states[one.id] = {"state": told["state"]}
            yield {"turn": f"{one.id}.{at + 1}"} | {key: told.get(key) for key in KEPT}


def _batch(lines: list[dict[str, Any]], budongi: Path, environment: Mapping[str, str]) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        asked, told = Path(folder, "asked.jsonl"), Path(folder, "told.jsonl")
        asked.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
        run([str(budongi), "ask", "--batch", str(asked), "--out", str(told)], environment)
        return [json.loads(line) for line in told.read_text(encoding="utf-8").splitlines()]


def this_tree(model: str) -> Tree:
    """This tree, with the store that BUDONGI_HOME names.

    The name is that of its commit, with ``-changed`` where no commit holds what stands in it.
    """
    changed = run(["git", "-C", str(REPOSITORY), "status", "--porcelain", "--untracked-files=no"])
    name, committed = _short("HEAD", REPOSITORY)
    environment = os.environ | {"BUDONGI_CHAT_MODEL": model}
    budongi = Path(sys.executable).with_name("budongi")
    return (
        Tree(f"{name}-changed", None, budongi, environment) if changed else Tree(name, committed, budongi, environment)
    )


def other_tree(commit: str, home: Path, model: str, repository: Path = REPOSITORY) -> Tree:
    """``commit`` in a worktree under ``home`` that its own Makefile sets up, with a store of its own that holds its
    samples; both are kept for the next time.

    Raises:
        SourceError: there is no such commit, or it cannot be set up.
    """
    name, committed = _short(commit, repository)
    folder = home / "trees" / name
    if not folder.is_dir():
        # Forced, for one that somebody deleted is registered still.
        run(["git", "-C", str(repository), "worktree", "add", "--force", "--detach", str(folder), name])
    own = {name: value for name, value in os.environ.items() if name not in OTHERS}
    environment = own | {"BUDONGI_HOME": str(home / "stores" / name), "BUDONGI_CHAT_MODEL": model}
    # No model, no 1.1 GB of weights: whoever names the local one has it fetched by the tree's own `make run`.
    run(["make", "-C", str(folder), ".venv/.run"], own | {"BUDONGI_CHAT_MODEL": "none"})
    budongi = folder / ".venv" / "bin" / "budongi"
    run([str(budongi), "ingest", "--samples"], environment)
    return Tree(name, committed, budongi, environment)


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


def _short(commit: str, repository: Path) -> tuple[str, str]:
    """The short name of a commit, and when it was made."""
    git = ["git", "-C", str(repository)]
    name = run([*git, "rev-parse", "--verify", "--short=7", f"{commit}^{{commit}}"]).strip()
    return name, run([*git, "show", "--no-patch", "--format=%cI", name]).strip()
