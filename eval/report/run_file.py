"""Outcomes as they lie in a run's file: what ``eval run`` wrote and ``compare``, ``report`` and people read.

A run's file is JSON Lines, an outcome a line, complete in itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import AliasPath, Field, TypeAdapter

from assistant.domain import Usage
from assistant.errors import SourceError
from eval.data.lines import read_lines, sliced
from eval.report.answers import outcome_json
from eval.running.runner import SLICES
from eval.running.suite_run import FOLDER, SuiteRun


@dataclass(frozen=True, slots=True)
class Told:
    """One outcome. ``seconds`` of the turn; ``history``: earlier turns' texts; ``made``: what the run was made with."""

    id: str
    epoch: int
    question: str
    history: Annotated[tuple[str, ...], Field(validation_alias=AliasPath("case", "history"))]
    answer: str
    right: bool
    problems: tuple[str, ...]
    seconds: float
    kind: str
    domain: Annotated[str, Field(validation_alias=AliasPath("case", "domain"))]
    language: Annotated[str, Field(validation_alias=AliasPath("case", "language"))]
    entity: Annotated[str, Field(validation_alias=AliasPath("case", "entity"))]
    expects_abstention: Annotated[bool, Field(validation_alias=AliasPath("case", "abstain"))]
    abstained: bool
    degraded: bool
    model: str
    usage: Usage
    made: Mapping[str, Any]

    @property
    def cluster(self) -> str:
        """What the question is about, or the question itself."""
        return self.entity or self.id


@dataclass(frozen=True, slots=True)
class ToldRun:
    """A run read back. ``name`` is its file's, ``made`` what it was made with, as it was written."""

    name: str
    made: Mapping[str, str]
    outcomes: tuple[Told, ...]

    def groups(self) -> dict[str, list[Told]]:
        """All outcomes, then those of each kind, domain and language."""
        return sliced(self.outcomes, SLICES)


def write_run(run: SuiteRun, path: Path) -> None:
    """An outcome a line, each with what the run was made with."""
    made = {
        "suite": run.suite,
        "at": run.at,
        "run": run.identity.key,
        "prompts": run.identity.prompts[:12],
        "code": run.identity.code[:12],
        "embedding_model": run.identity.embedding_model,
        "chat_model": run.identity.model,
        "ideas": run.identity.ideas,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps({**outcome_json(one), "made": made}, ensure_ascii=False) + "\n" for one in run.outcomes)
    path.write_text("".join(lines), encoding="utf-8")


def runs_folder(home: Path) -> Path:
    """Where every run leaves its file."""
    return home / FOLDER / "runs"


def new_path(run: SuiteRun, home: Path) -> Path:
    """A name that says when, what and with which model; names sort by time."""
    stamp = run.at.partition("+")[0].replace(":", "-")
    model = re.sub(r"[^\w.-]+", "-", run.identity.model)
    return runs_folder(home) / f"{stamp}-{Path(run.suite).stem}-{model}.jsonl"


def run_path(name: str, home: Path) -> Path:
    """The file of a run: a path, the name of one under ``BUDONGI_HOME``, or ``latest``.

    Raises:
        SourceError: there is none.
    """
    folder = runs_folder(home)
    if name == "latest":
        files = sorted(folder.glob("*.jsonl"))
        if not files:
            raise SourceError(folder, "there is no run yet.", "Make one with `budongi eval run`.")
        return files[-1]
    for path in (Path(name), folder / name, folder / f"{name}.jsonl"):
        if path.is_file():
            return path
    raise SourceError(name, "there is no such run.", f"Give a file that `budongi eval run` wrote, or one of {folder}.")


def read_run(path: Path) -> ToldRun:
    """A run from its file.

    Raises:
        SourceError: a line is no outcome, or there is none.
    """
    mend = "Write the file with `budongi eval run`."
    told = read_lines(path, TypeAdapter(Told).validate_python, "no outcome of a run", mend)
    if not told:
        raise SourceError(path, "it holds no outcome.", mend)
    return ToldRun(path.stem, told[-1].made, tuple(told))


def abstention(outcomes: Sequence[Told]) -> dict[str, tuple[int, int]]:
    """How many of the unanswerable questions were declined, and of the others declined wrongly: (number, of)."""
    unanswerable = [one for one in outcomes if one.expects_abstention]
    others = [one for one in outcomes if not one.expects_abstention]
    return {
        "unanswerable, declined": (sum(one.abstained for one in unanswerable), len(unanswerable)),
        "answerable, declined": (sum(one.abstained for one in others), len(others)),
    }
