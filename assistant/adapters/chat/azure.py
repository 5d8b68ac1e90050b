"""``azure:DEPLOYMENT``: a model that one has deployed oneself on Azure OpenAI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.adapters.chat.hosted import HostedProvider, client_of, openai_options
from assistant.adapters.chat.provider import Server, Variable, model_name
from assistant.errors import SettingsError
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

KEY = Variable("AZURE_OPENAI_API_KEY", "key for azure: models", secret=True)
ENDPOINT = Variable("AZURE_OPENAI_ENDPOINT", "e.g. https://NAME.openai.azure.com")
VERSION = Variable("OPENAI_API_VERSION", "Azure OpenAI API version", default="2024-10-21")


def server(settings: Settings) -> Server:
    missing = [variable.name for variable in (ENDPOINT, KEY) if not variable.of(settings)]
    if missing:
        raise SettingsError(
            f"BUDONGI_CHAT_MODEL is {settings.chat_model!r}, but {' and '.join(missing)} not set. Set it to what the "
            "Azure portal shows under Keys and Endpoint, or set BUDONGI_CHAT_MODEL to local or none."
        )
    return Server(
        model=settings.chat_model,
        address=ENDPOINT.of(settings),
        key_setting=KEY.name,
        address_setting=ENDPOINT.name,
        secret=KEY.of(settings),
    )


def client(settings: Settings) -> BaseChatModel:
    return client_of(
        "azure_openai",
        model_name(settings),
        azure_deployment=model_name(settings),
        azure_endpoint=ENDPOINT.of(settings),
        api_key=KEY.of(settings),
        api_version=VERSION.of(settings),
        **openai_options(),
    )


PROVIDER = HostedProvider("azure", "azure:DEPLOYMENT", server, client, variables=(KEY, ENDPOINT, VERSION))
