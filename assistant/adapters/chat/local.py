"""``local`` and ``local:FILE``: llama.cpp on this machine, with the model that is installed or any GGUF file."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.adapters.chat.provider import Variable
from assistant.ports import ChatModel, Prompt
from assistant.settings import Settings


@dataclass(frozen=True, slots=True)
class LocalProvider:
    """See :class:`assistant.adapters.chat.provider.Provider`."""

    kind: str = "local"
    form: str = "local, local:/path/to/model.gguf"
    variables: tuple[Variable, ...] = ()
    needs_name: bool = False

    def open(self, settings: Settings) -> ChatModel:
        from assistant.adapters.chat.local_model import open_local_model

        return open_local_model(settings)

    def check(self, settings: Settings, prompt: Prompt, max_tokens: int) -> str:  # noqa: ARG002
        from assistant.adapters.chat.local_model import check_local_model

        return check_local_model(settings)


PROVIDER = LocalProvider()
