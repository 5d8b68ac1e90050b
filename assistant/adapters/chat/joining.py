"""A local chat model that joins while the server is up already: fetched, put together and loaded behind its back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.adapters.chat.fetching import Fetch
from assistant.adapters.chat.local_model import LocalChatModel, is_installed, open_local_model
from assistant.adapters.chat.progress import Progress
from assistant.domain import Loading
from assistant.errors import ModelError, ModelLoading
from assistant.ports import Delta, Prompt
from assistant.settings import Settings


class JoiningChatModel:
    """Until :meth:`warm` has ended once, every turn is told that the model is on its way, and composes its answer.

    A model that could not be loaded fails turns as one does that has died: each tries again, and says why.
    """

    def __init__(self, settings: Settings, fetch: str = "") -> None:
        """``fetch``: the command that installs the model where it is not installed.

        Raises:
            ModelFileError: it is not installed and there is no such command, or the file is not GGUF.
        """
        self._settings = settings
        self._progress = Progress()
        self._fetch = Fetch(fetch) if fetch and not is_installed(settings) else None
        self._model = None if self._fetch else open_local_model(settings, self._progress)
        self._joined = False
        self._problem: ModelError | None = None

    @property
    def name(self) -> str:
        return self._model.name if self._model else self._settings.chat_model

    @property
    def loading(self) -> Loading | None:
        """How far it is; None once it has joined, or failed."""
        return None if self._joined or self._problem else self._progress.now

    @property
    def problem(self) -> str:
        """Why it has not joined and will not by itself; empty where nothing is wrong."""
        return str(self._problem or "")

    def stream(self, prompt: Prompt, *, max_tokens: int, timeout: float | None = None) -> Iterator[Delta]:
        """See :class:`assistant.ports.ChatModel`.

        Raises:
            ModelLoading: it has not joined yet.
        """
        if now := self.loading:
            raise ModelLoading(now.step, now.percent)
        if self._model is None:
            assert self._problem is not None
            raise self._problem
        yield from self._model.stream(prompt, max_tokens=max_tokens, timeout=timeout)

    def warm(self, prompts: Sequence[Prompt]) -> None:
        """Bring the model here, which may take minutes, and have it read ``prompts``; then it has joined.

        Raises:
            ModelError: it could not be fetched or loaded, or does not answer.
        """
        try:
            self._brought().warm(prompts)
        except ModelError as error:
            if not self._joined:
                self._problem = error
            raise
        self._joined = True

    def close(self) -> None:
        """End what brings it, and its process."""
        if self._fetch:
            self._fetch.close()
        if self._model:
            self._model.close()

    def _brought(self) -> LocalChatModel:
        if self._model is None:
            assert self._fetch is not None
            self._fetch.run(self._progress)
            self._model = open_local_model(self._settings, self._progress)
        return self._model
