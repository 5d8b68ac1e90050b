from __future__ import annotations

import numpy as np
import pytest

from eval.perf.corpus_at_size import shaken
from eval.perf.search import growth, recall


def test_recall_is_the_share_of_the_true_ones() -> None:
    assert recall([["a", "b"], ["c"]], [["a", "x"], ["c"]]) == 0.75


def test_growth_is_an_exponent() -> None:
    assert growth(10, 20, 4) == pytest.approx(0.5)


def test_shaken_vectors_are_new_near_and_of_length_one() -> None:
    random = np.random.default_rng(1)
    vectors = random.standard_normal((50, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    moved = shaken(vectors, random)
    assert np.linalg.norm(moved, axis=1) == pytest.approx(np.ones(50), abs=1e-5)
    cosines = np.sum(moved * vectors, axis=1)
    assert cosines.min() > 0.5
    assert cosines.max() < 0.999
