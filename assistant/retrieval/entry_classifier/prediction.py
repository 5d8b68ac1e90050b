"""Which help entry a message is answered by, with probabilities that can be taken at their word.

A conditional logit over the entries found and "none fits": each gets a weighted sum of its features, and the softmax
of the sums is the probability. ``python -m eval.checks.fit_prediction`` fits the weights and measures calibration.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from assistant.domain.inquiries import FaqMatch, Prediction
from assistant.retrieval.entry_classifier.features import CANDIDATE, NONE, Features, Numbers

FILE = Path(__file__).parent / "prediction_weights.json"
TOP = 3


@dataclass(frozen=True, slots=True)
class Weights:
    """One weight per feature: shapes ``(len(CANDIDATE),)`` and ``(len(NONE),)``."""

    candidate: Numbers
    none: Numbers


@cache
def fitted(file: Path = FILE) -> Weights:
    """The weights that were fitted and committed."""
    stored = json.loads(file.read_text(encoding="utf-8"))
    return Weights(
        np.array([stored["candidate"][name] for name in CANDIDATE]), np.array([stored["none"][name] for name in NONE])
    )


def probabilities(known: Features, weights: Weights) -> Numbers:
    """One probability per help entry, and that of none last; they add up to 1."""
    sums = np.append(known.candidates @ weights.candidate, known.none @ weights.none)
    exponentials = np.exp(sums - sums.max())
    return np.asarray(exponentials / exponentials.sum())


def predict(known: Features, weights: Weights | None = None, top: int = TOP) -> Prediction:
    """The ``top`` likeliest entries, best first, and the probability that none fits."""
    found = probabilities(known, weights or fitted())
    order = np.argsort(-found[:-1], kind="stable")[:top]
    matches = (FaqMatch(known.faq_ids[at], known.questions[at], float(found[at])) for at in order)
    return Prediction(tuple(matches), float(found[-1]))
