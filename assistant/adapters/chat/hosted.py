"""A chat model behind somebody's HTTP server. A provider of one says which server it is, and how a client is made."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from assistant.adapters.chat.circuit_breaker import WithBreaker
from assistant.adapters.chat.dialect import Dialect
from assistant.adapters.chat.provider import Server, Variable, model_name
from assistant.ports import ChatModel, Delta, Prompt
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

SHOWN = 80  # characters of what a model answers to a check


@dataclass(frozen=True, slots=True)
class HostedProvider:
    """See :class:`assistant.adapters.chat.provider.Provider`.

    ``server`` raises SettingsError where a key or an address is missing. ``client`` imports what it needs when it is
    called. ``remarks``: what else a check finds out about the server, in words.
    """

    kind: str
    form: str
    server: Callable[[Settings], Server]
    client: Callable[[Settings], BaseChatModel]
    variables: tuple[Variable, ...] = ()
    remarks: Callable[[Settings], Sequence[str]] = lambda _: ()
    needs_name: bool = True

    def open(self, settings: Settings) -> ChatModel:
        return WithBreaker(HostedChatModel(self, settings))

    def check(self, settings: Settings, prompt: Prompt, max_tokens: int) -> str:
        """Ask it: only an answer to a real question says that key, name, quota and every parameter are right."""
        model = HostedChatModel(self, settings)
        line = " ".join("".join(delta.text for delta in model.stream(prompt, max_tokens=max_tokens)).split())
        shown = line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
        answers = f"{model.server.model} at {model.server.address} answers “{shown}”"
        return "; ".join([answers, *model.dialect.remarks, *self.remarks(settings)])


class HostedChatModel:
    """A chat model of a :class:`HostedProvider`."""

    def __init__(self, provider: HostedProvider, settings: Settings) -> None:
        self._provider, self._settings = provider, settings
        self.server = provider.server(settings)
        self.dialect = Dialect(model_name(settings))

    @property
    def name(self) -> str:
        return self._settings.chat_model

    def stream(self, prompt: Prompt, *, max_tokens: int, timeout: float | None = None) -> Iterator[Delta]:
        deadline = time.monotonic() + min(timeout or math.inf, self._settings.turn_timeout)
        from assistant.adapters.chat.completions import stream_completion  # seconds, the first time

        model = self._model
        left = max(1.0, deadline - time.monotonic())
        return stream_completion(
            model, prompt, max_tokens=max_tokens, timeout=left, server=self.server, dialect=self.dialect
        )

    def warm(self, prompts: Sequence[Prompt]) -> None:  # noqa: ARG002
        """Import the client, which takes seconds; hosted models cache a prompt's static part themselves."""
        _ = self._model

    def close(self) -> None:
        """Nothing to do: idle connections close themselves."""

    @cached_property
    def _model(self) -> BaseChatModel:
        return self._provider.client(self._settings)


def client_of(integration: str, name: str, **options: Any) -> BaseChatModel:
    """LangChain's chat model of that integration. Retries are ours: a client's would ignore a turn's deadline."""
    from langchain.chat_models import init_chat_model

    model: BaseChatModel = init_chat_model(name, model_provider=integration, max_retries=0, **options)
    return model


def openai_options(*, trust_env: bool = True) -> dict[str, Any]:
    """What every client that speaks OpenAI's protocol is given. ``trust_env``: it may go through a proxy."""
    import openai

    from assistant.adapters.chat import deadline

    client = openai.DefaultHttpxClient(trust_env=trust_env, event_hooks=deadline.hooks())
    return {"stream_usage": True, "http_client": client}
