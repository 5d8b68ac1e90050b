"""One streamed completion over a LangChain chat model, bounded in time, with errors a person can act on."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import openai

from assistant.adapters.chat.dialect import Dialect
from assistant.adapters.chat.prices import cost
from assistant.adapters.chat.provider import Server
from assistant.domain import Usage
from assistant.errors import ModelError, ModelRefused, ModelUnavailable
from assistant.ports import Delta, Prompt

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage, UsageMetadata

logger = logging.getLogger(__name__)

ATTEMPTS = 3
CONNECT_TIMEOUT = 5.0  # seconds; a server that is up accepts within milliseconds
OTHERWISE = "or set BUDONGI_CHAT_MODEL to another model (`none` answers from the documents alone)"


class _NoRoom(Exception):
    """The model used up its tokens before its first word; ``usage`` of that try."""

    def __init__(self, usage: Usage) -> None:
        super().__init__()
        self.usage = usage


def stream_completion(
    model: BaseChatModel,
    prompt: Prompt,
    *,
    max_tokens: int,
    timeout: float,
    server: Server,
    dialect: Dialect,
    attempts: int = ATTEMPTS,
) -> Iterator[Delta]:
    """Text as it comes, then one empty :class:`Delta` with the usage (zeros if the server does not count).

    ``timeout`` is in seconds, for the whole completion, retries included: a refused connection, a rate limit or a
    server error is tried again (``attempts`` in all), but only before the first text and within that time. A parameter
    that the server refuses by name is left out at once, and thoughts that took up all tokens get more room once; both
    stay so in ``dialect``. Closing the iterator closes the connection, on which a server stops generating.

    Raises:
        ModelUnavailable: no connection, a wrong key, a rate limit, no word within its tokens, or time is up.
        ModelError: the server does not know the model or does not accept the prompt.
    """
    deadline = time.monotonic() + timeout
    attempt, spent, widened = 1, Usage(), False
    while True:
        begun = False
        sent = dialect.parameters(max_tokens)
        try:
            for delta in _once(model, prompt, sent, deadline, server, dialect):
                begun = begun or bool(delta.text)
                yield Delta(delta.text, spent + delta.usage) if delta.usage else delta
            return
        except _NoRoom as empty:
            spent += empty.usage
            if widened or time.monotonic() >= deadline or not dialect.more_room():
                yield Delta("", spent)
                raise ModelUnavailable(_thought_only(server)) from None
            widened = True
            logger.info("%s: all tokens were thought away; asked again with more", server.model)
        except openai.OpenAIError as error:
            if not begun and not _is_too_long(error) and (refused := dialect.learn(error, sent)):
                logger.info("%s: it does not take %s; asked again without", server.model, refused)
                continue
            pause = _pause(error, attempt) if attempt < attempts else None
            if begun or pause is None or time.monotonic() + pause >= deadline:
                raise model_error(error, server, timeout) from error
            attempt += 1
            logger.info("%s: %s; attempt %d in %.1f s", server.model, type(error).__name__, attempt, pause)
            time.sleep(pause)
        except ValueError as error:  # no event in the stream, or one that is not JSON, or half a character
            cut = begun or isinstance(error, UnicodeDecodeError)
            raise (ModelUnavailable(_broke_off(server)) if cut else ModelError(not_compatible(server))) from error


def _once(
    model: BaseChatModel, prompt: Prompt, sent: dict[str, Any], deadline: float, server: Server, dialect: Dialect
) -> Iterator[Delta]:
    remaining = max(0.1, deadline - time.monotonic())
    used: UsageMetadata | None = None
    thoughts = dialect.thoughts()
    said, finished = False, ""

    def spoken(text: str) -> Iterator[Delta]:
        nonlocal said
        if text:
            said = said or not text.isspace()
            yield Delta(text)

    for chunk in _chunks(model, prompt, sent, openai.Timeout(remaining, connect=min(CONNECT_TIMEOUT, remaining))):
        used = chunk.usage_metadata or used
        finished = chunk.response_metadata.get("finish_reason") or finished
        if finished == "content_filter":
            raise ModelRefused(_filtered(server))
        yield from spoken(thoughts.spoken(str(chunk.text)))
    yield from spoken(thoughts.last(cut_off=finished == "length"))
    usage = _usage(used, server)
    if not said and finished == "length":
        raise _NoRoom(usage)
    if not said:
        raise ModelUnavailable(
            f"The chat model {server.model} at {server.address} answered without a word. Ask again, {OTHERWISE}."
        )
    if used:
        cached = used.get("input_token_details", {}).get("cache_read", 0)
        logger.info(
            "%s: %d tokens read (%d of them cached), %d written",
            server.model,
            usage.input_tokens,
            cached,
            usage.output_tokens,
        )
    yield Delta("", usage)


def _chunks(model: BaseChatModel, prompt: Prompt, sent: dict[str, Any], timeout: openai.Timeout) -> Iterator[AIMessage]:
    """The answer in pieces; in one where the server does not stream."""
    asked = {name: value for name, value in sent.items() if name not in ("stream", "stream_options")}
    if "stream" in sent:
        if "stream_options" not in sent:
            asked["stream_usage"] = False
        yield from model.stream(prompt.messages(), timeout=timeout, **asked)
    else:
        yield model.invoke(prompt.messages(), timeout=timeout, **asked)


def _usage(used: UsageMetadata | None, server: Server) -> Usage:
    if not used:
        return Usage()
    read, written = used["input_tokens"], used["output_tokens"]
    cached = used.get("input_token_details", {}).get("cache_read", 0)
    return Usage(read, written, cost(server.priced_as, read, cached, written))


def _pause(error: openai.OpenAIError, attempt: int) -> float | None:
    """Seconds to wait before trying again, or None where another attempt cannot help."""
    if isinstance(error, openai.APITimeoutError):
        return None
    # With jitter, so that clients that failed together do not come back together.
    backoff = 0.5 * float(2 ** (attempt - 1)) * random.uniform(0.75, 1.25)
    if isinstance(error, openai.APIStatusError):
        if error.status_code < 500 and error.status_code not in (408, 409, 429):
            return None
        if getattr(error, "code", None) == "insufficient_quota":
            return None
        return max(backoff, _retry_after(error.response.headers.get("retry-after", "")))
    return backoff if isinstance(error, openai.APIConnectionError) else None


def _retry_after(header: str) -> float:
    """Seconds, from a number of them or an HTTP date (RFC 9110, 10.2.3); 0 where it is neither."""
    try:
        return float(header)
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except ValueError:
        return 0.0


def model_error(error: openai.OpenAIError, server: Server, timeout: float) -> ModelError:
    """The error a person sees: what happened, and which setting mends it."""
    at = f"{server.model} at {server.address}"
    if isinstance(error, openai.APITimeoutError):
        return ModelUnavailable(_too_slow(server, timeout))
    if isinstance(error, openai.APIConnectionError):
        reason = error.__cause__ or error
        return ModelUnavailable(
            f"The chat model {at} cannot be reached ({_quoted(reason, server)}). "
            f"Check that the server runs and that {server.address_setting} is right, {OTHERWISE}."
        )
    if isinstance(error, openai.AuthenticationError):
        # The server's own words may repeat part of the key, so they are left out.
        return ModelError(
            f"The chat model {at} refused the API key (HTTP 401). Check {server.key_setting}, {OTHERWISE}."
        )
    if isinstance(error, openai.PermissionDeniedError):
        return ModelError(
            f"The chat model {at} may not be used with this API key (HTTP 403: {_quoted(error, server)}). "
            f"Ask for access, use another {server.key_setting}, {OTHERWISE}."
        )
    if isinstance(error, openai.NotFoundError) or (isinstance(error, openai.BadRequestError) and _is_unknown(error)):
        return ModelError(
            f"{server.address} has no chat model called {server.model} "
            f"(HTTP {error.status_code}: {_quoted(error, server)}). "
            f"Check the name in BUDONGI_CHAT_MODEL and {server.address_setting}."
        )
    if isinstance(error, openai.RateLimitError):
        return ModelUnavailable(
            f"The chat model {at} takes no more requests now (HTTP 429: {_quoted(error, server)}). "
            f"Wait and ask again, check the account's quota, {OTHERWISE}."
        )
    if isinstance(error, openai.BadRequestError) and _is_filtered(error):
        return ModelRefused(_filtered(server))
    if _is_too_long(error):
        return ModelRefused(
            f"The prompt is longer than the chat model {server.model} can read ({_quoted(error, server)}). "
            "Ask a shorter question or start a new conversation, or use a model with a longer context."
        )
    if isinstance(error, openai.BadRequestError) and "api version" in str(error).lower():
        return ModelError(
            f"The chat model {at} cannot be had with this version of the API (HTTP 400: {_quoted(error, server)}). "
            f"Set OPENAI_API_VERSION to one that its maker names for it, {OTHERWISE}."
        )
    if isinstance(error, openai.APIStatusError) and error.status_code < 500:
        return ModelError(
            f"The chat model {at} did not accept the request (HTTP {error.status_code}: {_quoted(error, server)}). "
            f"Check that BUDONGI_CHAT_MODEL names a chat model, {OTHERWISE}."
        )
    return ModelUnavailable(
        f"The chat model {at} failed ({_quoted(error, server)}). Ask again in a moment, {OTHERWISE}."
    )


def not_compatible(server: Server) -> str:
    return (
        f"{server.address} answered, but not as an OpenAI-compatible chat server does. "
        f"Check {server.address_setting} (it usually ends in /v1), {OTHERWISE}."
    )


def _too_slow(server: Server, timeout: float) -> str:
    return (
        f"The chat model {server.model} at {server.address} did not finish within {timeout:.0f} s. "
        f"Ask again, raise BUDONGI_TURN_TIMEOUT, {OTHERWISE}."
    )


def _thought_only(server: Server) -> str:
    return (
        f"The chat model {server.model} at {server.address} used up its tokens before it said a word. "
        f"Ask again, ask something simpler, {OTHERWISE}."
    )


def _broke_off(server: Server) -> str:
    return f"The chat model {server.model} at {server.address} broke off in the middle. Ask again, {OTHERWISE}."


def _filtered(server: Server) -> str:
    return (
        f"The content filter of {server.model} at {server.address} stopped the answer. "
        f"Put the question in other words, {OTHERWISE}."
    )


def _is_filtered(error: openai.BadRequestError) -> bool:
    return "content_filter" in f"{getattr(error, 'code', '')} {error}".lower()


def _is_too_long(error: openai.OpenAIError) -> bool:
    if not isinstance(error, openai.BadRequestError):
        return False
    text = f"{getattr(error, 'code', '')} {error}".lower()
    signs = ("context_length_exceeded", "exceed_context_size", "context size", "context length", "too long")
    return any(sign in text for sign in signs)


def _is_unknown(error: openai.BadRequestError) -> bool:
    return getattr(error, "code", "") == "model_not_found" or getattr(error, "param", "") == "model"


def _quoted(error: BaseException, server: Server) -> str:
    """The server's own reason in one short line, without the key."""
    body = getattr(error, "body", None)
    text = body.get("message") if isinstance(body, dict) else None
    line = " ".join(str(text or error or type(error).__name__).split())
    if server.secret:
        line = line.replace(server.secret, "…")
    return line if len(line) <= 200 else f"{line[:199]}…"
