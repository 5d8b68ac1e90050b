"""Chat models that stand in for the real one, to time one thing at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.domain import Usage
from assistant.ports import ChatModel, Delta, Prompt

_NUMBERED = re.compile(r"^\[(\d{1,2})\] (.+)$", re.MULTILINE)


class Echo:
    """Writes the prompt's own evidence at once, so that a turn takes all its steps but waits for no model."""

    name = "echo"

    def stream(self, prompt: Prompt, *, max_tokens: int) -> Iterator[Delta]:  # noqa: ARG002
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

    def stream(self, prompt: Prompt, *, max_tokens: int) -> Iterator[Delta]:
        return self.model.stream(replace(prompt, system=f"({self.mark}) {prompt.system}"), max_tokens=max_tokens)

    def warm(self, prompts: Sequence[Prompt]) -> None:
        """Never: that is the point."""

    def close(self) -> None:
        self.model.close()
