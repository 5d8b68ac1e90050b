"""``budongi eval lint``: what is wrong with the datasets before anything is measured with them.

A suite measures what people ask only while no question is asked twice, none was taken into a prompt or a word list, and
its gold is what the data say.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz import fuzz, process

from eval.data.cases import DATASETS, SUITES, read_case
from eval.data.figures import agrees, figures
from eval.data.gold import computed
from eval.data.lines import why
from eval.scoring.derived_figures import follows
from eval.scoring.fact_matcher import MARK
from eval.scoring.scorers import STATEMENT_END
from prompts.yaml_text import parse_yaml

PROMPTS = Path(__file__).parents[2] / "prompts"
# Hundredths of the letters that two questions share, in order, from which they are the same one. Questions of other
# figures are other questions, whatever the rest.
SAME, LEAKED = 95.0, 92.0
# Syllables, by the suffix of a prompt file, up to which a question is no more than a term that a word list may well
# hold, as "delete my account". An example of a prompt is a whole question, and must be another.
TERM = {".yaml": 12.0, ".md": 6.0}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in one line of a file, and what to do about it."""

    path: Path
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.path}, line {self.line}: {self.what}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a dataset that asks a question."""

    path: Path
    number: int
    row: dict[str, Any]

    @property
    def place(self) -> str:
        return f"{self.path.name}, line {self.number}"

    @property
    def typed(self) -> str:
        """The turns before the question, and the question, as they were typed."""
        return "\n".join([*(turn["content"] for turn in self.row.get("history") or ()), self.row["question"]])

    @property
    def asked(self) -> str:
        """The same, letters and digits alone."""
        return letters(self.typed)


def letters(text: str) -> str:
    """NFC, lower case, letters and digits alone."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFC", text).casefold())


def syllables(text: str) -> float:
    """About how long a text is to say: a Korean letter is a syllable, and so are two or three Latin ones."""
    return sum(0.4 if char.isascii() else 1.0 for char in letters(text))


def lint(datasets: Path = DATASETS, prompts: Path = PROMPTS) -> list[Fault]:
    """Every fault of the suites of answers and of the other question files, by file and line."""
    faults: list[Fault] = []
    suites = [path for name in SUITES["full"] if (path := datasets / f"{name}.jsonl").is_file()]
    others = [path for path in sorted(datasets.rglob("*.jsonl")) if path not in suites]
    asked: list[Line] = []
    for path in suites:
        asked += _read(path, faults, of_answers=True)
    faults += _repeated(asked)
    for path in others:
        lines = _read(path, faults, of_answers=False)
        # Elsewhere one question is asked in several ways on purpose; the same letters twice are still a slip.
        faults += _twice(lines, [line.typed for line in lines])
        asked += lines
    faults += leaks(asked, prompts)
    faults += untrue_examples(prompts)
    return sorted(faults, key=lambda fault: (str(fault.path), fault.line))


def _read(path: Path, faults: list[Fault], *, of_answers: bool) -> list[Line]:
    """The lines that can be read; what is wrong with the others, and with their gold, goes to ``faults``."""
    lines: list[Line] = []
    ids: dict[str, int] = {}
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(text)
            if of_answers:
                read_case(row)
            if "gold" in row and path.parent == DATASETS and computed(text) != text:
                faults.append(
                    Fault(path, number, "its gold is not what the data give. Run `python -m eval.data.gold --write`.")
                )
            if (first := ids.setdefault(row["id"], number)) != number:
                faults.append(Fault(path, number, f"the id {row['id']!r} is that of line {first}. Give it its own."))
            if "question" in row:
                lines.append(Line(path, number, row))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            faults.append(
                Fault(path, number, f"this is no case ({why(error)}). See eval/README.md for what a case holds.")
            )
    return lines


def _twice(lines: Sequence[Line], keys: Sequence[str]) -> Iterator[Fault]:
    first: dict[str, Line] = {}
    for line, key in zip(lines, keys, strict=True):
        if (other := first.setdefault(key, line)) is not line:
            yield Fault(line.path, line.number, f"{other.place} asks the same. Keep one of them.")


def _repeated(lines: Sequence[Line]) -> Iterator[Fault]:
    """Questions of the suites asked twice, or nearly: pairs that are meant to say the same name each other."""
    yield from _twice(lines, [line.asked for line in lines])
    for one, other in combinations(lines, 2):
        if one.row["expect"] != other.row["expect"] or other.row["id"] == one.row.get("pair"):
            continue
        left, right = one.asked, other.asked
        if left == right or re.findall(r"\d+", left) != re.findall(r"\d+", right):
            continue
        if fuzz.ratio(left, right, score_cutoff=SAME):
            yield Fault(other.path, other.number, f"{one.place} asks nearly the same. Keep one, or ask otherwise.")


def leaks(lines: Sequence[Line], prompts: Path) -> Iterator[Fault]:
    """Questions that stand in an example of a prompt or in a word list: they would be answered by heart."""
    phrases = list(dict.fromkeys(phrase for path in sorted(prompts.rglob("*")) for phrase in _phrases(path)))
    questions = [letters(line.row["question"]) for line in lines]
    texts = [phrase for _, _, phrase in phrases]
    alike = process.cdist(questions, texts, scorer=fuzz.ratio, score_cutoff=LEAKED, dtype=np.uint8)
    everything = "\n".join(texts)
    for row, (line, question) in enumerate(zip(lines, questions, strict=True)):
        held = [at for at, text in enumerate(texts) if question in text] if question in everything else []
        found = {(path, number) for path, number, _ in (phrases[at] for at in {*held, *np.flatnonzero(alike[row])})}
        for path, number in sorted(found):
            if syllables(question) > TERM[path.suffix]:
                yield Fault(path, number, f"this holds the question of {line.place}. Put another in its place.")


def untrue_examples(prompts: Path) -> Iterator[Fault]:
    """Examples that a model must not learn from: an answer without citations, or with figures its evidence lacks; and
    system texts that ask for no citation."""
    for path in sorted((prompts / "stages").glob("*.md")):
        if not MARK.search(path.read_text(encoding="utf-8")):
            yield Fault(path, 1, "no rule asks for citations. Say that each sentence ends with its number, as [1].")
    for path in sorted((prompts / "examples").glob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        for row in parse_yaml(text):
            line = next((n for n, of in enumerate(text.splitlines(), start=1) if f"id: {row['id']}" in of), 1)
            for language in ("ko", "en"):
                for what in _untrue(row[language]["answer"], row[language]["evidence"], row[language]["question"]):
                    yield Fault(path, line, f"the answer of {row['id']} ({language}) {what}. Mend it or its evidence.")


def _untrue(answer: str, evidence: Sequence[str], question: str) -> Iterator[str]:
    if not MARK.search(answer):
        yield "cites nothing"
    for statement in STATEMENT_END.split(answer):
        marks = [int(n) for n in MARK.findall(statement)]
        yield from (f"cites [{n}], which is not there" for n in marks if not 0 < n <= len(evidence))
        cited = " ".join(evidence[n - 1] for n in marks if 0 < n <= len(evidence))
        held = [*figures(cited), *(figures(question) if marks else [])]
        for said in figures(MARK.sub("", statement)):
            if not any(agrees(said, truth) for truth in held) and not follows(said, held, f"{question} {cited}"):
                yield f"says {said}, which what it cites does not hold"


def _phrases(path: Path) -> Iterator[tuple[Path, int, str]]:
    """Every line and every string of a prompt file, as letters, with the line where it begins."""
    if path.suffix not in TERM:
        return
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for number, line in enumerate(lines, start=1):
        yield path, number, letters(line)
    front = text.split("---\n", 2)[1] if path.suffix == ".md" and text.startswith("---\n") else text
    if path.suffix == ".yaml" or front is not text:
        for phrase in dict.fromkeys(_strings(parse_yaml(front))):
            start = next((n for n, line in enumerate(lines, start=1) if phrase[:12] in line), 1)
            yield path, start, letters(phrase)


def _strings(tree: Any) -> Iterable[str]:
    if isinstance(tree, str):
        yield tree
        yield from tree.splitlines() if "\n" in tree else ()
    elif isinstance(tree, dict):
        for branch in tree.values():
            yield from _strings(branch)
    elif isinstance(tree, list):
        for leaf in tree:
            yield from _strings(leaf)
