from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from shipped import PROMPTS, sample_sources

from ingest.packaged_vectors import packaged_vectors, write


def test_vectors_are_found_by_model_and_text(tmp_path: Path) -> None:
    file = tmp_path / "vectors.npz"
    vectors = np.eye(3, dtype=np.float32)
    write("a/3", ["하나", "둘", "셋"], vectors, file)
    found = packaged_vectors("a/3", ["둘", "넷"], file)
    assert list(found) == ["둘"]
    assert found["둘"] == pytest.approx(vectors[1])
    assert packaged_vectors("b/3", ["둘"], file) == {}
    assert packaged_vectors("a/3", ["둘"], tmp_path / "none.npz") == {}


def test_the_packaged_vectors_are_the_model_s_own() -> None:
    from assistant.adapters.embeddings.models import LocalEmbedding
    from ingest.writing.faq import faq_document

    faqs = sample_sources().faqs[::40]
    texts = [chunk.text for item in faqs for chunk in faq_document(PROMPTS, item.record).chunks]
    model = LocalEmbedding()
    known = packaged_vectors(model.name, texts)
    assert known.keys() == set(texts), "the samples changed: run `python -m ingest.packaged_vectors`"
    fresh = model.embed_passages(texts)
    assert np.stack([known[text] for text in texts]) == pytest.approx(fresh, abs=2e-3)
