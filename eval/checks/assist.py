"""Customers' messages with the help entries that answer them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from assistant.domain import Language
from assistant.errors import SourceError
from eval.data.cases import DATASETS

MESSAGES = DATASETS / "assist" / "messages.jsonl"


@dataclass(frozen=True, slots=True)
class Message:
    """``faq``: ids of the entries that answer it, without the suffix of English twins; empty where none does."""

    id: str
    text: str
    language: Language
    faq: tuple[str, ...]


def load_messages(path: Path = MESSAGES) -> list[Message]:
    """The messages of a file.

    Raises:
        SourceError: a line is no such message; names file and line.
    """
    messages = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            row = json.loads(line)
            language: Language = "ko" if row["language"] == "ko" else "en"
            messages.append(Message(row["id"], row["message"], language, tuple(row["faq"])))
        except (ValueError, KeyError, TypeError) as error:
            raise SourceError(
                path, f"It is no message ({error!r}).", "Give id, message, language, faq.", line=number
            ) from None
    return messages
