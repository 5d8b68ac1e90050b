"""Embeddings kept on disk, so that a second run of a question set, or of an ablation, embeds nothing."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.ports import EmbeddingModel, Vectors


class QueryCache:
    """An embedding model whose vectors are remembered under ``folder``, by model and text. Call :meth:`save`.

    A file holds ``keys`` (n × 32 bytes, SHA-256 of the text) and ``vectors`` (n × dimensions, float32).
    """

    def __init__(self, model: EmbeddingModel, folder: Path) -> None:
        self._model = model
        self._folder = folder
        self._known: dict[str, dict[bytes, Vectors]] = {}
        self._grown: set[str] = set()

    @property
    def name(self) -> str:
        return self._model.name

    @property
    def dimensions(self) -> int:
        return self._model.dimensions

    def embed_query(self, text: str) -> Vectors:
        """Shape ``(dimensions,)``."""
        vectors = self._vectors("query")
        key = _key(text)
        if key not in vectors:
            vectors[key] = self._model.embed_query(text)
            self._grown.add("query")
        return vectors[key]

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Shape ``(len(texts), dimensions)``."""
        return np.stack([self.embed_query(text) for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Shape ``(len(texts), dimensions)``; only those not yet known are embedded."""
        vectors = self._vectors("passage")
        if missing := self.unknown(texts):
            self.remember(missing, self._model.embed_passages(missing))
        return np.stack([vectors[_key(text)] for text in texts])

    def unknown(self, texts: Sequence[str]) -> list[str]:
        """The passages of ``texts`` that would have to be embedded, each once."""
        vectors = self._vectors("passage")
        return [text for text in dict.fromkeys(texts) if _key(text) not in vectors]

    def remember(self, texts: Sequence[str], vectors: Vectors) -> None:
        """Passages that others embedded."""
        self._vectors("passage").update(zip(map(_key, texts), vectors, strict=True))
        self._grown.add("passage")

    def save(self) -> None:
        """Write what was added; a reader sees the old file or the new one."""
        for side in self._grown:
            known = self._known[side]
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".npz", delete=False) as file:
                keys = np.array([np.frombuffer(key, dtype=np.uint8) for key in known])
                np.savez(file, keys=keys, vectors=np.stack(list(known.values())))
            Path(file.name).replace(self._file(side))
        self._grown.clear()

    def _file(self, side: str) -> Path:
        return self._folder / f"{side}-{hashlib.sha256(self.name.encode()).hexdigest()[:16]}.npz"

    def _vectors(self, side: str) -> dict[bytes, Vectors]:
        if side not in self._known:
            self._known[side] = {}
            if self._file(side).exists():
                with np.load(self._file(side), allow_pickle=False) as stored:
                    rows = zip(stored["keys"], stored["vectors"], strict=True)
                    self._known[side] = {key.tobytes(): vector for key, vector in rows}
        return self._known[side]


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()
