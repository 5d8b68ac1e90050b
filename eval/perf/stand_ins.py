"""Models that stand in for the real ones, to time or try one thing at a time."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from assistant.domain import Usage
from assistant.ports import ChatModel, Delta, Prompt, Vectors

_NUMBERED = re.compile(r"^\[(\d{1,2})\] (.+)$", re.MULTILINE)


class Echo:
    """Writes the prompt's own evidence at once, so that a turn takes all its steps but waits for no model."""

    name = "echo"

    def stream(self, prompt: Prompt, *, max_tokens: int, timeout: float | None = None) -> Iterator[Delta]:  # noqa: ARG002
        for number, quote in _NUMBERED.findall(prompt.user):
            yield Delta(f"{quote} [{number}]\n")
        yield Delta("", Usage())

    def warm(self, prompts: Sequence[Prompt]) -> None:
        """Nothing to make cheap."""

    def close(self) -> None:
        """Nothing to end."""


@dataclass
class Cold:
    """A model that has never seen a prompt's static part: ``mark`` changes its first words, and so spoils any cache."""

    model: ChatModel
    mark: str

    @property
    def name(self) -> str:
        return self.model.name

    def stream(self, prompt: Prompt, *, max_tokens: int, timeout: float | None = None) -> Iterator[Delta]:
        marked = replace(prompt, system=f"({self.mark}) {prompt.system}")
        return self.model.stream(marked, max_tokens=max_tokens, timeout=timeout)

    def warm(self, prompts: Sequence[Prompt]) -> None:
        """Never: that is the point."""

    def close(self) -> None:
        self.model.close()


class HashEmbedding:
    """A vector that depends on the text alone, around a mean that all share; microseconds each."""

    name = "hash/8"
    dimensions = 8

    def embed_query(self, text: str) -> Vectors:
        digest = np.frombuffer(hashlib.sha256(text.encode()).digest()[:8], dtype=np.uint8)
        vector = 5 + digest.astype(np.float32) / 255
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.embed_query(text) for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return np.stack([self.embed_query(text) for text in texts])


def embed_here(batches: Sequence[Sequence[str]]) -> Iterator[tuple[int, Vectors]]:
    """Batches embedded one after another, in this process."""
    for index, batch in enumerate(batches):
        yield index, HashEmbedding().embed_passages(batch)


class WordTokenizer:
    """Words as they are."""

    def terms(self, text: str) -> list[str]:
        return text.split()

    def tagged(self, text: str) -> list[tuple[str, str, int]]:
        raise NotImplementedError("ingestion needs terms alone")

    def is_word(self, word: str) -> bool:
        raise NotImplementedError("ingestion needs terms alone")
