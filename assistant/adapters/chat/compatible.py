"""Any OpenAI-compatible server: vLLM, Ollama, a gateway, or our own llama.cpp."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.adapters.chat.hosted import openai_options

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

NO_KEY = "not-needed"  # the client insists on a key; servers without keys ignore it
CHECK_TIMEOUT = 8.0  # seconds


def client(name: str, address: str, key: str, *, loopback: bool = False) -> BaseChatModel:
    """``BaseChatOpenAI`` sends the limit by the name that it is given, not OpenAI's newer one.

    ``loopback`` keeps proxies that the environment names out of the way of a server on this machine.
    """
    from langchain_openai.chat_models.base import BaseChatOpenAI
    from pydantic import SecretStr

    return BaseChatOpenAI(
        model=name,
        base_url=address,
        api_key=SecretStr(key or NO_KEY),
        max_retries=0,
        use_responses_api=False,
        **openai_options(trust_env=not loopback),
    )


def not_listed(name: str, address: str, key: str) -> list[str]:
    """That a server lists other models: some take any name, and then one that is mistyped."""
    import openai

    from assistant.adapters.chat.completions import CONNECT_TIMEOUT

    with openai.OpenAI(
        base_url=address,
        api_key=key or NO_KEY,
        max_retries=0,
        timeout=openai.Timeout(CHECK_TIMEOUT, connect=CONNECT_TIMEOUT),
    ) as server:
        try:
            listed = [model.id for model in server.models.list()]
        except (openai.OpenAIError, AttributeError, TypeError, ValueError):  # it answers, and need not list anything
            return []
    offered = ", ".join(listed[:5])
    return [] if name in listed or not listed else [f"it does not list {name} (it offers {offered})"]
