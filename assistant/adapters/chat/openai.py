"""``openai:NAME``: OpenAI itself, or the compatible server that OPENAI_BASE_URL names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.adapters.chat import compatible
from assistant.adapters.chat.hosted import HostedProvider, client_of, openai_options
from assistant.adapters.chat.provider import Server, model_name
from assistant.errors import SettingsError
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

ADDRESS = "https://api.openai.com/v1"


def server(settings: Settings) -> Server:
    if not settings.openai_api_key and not settings.openai_base_url:
        raise SettingsError(
            f"BUDONGI_CHAT_MODEL is {settings.chat_model!r}, but OPENAI_API_KEY is not set. Set it, or set "
            "OPENAI_BASE_URL to a compatible server that needs no key, or set BUDONGI_CHAT_MODEL to local or none."
        )
    return Server(
        model=settings.chat_model,
        address=settings.openai_base_url or ADDRESS,
        priced_as="" if settings.openai_base_url else model_name(settings),
        key_setting="OPENAI_API_KEY",
        address_setting="OPENAI_BASE_URL",
        secret=settings.openai_api_key or "",
    )


def client(settings: Settings) -> BaseChatModel:
    name, key = model_name(settings), settings.openai_api_key or ""
    if settings.openai_base_url:
        return compatible.client(name, settings.openai_base_url, key)
    return client_of("openai", name, base_url=ADDRESS, api_key=key, **openai_options())


def remarks(settings: Settings) -> Sequence[str]:
    if not settings.openai_base_url:
        return ()
    return compatible.not_listed(model_name(settings), settings.openai_base_url, settings.openai_api_key or "")


PROVIDER = HostedProvider("openai", "openai:NAME", server, client, remarks=remarks)
