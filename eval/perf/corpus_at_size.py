"""A store of any size to measure on: the sample corpus, copied, each copy with vectors of its own.

A copy keeps words and attributes, so that terms and filters stay as selective as they are; its vectors are the
original's turned to a random other one and shaken by noise, so that neighbourhoods are as crowded as real ones are,
and no two vectors are equal. Synthetic, and more alike than a real corpus of that size would be: harder for an index.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from pgvector import HalfVector
from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.documents import INDEX_FROM, Documents
from assistant.adapters.postgres.queries import query
from assistant.ports import Vectors

NOISE = 0.5  # length of the noise, of vectors of length 1
TURN = 0.5  # weight of the random other vector


def grow(pool: ConnectionPool, chunks: int, random: np.random.Generator, *, index_from: int = INDEX_FROM) -> int:
    """Add copies until the store holds at least ``chunks``, index it as an ingest does, and say how many there are."""
    with pool.connection() as connection:
        rows = connection.execute(query("measure/vectors")).fetchall()
        held = (connection.execute(query("measure/size")).fetchone() or (0,))[0]
    originals = [(chunk_id, language, digest) for chunk_id, language, _, digest in rows]
    vectors = np.stack([centred.to_numpy() for _, _, centred, _ in rows])
    first = int(held) // len(originals)
    last = max(first, -(-chunks // len(originals))) - 1
    if last >= first:
        with pool.connection() as connection:
            connection.execute(query("measure/before_growth"))
            connection.execute(query("measure/multiply"), {"first": first, "last": last})
            with connection.cursor() as cursor, cursor.copy(query("measure/copy_vectors")) as copy:
                copy.set_types(("text", "text", "halfvec", "halfvec", "bytea", "bytea"))
                for number in range(first, last + 1):
                    for row in _copies(originals, shaken(vectors, random), number):
                        copy.write_row(row)
            connection.execute(query("measure/after_growth"))
            if (last + 1) * len(originals) >= index_from:
                connection.execute(query("measure/build_vector_index"))
    Documents(pool).index(index_from)
    with pool.connection() as connection:
        connection.execute(query("measure/analyse"))
    return (last + 1) * len(originals)


def shaken(vectors: Vectors, random: np.random.Generator) -> Vectors:
    """New vectors of length 1 around these; both of shape ``(n, dimensions)``."""
    noise = random.standard_normal(vectors.shape) / np.sqrt(vectors.shape[1])
    moved = vectors + TURN * vectors[random.permutation(len(vectors))] + NOISE * noise
    return np.asarray(moved / np.linalg.norm(moved, axis=1, keepdims=True), dtype=np.float32)


def _copies(
    originals: Sequence[tuple[str, str, bytes]], vectors: Vectors, number: int
) -> Iterator[tuple[str, str, HalfVector, HalfVector, bytes, bytes]]:
    for (chunk_id, language, digest), vector in zip(originals, vectors, strict=True):
        value = HalfVector(vector)
        yield f"{chunk_id}~{number}", language, value, value, digest, b""
