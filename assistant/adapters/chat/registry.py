"""The providers of chat models, and the model that the settings name."""

from __future__ import annotations

from assistant.adapters.chat import azure, cassette, local, openai
from assistant.adapters.chat.provider import Provider, Variable
from assistant.errors import SettingsError
from assistant.ports import ChatModel, Prompt
from assistant.settings import NO_MODEL, Settings

PROVIDERS: tuple[Provider, ...] = (local.PROVIDER, openai.PROVIDER, azure.PROVIDER, cassette.PROVIDER)
VARIABLES: tuple[Variable, ...] = tuple(variable for provider in PROVIDERS for variable in provider.variables)


def provider_of(settings: Settings) -> Provider | None:
    """Whose model the settings name; None for ``none``.

    Raises:
        SettingsError: nobody's.
    """
    kind, _, name = settings.chat_model.partition(":")
    if settings.chat_model == NO_MODEL:
        return None
    for provider in PROVIDERS:
        if provider.kind == kind and (name or not provider.needs_name):
            return provider
    forms = ", ".join(provider.form for provider in PROVIDERS)
    raise SettingsError(
        f"BUDONGI_CHAT_MODEL is {settings.chat_model!r}, which names no chat model. Set it to {forms} or {NO_MODEL}."
    )


def open_chat_model(settings: Settings, *, joins: bool = False, fetch: str = "") -> ChatModel | None:
    """The configured model, or None for ``none``. Reads no weights and opens no connection yet.

    ``joins``: turns do not wait for a local one, which is there once it has been warmed; ``fetch`` is the command that
    installs it where it is not installed.

    Raises as :meth:`Provider.open` does.
    """
    provider = provider_of(settings)
    if provider == local.PROVIDER and joins:
        from assistant.adapters.chat.joining import JoiningChatModel

        return JoiningChatModel(settings, fetch)
    return None if provider is None else provider.open(settings)


def check_chat_model(settings: Settings, prompt: Prompt, max_tokens: int) -> str:
    """What the configured model is found to do, for ``budongi doctor``; ``prompt``: of a real question.

    Raises as :meth:`Provider.check` does.
    """
    provider = provider_of(settings)
    if provider is None:
        return "none: answers are composed from the documents alone"
    return provider.check(settings, prompt, max_tokens)
