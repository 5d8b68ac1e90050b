"""Answers kept on disk as they come: a second run asks only for what is not there, and a killed one loses nothing.

One append-only JSON Lines file per :class:`~eval.running.identity.Identity`: its first line is the identity, every
other one an answer. Only answers are kept; they are scored anew each time, so that a better scorer needs no model.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.domain import Answer, Question
from assistant.entrypoints.json_forms.conversation import adapter
from eval.running.identity import Identity

_ANSWERS = adapter(Answer)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer, and the seconds that the turn took when it was really asked."""

    answer: Answer
    seconds: float


class Records:
    """The answers of one identity, by question and epoch. Safe to use from several threads and processes."""

    def __init__(self, folder: Path, identity: Identity) -> None:
        self.path = folder / f"{identity.key}.jsonl"
        self._identity = identity
        self._lock = threading.Lock()
        self._known = self._read()

    def find(self, question: Question, epoch: int) -> Answered | None:
        """What was answered to this question, after this history, in this role, the ``epoch``-th time it was asked."""
        return self._known.get((question_key(question), epoch))

    def add(self, question: Question, epoch: int, answered: Answered) -> None:
        """Keep an answer; on return it is on disk and outlives a kill of the process or of the machine."""
        row = {
            "question": question_key(question),
            "epoch": epoch,
            "seconds": answered.seconds,
            "answer": _ANSWERS.dump_python(answered.answer, mode="json"),
        }
        with self._lock:
            new = not self.path.exists()
            self.path.parent.mkdir(parents=True, exist_ok=True)
            # One write of whole lines: two processes that append never mix theirs.
            file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
            try:
                head = [{"identity": asdict(self._identity)}] if new else []
                os.write(file, "".join(f"\n{json.dumps(one, ensure_ascii=False)}\n" for one in [*head, row]).encode())
                os.fsync(file)
            finally:
                os.close(file)
            self._known.setdefault((question_key(question), epoch), answered)

    def forget(self) -> None:
        """Drop all answers of this identity: they will be asked for again."""
        with self._lock:
            self.path.unlink(missing_ok=True)
            self._known.clear()

    def _read(self) -> dict[tuple[str, int], Answered]:
        """The first answer of each question and epoch. A line torn by a kill is passed over: it is asked for again."""
        known: dict[tuple[str, int], Answered] = {}
        for line in self.path.read_bytes().splitlines() if self.path.exists() else []:
            try:
                row = json.loads(line)
                if "identity" not in row:
                    answered = Answered(_ANSWERS.validate_python(row["answer"]), row["seconds"])
                    known.setdefault((row["question"], row["epoch"]), answered)
            except (ValueError, KeyError, TypeError):
                continue
        return known


def question_key(question: Question) -> str:
    """SHA-256 over what the assistant is given; the gold is not part of it, nor is the question's id."""
    given = {**asdict(question), "id": ""}
    return hashlib.sha256(json.dumps(given, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
