"""``cassette:FILE``: replies that were written or recorded before, each to the one prompt that it was made for.

A file of JSON Lines. The first line says where the replies are from: ``writer``, ``stand_in`` (whether somebody wrote
them in a strong model's place), ``prompts`` (the commit that the prompts were frozen by). Every other line is
``prompt``, the SHA-256 of a prompt's messages, and ``reply``. A prompt without a reply is a miss: the turn composes its
answer, and the prompt is kept in ``eval/cassettes`` under BUDONGI_HOME, for a writer or a model to answer.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from assistant.adapters.chat.provider import Variable, model_name
from assistant.errors import ModelError, SettingsError, SourceError
from assistant.ports import ChatModel, Delta, Prompt
from assistant.settings import Settings

SHELF = Path(__file__).parents[3] / "eval" / "cassettes"
MISSES = Path("eval", "cassettes")  # under BUDONGI_HOME


def prompt_key(prompt: Prompt) -> str:
    """Of all that the model is sent: a prompt changed by a letter is another one."""
    return hashlib.sha256(json.dumps(prompt.messages(), ensure_ascii=False).encode()).hexdigest()


def cassette_path(name: str) -> Path:
    """The file of that path, or of that name in ``eval/cassettes``."""
    return Path(name) if name.endswith(".jsonl") else SHELF / f"{name}.jsonl"


def misses_path(home: Path, cassette: Path) -> Path:
    """Where the prompts are kept that a cassette has no reply to."""
    return home / MISSES / f"{cassette.stem}.misses.jsonl"


def read_cassette(path: Path) -> tuple[dict[str, Any], dict[str, str]]:
    """Where the replies are from, and the replies by prompt.

    Raises:
        SourceError: the file is none; names the line.
    """
    number = 0
    try:
        head, replies = {}, {}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            row = json.loads(line)
            if number == 1:
                head = {"writer": str(row["writer"]), "stand_in": bool(row["stand_in"]), "prompts": str(row["prompts"])}
            else:
                replies[str(row["prompt"])] = str(row["reply"])
        if not head:
            raise ValueError("it is empty")
    except (ValueError, KeyError, TypeError) as error:
        mend = "The first line has writer, stand_in and prompts; each other line prompt and reply."
        raise SourceError(path, f"this is no cassette ({error}).", mend, line=number or None) from error
    return head, replies


@dataclass
class Cassette:
    """A chat model that says what is on a cassette."""

    path: Path
    misses: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def _held(self) -> tuple[dict[str, Any], dict[str, str]]:
        return read_cassette(self.path)

    @property
    def name(self) -> str:
        """What figures are told under: a stand-in is never called a strong model."""
        head = self._held[0]
        return f"{'stand-in' if head['stand_in'] else 'recorded'}:{self.path.stem} ({head['writer']})"

    def stream(self, prompt: Prompt, *, max_tokens: int, timeout: float | None = None) -> Iterator[Delta]:  # noqa: ARG002
        key = prompt_key(prompt)
        reply = self._held[1].get(key)
        if reply is None:
            self._keep(key, prompt)
            raise ModelError(f"{self.path.name} has no reply to this prompt; it is kept in {self.misses}.")
        yield Delta(reply)

    def _keep(self, key: str, prompt: Prompt) -> None:
        row = json.dumps({"prompt": key, "messages": prompt.messages(), "reply": ""}, ensure_ascii=False)
        with self._lock:
            self.misses.parent.mkdir(parents=True, exist_ok=True)
            known = self.misses.read_text(encoding="utf-8") if self.misses.is_file() else ""
            if key not in known:
                self.misses.write_text(f"{known}{row}\n", encoding="utf-8")

    def warm(self, prompts: Sequence[Prompt]) -> None:
        """Nothing is to be made cheap."""

    def close(self) -> None:
        """Nothing is held open."""


@dataclass(frozen=True, slots=True)
class CassetteProvider:
    """See :class:`assistant.adapters.chat.provider.Provider`."""

    kind: str = "cassette"
    form: str = "cassette:FILE"
    variables: tuple[Variable, ...] = ()
    needs_name: bool = True

    def open(self, settings: Settings) -> ChatModel:
        path = cassette_path(model_name(settings))
        if not path.is_file():
            mend = "Make one: `budongi eval cassette new`"
            raise SettingsError(f"BUDONGI_CHAT_MODEL is {settings.chat_model!r}, but there is no {path}. {mend}.")
        return Cassette(path, misses_path(settings.home, path))

    def check(self, settings: Settings, prompt: Prompt, max_tokens: int) -> str:  # noqa: ARG002
        path = cassette_path(model_name(settings))
        return (
            f"{self.open(settings).name}: {len(read_cassette(path)[1])} replies, each to the one prompt it was made for"
        )


PROVIDER = CassetteProvider()
