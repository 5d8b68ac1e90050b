"""Vectors of the sample corpus, computed beforehand, so that the first start need not embed it again.

``sample_vectors.npz`` holds ``model`` (name), ``keys`` (n × 16 bytes of SHA-256 of a chunk's text) and ``vectors``
(n × dimensions, float16, the precision of the store). A text that is not in it, or another model, is embedded as usual:
a stale file costs time and nothing else. ``python -m ingest.packaged_vectors`` writes it anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from assistant.ports import Vectors
from prompts.loader import Prompts

FILE = Path(__file__).parent / "sample_vectors.npz"
KEY_BYTES = 16


def key(text: str) -> bytes:
    """What a text is filed under."""
    return hashlib.sha256(text.encode()).digest()[:KEY_BYTES]


def packaged_vectors(model: str, texts: Iterable[str], file: Path = FILE) -> Mapping[str, Vectors]:
    """Those of ``texts`` whose vectors of ``model`` are packaged, each of shape ``(dimensions,)``, float32."""
    if not file.exists():
        return {}
    with np.load(file, allow_pickle=False) as stored:
        if str(stored["model"]) != model:
            return {}
        rows = {bytes(row): index for index, row in enumerate(stored["keys"])}
        vectors = stored["vectors"].astype(np.float32)
    return {text: vectors[rows[found]] for text in texts if (found := key(text)) in rows}


def write(model: str, texts: Sequence[str], vectors: Vectors, file: Path = FILE) -> None:
    """Package these vectors, in an order that depends on the texts alone."""
    order = sorted(range(len(texts)), key=lambda index: key(texts[index]))
    keys = np.array([np.frombuffer(key(texts[index]), dtype=np.uint8) for index in order])
    np.savez_compressed(file, model=np.array(model), keys=keys, vectors=vectors[order].astype(np.float16))


def main() -> None:
    """Embed the sample corpus and package its vectors; what is packaged already is not embedded again."""
    from assistant.adapters.embeddings.models import open_embedding
    from assistant.settings import Settings
    from ingest.reading import SAMPLES, read_documents
    from ingest.workers import embed_batches

    documents, _ = read_documents(Prompts.read(), [SAMPLES])
    texts = list(dict.fromkeys(chunk.text for document in documents for chunk in document.chunks))
    settings = Settings(embedding_model="local")
    model = open_embedding(settings)
    vectors = dict(packaged_vectors(model.name, texts))
    batches = [[text] for text in texts if text not in vectors]
    for index, found in embed_batches(model, partial(open_embedding, settings), batches):
        vectors[batches[index][0]] = found[0]
    write(model.name, texts, np.stack([vectors[text] for text in texts]))
    print(f"{FILE}: {len(texts)} vectors, {len(batches)} of them new, {FILE.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
