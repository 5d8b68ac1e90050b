"""The local chat model: llama.cpp in a child process, one answer at a time, with the static part of prompts cached."""

from __future__ import annotations

import http.client
import importlib
import importlib.metadata
import importlib.util
import logging
import math
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from assistant.adapters.chat import compatible
from assistant.adapters.chat.dialect import Dialect
from assistant.adapters.chat.llama_process import Endpoint, Interrupt, Interrupted, LlamaProcess
from assistant.adapters.chat.prefix_cache import PrefixFiles, prefix_key
from assistant.adapters.chat.progress import Progress
from assistant.adapters.chat.provider import Server
from assistant.adapters.chat.request_queue import Line, Place
from assistant.adapters.chat.weights import (
    QWEN_CODER_1_5B,
    checked_gguf,
    installed_parts,
    is_joined,
    local_weights,
    missing_packages,
    models_folder,
)
from assistant.errors import ModelError, ModelFileError, ModelUnavailable
from assistant.ports import Delta, Prompt
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

logger = logging.getLogger(__name__)

N_CTX = 4096  # tokens: prompts are about 1,200, answers about 220
WARM_TIMEOUT = 300.0  # seconds to read one prompt's static part
SECOND = 1.0
LONGEST_LINE = 120.0  # seconds that a question waits for those before it


def open_local_model(settings: Settings, progress: Progress | None = None) -> LocalChatModel:
    """The model that ``local`` or ``local:PATH`` names; nothing is read or started yet. ``progress``: of :meth:`warm`.

    Raises:
        ModelFileError: it is not installed, or the file is not GGUF.
    """
    path = _named_path(settings)
    if importlib.util.find_spec("xllamacpp") is None:
        raise ModelFileError(
            "The local chat model needs xllamacpp, which is not installed. Install it with `uv sync --extra local`, "
            "or set BUDONGI_CHAT_MODEL to a hosted model or none."
        )
    if path is not None:
        checked_gguf(path)
    elif not is_joined(QWEN_CODER_1_5B, models_folder(settings)):
        installed_parts(QWEN_CODER_1_5B)
    return LocalChatModel(settings, path, progress)


def is_installed(settings: Settings) -> bool:
    """Whether all packages are there that ``local`` or ``local:PATH`` needs."""
    weights = _named_path(settings) or is_joined(QWEN_CODER_1_5B, models_folder(settings))
    return importlib.util.find_spec("xllamacpp") is not None and bool(weights or not missing_packages(QWEN_CODER_1_5B))


def check_local_model(settings: Settings) -> str:
    """One line on the local model for ``budongi doctor``; loads nothing.

    Raises:
        ModelFileError: it cannot be used; says how to mend it.
    """
    open_local_model(settings)
    path = _named_path(settings)
    version = importlib.metadata.version("xllamacpp")
    if path is not None:
        return f"{path} is a GGUF file; llama.cpp (xllamacpp {version}) loads it at the first question"
    folder = models_folder(settings)
    if is_joined(QWEN_CODER_1_5B, folder):
        return f"{folder / QWEN_CODER_1_5B.file_name} is verified; run by llama.cpp (xllamacpp {version})"
    return f"installed; the first start writes {QWEN_CODER_1_5B.size / 1e9:.1f} GB to {folder} (xllamacpp {version})"


def _named_path(settings: Settings) -> Path | None:
    name = settings.chat_model.partition(":")[2]
    return Path(name) if name else None


class LocalChatModel:
    """Answers are queued: the model has one slot, whose :attr:`_line` is kept from first token read to last written."""

    def __init__(self, settings: Settings, path: Path | None, progress: Progress | None = None) -> None:
        self._settings, self._path = settings, path
        self._file_name = path.name if path else QWEN_CODER_1_5B.file_name
        self._progress = progress or Progress()
        self._line = Line()
        self._setup = threading.Lock()
        self._prefixes = PrefixFiles(models_folder(settings) / "prefixes")
        self._process: LlamaProcess | None = None
        self._identity = ""
        self._held: tuple[int, str] | None = None  # the start of the child and the prefix that its slot begins with
        self._client: tuple[Endpoint, BaseChatModel] | None = None
        self._dialect = Dialect()

    @property
    def name(self) -> str:
        return f"local:{Path(self._file_name).stem}"

    @property
    def process(self) -> LlamaProcess:
        """The child's keeper; the first use joins the weights.

        Raises:
            ModelFileError: the weights are missing or broken.
        """
        with self._setup:
            if self._process is None:
                weights = local_weights(
                    self._settings, self._path, tell=lambda share: self._progress.at("assemble", share)
                )
                state = weights.stat()
                self._identity = f"{weights.resolve()} {state.st_size} {state.st_mtime_ns}"
                if self._path is None:
                    self._identity = QWEN_CODER_1_5B.sha256
                self._process = LlamaProcess(
                    weights,
                    n_ctx=N_CTX,
                    slot_folder=self._prefixes.folder,
                    log=self._settings.home / "logs" / "llama.log",
                )
            return self._process

    def stream(self, prompt: Prompt, *, max_tokens: int, timeout: float | None = None) -> Iterator[Delta]:
        """See :class:`assistant.ports.ChatModel`. A child that dies before the first text is replaced once."""
        self._start_loading()
        from assistant.adapters.chat.completions import stream_completion

        left = min(timeout or math.inf, self._settings.turn_timeout)
        with self._line.question() as place:
            yield from self._wait(place)
            for final in (False, True):
                begun = False
                endpoint = self.process.ready()  # a start has its own limit: it happens once
                began = time.monotonic()
                try:
                    self._hold(endpoint, prompt, max(1.0, left))
                    model, server = self._chat(endpoint)
                    for delta in stream_completion(
                        model,
                        prompt,
                        max_tokens=max_tokens,
                        timeout=max(1.0, left - (time.monotonic() - began)),
                        server=server,
                        dialect=self._dialect,
                        attempts=1,  # a local server that does not answer is mended by a restart
                    ):
                        begun = begun or bool(delta.text)
                        yield delta
                    return
                except ModelUnavailable:
                    if final or begun or not self.process.died(within=0.5):
                        raise
                    logger.warning("the local chat model died; starting it again")
                    left -= time.monotonic() - began

    def _wait(self, place: Place) -> Iterator[Delta]:
        """Until the model is free for this place; every second one may stop waiting."""
        asked = time.monotonic()
        while not place.wait(SECOND):
            if time.monotonic() - asked > LONGEST_LINE:
                raise ModelUnavailable(
                    f"The local chat model is busy: {place.ahead} questions were still before this one after "
                    f"{LONGEST_LINE:.0f} s. Ask again in a moment, or set BUDONGI_CHAT_MODEL to a hosted model if "
                    "several people ask at once."
                )
            yield Delta("", ahead=place.ahead)

    def warm(self, prompts: Sequence[Prompt]) -> None:
        """Start the model, and read the static part of ``prompts`` once (about 10 s each), unless that is on disk.

        A question that comes meanwhile goes first: what is being read is given up, and read again when nobody asks.

        Raises:
            ModelError: the model cannot be loaded or does not answer.
        """
        self._start_loading()
        self._progress.at("load")
        self._chat(self.process.ready())
        missing: dict[str, Prompt] = {}
        for prompt in prompts:
            key = self._key(prompt)
            if _static_messages(prompt) and self._prefixes.find(key) is None:
                missing.setdefault(key, prompt)
        bar = tqdm(missing.values(), desc="Reading prompts", unit="prompt", disable=None, leave=False)
        for number, prompt in enumerate(bar):
            self._progress.at("read", number / len(missing))
            while not self._read_in_background(prompt):
                pass

    def _read_in_background(self, prompt: Prompt) -> bool:
        """Whether a prompt's static part could be read before a question came."""
        interrupt = Interrupt()
        with self._line.background(interrupt.request):
            try:
                self._hold(self.process.ready(), prompt, WARM_TIMEOUT, interrupt)
            except Interrupted:
                return False
        return True

    def close(self) -> None:
        """End the child process; a stream under way ends with an error."""
        if self._process is not None:
            self._process.close()

    def _start_loading(self) -> None:
        """Both take a second or two: llama.cpp loads the model while this process imports LangChain."""
        self.process.spawn()
        importlib.import_module("langchain_openai")

    def _key(self, prompt: Prompt) -> str:
        version = importlib.metadata.version("xllamacpp")
        parts = [f"{message['role']}:{message['content']}" for message in _static_messages(prompt)]
        return prefix_key(self._identity, version, str(N_CTX), *parts)

    def _hold(self, endpoint: Endpoint, prompt: Prompt, timeout: float, interrupt: Interrupt | None = None) -> None:
        """Make the slot begin with the prompt's static part: as it is, from disk, or by reading it now."""
        static = _static_messages(prompt)
        key = self._key(prompt)
        if not static or self._held == (endpoint.start, key):
            return
        self._held = None
        try:
            if not self._restore(endpoint, key, timeout):
                # An empty question: the text then ends in the template's own line break, which no tokenizer joins
                # with a following word, so every real question shares all tokens up to there.
                body = {"messages": [*static, {"role": "user", "content": ""}], "max_tokens": 1, "temperature": 0}
                endpoint.post("/v1/chat/completions", body, timeout=timeout, interrupt=interrupt)
                self._save(endpoint, key, timeout)
        except ValueError as error:
            reason = str(error)
            if "exceed_context_size" in reason:
                raise ModelError(
                    f"The prompt's fixed part alone is longer than the local chat model reads ({N_CTX} tokens). "
                    "Shorten the system text or the examples in prompts/."
                ) from error
            raise ModelError(f"The local chat model refused a prompt ({reason}).") from error
        except (OSError, http.client.HTTPException) as error:
            slow = isinstance(error, TimeoutError)
            what = f"did not read its prompt within {timeout:.0f} s" if slow else f"broke off ({error or 'no answer'})"
            raise ModelUnavailable(
                f"The local chat model {what}. Ask again, raise BUDONGI_TURN_TIMEOUT, "
                "or set BUDONGI_CHAT_MODEL to a hosted model or none."
            ) from error
        self._held = (endpoint.start, key)

    def _restore(self, endpoint: Endpoint, key: str, timeout: float) -> bool:
        path = self._prefixes.find(key)
        if path is None:
            return False
        try:
            endpoint.post("/slots/0?action=restore", {"filename": path.name}, timeout=timeout)
        except (OSError, http.client.HTTPException):
            self._prefixes.discard(path)  # llama.cpp may have died of it: the next child must not
            raise
        except ValueError as error:
            logger.warning("prefix file %s cannot be restored (%s); reading the prompt again", path.name, error)
            self._prefixes.discard(path)
            return False
        return True

    def _save(self, endpoint: Endpoint, key: str, timeout: float) -> None:
        path = self._prefixes.new()
        try:
            endpoint.post("/slots/0?action=save", {"filename": path.name}, timeout=timeout)
            self._prefixes.keep(path, key)
        except (ValueError, OSError) as error:
            # A full disk, say. The slot holds the prefix all the same: slower next time, not wrong.
            logger.warning("the static part of a prompt cannot be kept in %s: %s", path.parent, error)
            path.unlink(missing_ok=True)

    def _chat(self, endpoint: Endpoint) -> tuple[BaseChatModel, Server]:
        if self._client is None or self._client[0] != endpoint:
            self._client = (endpoint, compatible.client(self.name, endpoint.base_url, endpoint.api_key, loopback=True))
        server = Server(
            model=self.name,
            address=endpoint.base_url,
            key_setting="BUDONGI_CHAT_MODEL",
            address_setting="BUDONGI_CHAT_MODEL",
            secret=endpoint.api_key,
        )
        return self._client[1], server


def _static_messages(prompt: Prompt) -> list[dict[str, str]]:
    return [{"role": role, "content": content} for role, content in prompt.messages()[:-1]]
