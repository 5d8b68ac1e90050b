"""``budongi eval from-feedback``: answers that people found wrong become candidates for a suite.

A candidate is no case yet: a person who approves one writes what a right answer holds, and takes ``status`` out. Until
then no suite accepts the line. What is private is masked before anything is written.

A line of feedback is what ``budongi feedback`` prints: ``{"question", "history"?: [{"role", "content"}], "answer",
"rating"?: "up" | "down", "reason"?, "comment"?, "edited"?, "role"?, "prompt_version"?, "model"?, "evidence"?}``;
``edited`` is what an agent sent instead of the draft.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from assistant.language.masking import mask
from eval.checks.linting import letters
from eval.data.cases import load_suite
from eval.data.figures import Figure, agrees, figures
from eval.data.lines import read_lines

CANDIDATE = "candidate"
_KEPT = ("role", "prompt_version", "model", "evidence")


def read_feedback(path: Path) -> list[dict[str, Any]]:
    """The lines of a feedback file.

    Raises:
        SourceError: a line is no feedback; the message names file and line.
    """
    return read_lines(path, _feedback, "no feedback", "A line holds question, answer, and rating or edited.")


def _feedback(row: Mapping[str, Any]) -> dict[str, Any]:
    if not (isinstance(row["question"], str) and isinstance(row["answer"], str)):
        raise TypeError("question and answer are texts")
    return dict(row)


def from_inbox(entries: Iterable[Mapping[str, Any]], everything: bool) -> list[dict[str, Any]]:
    """Entries of a curator's inbox as feedback, but for those dismissed; taken before only with ``everything``."""
    return [
        {**entry, "rating": "" if entry["kind"] == "edited" else "down"}
        for entry in entries
        if entry["decision"] != "dismissed" and (everything or not entry["taken_at"])
    ]


def candidates(feedback: Iterable[Mapping[str, Any]], known: Iterable[str] = ()) -> Iterator[dict[str, Any]]:
    """Lines for a person to approve, of every turn rated down or rewritten; none twice, and none that is ``known``."""
    seen = {letters(question) for question in known}
    for row in feedback:
        edited = str(row.get("edited") or "")
        rewritten = bool(edited) and letters(edited) != letters(row["answer"])
        if row.get("rating") != "down" and not rewritten:
            continue
        question = mask(row["question"])
        if letters(question) in seen:
            continue
        seen.add(letters(question))
        yield _candidate(row, question, mask(edited) if rewritten else "")


def suite_questions() -> list[str]:
    """What the suites ask already."""
    return [case.question for case in load_suite("full")]


def _candidate(row: Mapping[str, Any], question: str, edited: str) -> dict[str, Any]:
    answer = mask(row["answer"])
    history = [{"role": turn["role"], "content": mask(turn["content"])} for turn in row.get("history") or ()]
    key = hashlib.sha256(json.dumps([question, history], ensure_ascii=False).encode()).hexdigest()[:8]
    candidate: dict[str, Any] = {
        "id": f"feedback-{key}",
        "status": CANDIDATE,
        "question": question,
        "language": "ko" if re.search("[가-힣]", question) else "en",
        "expect": _suggested(answer, edited),
        "gold": "hand: TODO, where it was read off",
        "answer": answer,
    }
    if history:
        candidate["history"] = history
    if edited:
        candidate["edited"] = edited
    for name in ("reason", "comment"):
        if said := str(row.get(name) or ""):
            candidate[name] = mask(said)
    return candidate | {name: row[name] for name in _KEPT if row.get(name)}


def _suggested(answer: str, edited: str) -> dict[str, Any]:
    """What the edit says of a right answer: figures that the agent put in are due, those taken out must not be said."""
    drafted, sent = figures(answer), figures(edited)
    return {
        "facts": [[_written(figure)] for figure in _without(sent, drafted)] if edited else [],
        "forbidden": [_written(figure) for figure in _without(drafted, sent)] if edited else [],
        "abstain": False,
    }


def _without(ones: Sequence[Figure], others: Sequence[Figure]) -> list[Figure]:
    return [one for one in dict.fromkeys(ones) if not any(agrees(one, other) for other in others)]


def _written(figure: Figure) -> str:
    """As datasets write a figure: ``won:850000000``, ``date:2024-12-24``."""
    number = f"{figure.value:.10g}"
    if figure.unit == "date":
        number = f"{number[:4]}-{number[4:6]}-{number[6:]}"
    elif figure.unit == "month":
        number = f"{number[:4]}-{number[4:]}"
    return f"{figure.unit}:{number}"
