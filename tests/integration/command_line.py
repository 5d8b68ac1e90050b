"""The console script as a person runs it, on a store with a handful of the sample corpus's real notices."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ingest.reading import SAMPLES

BUDONGI = Path(sys.executable).with_name("budongi")
TIMEOUT = 180  # seconds; a busy machine takes a few for a command
# Both of 금천구 and some of 광명시; one each of the other regions; and one whose name has Latin letters.
NOTICES = frozenset(
    (
        "2022000364",
        "2024000546",
        "2023000480",
        "2025000429",
        "2020000558",
        "2020000338",
        "2025000043",
    )
)
FAQS = 6  # of each sample file
SETTINGS = ("BUDONGI_", "OPENAI_", "AZURE_OPENAI_")


@dataclass(frozen=True)
class Outcome:
    """What a command did. ``printed`` is both streams."""

    code: int
    stdout: str
    stderr: str

    @property
    def printed(self) -> str:
        return self.stdout + self.stderr

    @property
    def paragraph(self) -> str:
        """The one paragraph after ``error:``; fails where there is none, several, or a trace."""
        assert "Traceback" not in self.printed, self.printed
        found = re.findall(r"^(?:error|Error): (.+(?:\n.+)*)", self.stderr, re.MULTILINE)
        assert len(found) == 1, self.printed
        assert "\n" not in found[0], found[0]
        return str(found[0])

    def rows(self) -> list[Any]:
        """Standard output as JSON lines; fails where the command did not succeed."""
        assert self.code == 0, self.printed
        return [json.loads(line) for line in self.stdout.split("\n") if line]


@dataclass(frozen=True)
class CommandLine:
    """``budongi`` with a data folder of its own, no chat model, and nothing of the caller's settings."""

    home: Path
    cwd: Path | None = None  # the caller's own where there is none

    def __call__(self, *arguments: str | Path, **settings: str) -> Outcome:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
        done = subprocess.run(
            [BUDONGI, *map(str, arguments)],
            env={**inherited, "BUDONGI_HOME": str(self.home), "BUDONGI_CHAT_MODEL": "none", **settings},
            cwd=self.cwd,
            capture_output=True,
            encoding="utf-8",
            timeout=TIMEOUT,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)


def write_lines(path: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    """A JSON lines file; half of a surrogate pair is written as its escape."""
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def read_lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def notices_cited(answer: Mapping[str, Any]) -> set[str]:
    """Whom an answer cites, besides what a wish was taken to mean."""
    cited = {citation["source_id"] for citation in answer["citations"]}
    return {source_id for source_id in cited if not source_id.startswith("fact:")}


def write_corpus(folder: Path) -> Path:
    """Notices ``NOTICES`` with all the context of the samples, so that their paragraphs are the samples' own."""
    for name in ("context", "glossary"):
        shutil.copytree(SAMPLES / name, folder / name)
    (folder / "housing").mkdir()
    for source in (SAMPLES / "housing").glob("*.csv"):
        header, *rows = read_csv(source)
        write_csv(folder / "housing" / source.name, [header, *(row for row in rows if row[0] in NOTICES)])
    (folder / "faq").mkdir()
    for source in (SAMPLES / "faq").glob("*.jsonl"):
        lines = source.read_text(encoding="utf-8").split("\n")[:FAQS]
        (folder / "faq" / source.name).write_text("\n".join(lines), encoding="utf-8")
    return folder


def read_csv(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write_csv(path: Path, rows: Iterable[Sequence[str]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@cache
def small_store(base: Path) -> CommandLine:
    """The corpus of :func:`write_corpus` in ``base/corpus``, loaded once a session. Tests only read it."""
    corpus = write_corpus(base / "corpus")
    budongi = CommandLine(base / "home")
    loaded = budongi("ingest", corpus)
    assert loaded.code == 0, loaded.printed
    return budongi
