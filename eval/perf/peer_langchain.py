"""langchain-postgres on given rows, in an environment of its own: run by :mod:`eval.perf.peers`, not by hand.

argv: a SQLAlchemy URL of a database, a folder, how many to find. In it, ``rows.jsonl`` {"id", "text"} with ``rows.npy``
(n x dimensions), and ``questions.jsonl`` {"text"} with ``questions.npy``. Prints JSON on one line:
``{"version", "write": seconds, "dense": [ms...], "dense_found": [[id...]...], "hybrid": ..., "hybrid_found": ...}``.
"""
# mypy: ignore-errors

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from pathlib import Path

import numpy as np
from langchain_postgres import PGEngine, PGVectorStore
from langchain_postgres.v2.hybrid_search_config import HybridSearchConfig, reciprocal_rank_fusion
from langchain_postgres.v2.indexes import HNSWIndex


class NoEmbeddings:
    """Vectors are given: what is timed is the store."""

    def embed_documents(self, texts):
        raise NotImplementedError

    def embed_query(self, text):
        raise NotImplementedError


def main() -> None:
    url, folder, limit = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
    rows = [json.loads(line) for line in (folder / "rows.jsonl").read_text(encoding="utf-8").splitlines()]
    vectors = np.load(folder / "rows.npy").tolist()
    questions = [json.loads(line) for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()]
    asked = np.load(folder / "questions.npy").tolist()
    # No Korean text search configuration exists: "simple", over the words as they are.
    hybrid = HybridSearchConfig(
        tsv_column="content_tsv",
        tsv_lang="pg_catalog.simple",
        fusion_function=reciprocal_rank_fusion,
        primary_top_k=50,
        secondary_top_k=50,
    )
    engine = PGEngine.from_connection_string(url)
    engine.init_vectorstore_table(
        "peer", len(vectors[0]), id_column="langchain_id", overwrite_existing=True, hybrid_search_config=hybrid
    )
    store = PGVectorStore.create_sync(engine, NoEmbeddings(), "peer", hybrid_search_config=hybrid, k=limit)
    texts = [row["text"] for row in rows]
    metadata = [{"chunk": row["id"]} for row in rows]
    began = time.perf_counter()
    store.add_embeddings(texts, vectors, metadatas=metadata)
    result = {"version": version("langchain-postgres"), "write": time.perf_counter() - began}
    store.apply_vector_index(HNSWIndex())
    store.apply_hybrid_search_index()
    dense = PGVectorStore.create_sync(engine, NoEmbeddings(), "peer", k=limit)
    for name, searched in (("dense", dense), ("hybrid", store)):
        milliseconds, found = [], []
        for question, vector in zip(questions, asked, strict=True):
            given = {"fts_query": question["text"]} if name == "hybrid" else {}
            searched.similarity_search_by_vector(vector, k=limit, **given)
            began = time.perf_counter()
            documents = searched.similarity_search_by_vector(vector, k=limit, **given)
            milliseconds.append((time.perf_counter() - began) * 1000)
            found.append([document.metadata["chunk"] for document in documents])
        result[name], result[f"{name}_found"] = milliseconds, found
    print(json.dumps(result))


if __name__ == "__main__":
    main()
