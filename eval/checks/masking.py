"""How much of what is private is masked, and how much of what is masked is private."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.language.masking import find_private
from eval.data.cases import DATASETS

CASES = DATASETS / "assist" / "private.jsonl"
MOSTLY = 0.8  # of a private stretch's letters and digits: the rest names nobody


@dataclass(frozen=True, slots=True)
class Masked:
    """One case: private stretches that were missed, and stretches masked where nothing is private."""

    id: str
    text: str
    found: int
    missed: tuple[str, ...]
    wrongly: tuple[str, ...]


def run(path: Path = CASES) -> Iterator[Masked]:
    """Every case of the file, in order."""
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        yield check(case["id"], case["text"], [one["text"] for one in case["private"]])


def check(id_: str, text: str, private: list[str]) -> Masked:
    """``private``: the stretches of ``text`` that are to be masked."""
    hidden = {at for item in find_private(text) for at in range(item.start, item.end)}
    due: set[int] = set()
    missed = []
    for stretch in private:
        start = text.index(stretch)
        letters = [at for at in range(start, start + len(stretch)) if text[at].isalnum()]
        due |= set(range(start, start + len(stretch)))
        if sum(at in hidden for at in letters) < MOSTLY * len(letters):
            missed.append(stretch)
    wrongly = [text[item.start : item.end] for item in find_private(text) if not due & set(range(item.start, item.end))]
    return Masked(id_, text, len(private) - len(missed), tuple(missed), tuple(wrongly))
