"""The chat model that the settings name: OpenAI, Azure OpenAI, any OpenAI-compatible server, the local one, or none.

LangChain's model classes are imported only when a model is first used: they cost over a second, which a search, an
ingestion or ``none`` should not pay.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from assistant.adapters.chat.circuit_breaker import WithBreaker
from assistant.adapters.chat.compatible import compatible_chat
from assistant.adapters.chat.dialect import Dialect
from assistant.errors import SettingsError
from assistant.ports import ChatModel, Delta, Prompt
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.adapters.chat.completions import Server

OPENAI = "https://api.openai.com/v1"
NO_KEY = "not-needed"  # the client insists on a key; servers without keys ignore it
CHECK_TIMEOUT = 8.0  # seconds
SHOWN = 80  # characters of what a model answers to a check


def open_chat_model(settings: Settings, *, joins: bool = False, fetch: str = "") -> ChatModel | None:
    """The configured model, or None for ``none``. Reads no weights and opens no connection yet.

    ``joins``: turns do not wait for a local one, which is there once it has been warmed; ``fetch`` is the command that
    installs it where it is not installed.

    Raises:
        SettingsError: a key or address is missing; names the variable.
        ModelFileError: the local model is not installed, or the given file is not GGUF.
    """
    kind, _, _ = settings.chat_model.partition(":")
    if kind == "none":
        return None
    if kind == "local":
        from assistant.adapters.chat.local_model import open_local_model

        if joins:
            from assistant.adapters.chat.joining import JoiningChatModel

            return JoiningChatModel(settings, fetch)
        return open_local_model(settings)
    return WithBreaker(HostedChatModel(settings))


class HostedChatModel:
    """A chat model behind somebody's HTTP server: ``openai:NAME`` or ``azure:DEPLOYMENT``."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self.server = hosted_server(settings)
        self.dialect = Dialect(settings.chat_model.partition(":")[2])

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
        settings = self._settings
        name = settings.chat_model.partition(":")[2]
        if settings.chat_model.startswith("azure:"):
            return azure_chat(settings, name)
        if settings.openai_base_url:
            return compatible_chat(name, settings.openai_base_url, settings.openai_api_key or NO_KEY)
        return openai_chat(name, settings.openai_api_key or "")


def hosted_server(settings: Settings) -> Server:
    """The server that ``openai:`` or ``azure:`` means.

    Raises:
        SettingsError: a key or address is missing; names the variable.
    """
    from assistant.adapters.chat.completions import Server

    model = settings.chat_model
    if model.startswith("azure:"):
        missing = [
            name
            for name, value in (
                ("AZURE_OPENAI_ENDPOINT", settings.azure_openai_endpoint),
                ("AZURE_OPENAI_API_KEY", settings.azure_openai_api_key),
            )
            if not value
        ]
        if missing:
            raise SettingsError(
                f"BUDONGI_CHAT_MODEL is {model!r}, but {' and '.join(missing)} not set. Set it to what the Azure "
                "portal shows under Keys and Endpoint, or set BUDONGI_CHAT_MODEL to local or none."
            )
        return Server(
            model=model,
            address=str(settings.azure_openai_endpoint),
            key_setting="AZURE_OPENAI_API_KEY",
            address_setting="AZURE_OPENAI_ENDPOINT",
            secret=settings.azure_openai_api_key or "",
        )
    if not settings.openai_api_key and not settings.openai_base_url:
        raise SettingsError(
            f"BUDONGI_CHAT_MODEL is {model!r}, but OPENAI_API_KEY is not set. Set it, or set OPENAI_BASE_URL to a "
            "compatible server that needs no key, or set BUDONGI_CHAT_MODEL to local or none."
        )
    return Server(
        model=model,
        address=settings.openai_base_url or OPENAI,
        priced_as="" if settings.openai_base_url else model.partition(":")[2],
        key_setting="OPENAI_API_KEY",
        address_setting="OPENAI_BASE_URL",
        secret=settings.openai_api_key or "",
    )


def openai_chat(name: str, key: str) -> BaseChatModel:
    """OpenAI itself. Retries are ours (``stream_completion``): the client's would ignore a turn's deadline."""
    import openai
    from langchain_openai import ChatOpenAI
    from pydantic import SecretStr

    from assistant.adapters.chat import deadline

    return ChatOpenAI(
        model=name,
        base_url=OPENAI,
        api_key=SecretStr(key),
        stream_usage=True,
        max_retries=0,
        http_client=openai.DefaultHttpxClient(event_hooks=deadline.hooks()),
    )


def azure_chat(settings: Settings, deployment: str) -> BaseChatModel:
    import openai
    from langchain_openai import AzureChatOpenAI
    from pydantic import SecretStr

    from assistant.adapters.chat import deadline

    return AzureChatOpenAI(
        azure_deployment=deployment,
        azure_endpoint=settings.azure_openai_endpoint,
        api_key=SecretStr(settings.azure_openai_api_key or ""),
        api_version=settings.azure_openai_api_version,
        stream_usage=True,
        max_retries=0,
        http_client=openai.DefaultHttpxClient(event_hooks=deadline.hooks()),
    )


def check_chat_model(settings: Settings, prompt: Prompt, max_tokens: int) -> str:
    """What the configured model is found to do, for ``budongi doctor``: a hosted one is asked, a local one looked at.

    ``prompt`` and ``max_tokens`` are those of a real question: only its answer says that key, name, quota and every
    parameter are right.

    Raises:
        BudongiError: it cannot be used; the message says how to mend it.
    """
    kind, _, name = settings.chat_model.partition(":")
    if kind == "none":
        return "none: answers are composed from the documents alone"
    if kind == "local":
        from assistant.adapters.chat.local_model import check_local_model

        return check_local_model(settings)
    model = HostedChatModel(settings)
    written = "".join(delta.text for delta in model.stream(prompt, max_tokens=max_tokens))
    line = " ".join(written.split())
    shown = line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
    remarks = [*model.dialect.remarks, *(_not_listed(settings, name) if settings.openai_base_url else ())]
    return "; ".join([f"{model.server.model} at {model.server.address} answers “{shown}”", *remarks])


def _not_listed(settings: Settings, name: str) -> list[str]:
    """That a server lists other models: some take any name, and then one that is mistyped."""
    import openai

    from assistant.adapters.chat.completions import CONNECT_TIMEOUT

    with openai.OpenAI(
        base_url=settings.openai_base_url,
        api_key=settings.openai_api_key or NO_KEY,
        max_retries=0,
        timeout=openai.Timeout(CHECK_TIMEOUT, connect=CONNECT_TIMEOUT),
    ) as client:
        try:
            listed = [model.id for model in client.models.list()]
        except (openai.OpenAIError, AttributeError, TypeError, ValueError):  # it answers, and need not list anything
            return []
    offered = ", ".join(listed[:5])
    return [] if name in listed or not listed else [f"it does not list {name} (it offers {offered})"]
