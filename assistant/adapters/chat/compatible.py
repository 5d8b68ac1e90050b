"""The client of any OpenAI-compatible server: vLLM, Ollama, a gateway, or our own llama.cpp."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel


def compatible_chat(name: str, address: str, key: str, *, loopback: bool = False) -> BaseChatModel:
    """Any other server. ``BaseChatOpenAI`` sends the limit by the name that it is given, not OpenAI's newer one.

    ``loopback`` keeps proxies that the environment names out of the way of a server on this machine.
    """
    import openai
    from langchain_openai.chat_models.base import BaseChatOpenAI
    from pydantic import SecretStr

    from assistant.adapters.chat import deadline

    return BaseChatOpenAI(
        model=name,
        base_url=address,
        api_key=SecretStr(key),
        stream_usage=True,
        max_retries=0,
        use_responses_api=False,
        http_client=openai.DefaultHttpxClient(trust_env=not loopback, event_hooks=deadline.hooks()),
    )
