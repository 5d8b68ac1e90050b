"""Fits what ``assistant.desk`` predicts help entries with, and measures it: ``python -m eval.checks.fit_prediction``.

Two sets of messages have gold: ``datasets/matching/faq.jsonl``, known while the prediction was made, and
``datasets/assist/messages.jsonl``, written before it. Printed are: fitted on the first and measured on the second; and
ten-fold cross-validation over both. The committed weights are fitted on both. The store must hold the sample corpus.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.optimize import minimize

from assistant.bootstrap import open_desk
from assistant.desk import Desk
from assistant.language.masking import mask
from assistant.retrieval.entry_classifier.features import CANDIDATE, NONE, Features, Numbers, twin_of
from assistant.retrieval.entry_classifier.prediction import FILE, Weights, probabilities
from assistant.settings import Settings
from eval.data.cases import DATASETS
from eval.data.lines import read_lines
from eval.search.faq_matching import FaqCase, load_faq_cases

RIDGE = 1e-4
FOLDS = 10
BINS = 10


@dataclass(frozen=True)
class Known:
    """One message's features; ``right``: whether each candidate is, none last."""

    known: Features
    right: Numbers


def load_messages() -> list[FaqCase]:
    """Customers' messages with the help entries that answer them, named without the suffix of English twins.

    Raises:
        SourceError: a line is no such message; names file and line.
    """
    path = DATASETS / "assist" / "messages.jsonl"
    return read_lines(
        path,
        lambda row: FaqCase(row["id"], row["message"], row["language"], tuple(row["faq"])),
        "no message",
        "Give id, message, language, faq.",
    )


def observe(desk: Desk, messages: Sequence[FaqCase]) -> list[Known]:
    """The features of every message, as the desk sees it."""
    found = []
    for message in messages:
        text = mask(message.question)
        vector, terms = desk.assistant.embedding.embed_query(text), desk.assistant.tokenizer.terms(text)
        known, _ = desk.predictor.observe(vector, terms, "ko" if message.language == "ko" else "en")
        gold = set(map(twin_of, message.expected))
        right = np.array([twin_of(id_) in gold for id_ in known.faq_ids] + [not gold], dtype=float)
        found.append(Known(known, right))
    return found


def fit(data: Sequence[Known]) -> Weights:
    """Maximum likelihood of the conditional logit with a ridge."""

    def loss(weights: Numbers) -> tuple[float, Numbers]:
        total, slope = 0.0, 2 * RIDGE * weights
        split = Weights(weights[: len(CANDIDATE)], weights[len(CANDIDATE) :])
        for one in data:
            if not one.right.any():
                continue  # the right entry was not even found: nothing to learn from
            share = one.right / one.right.sum()
            found = probabilities(one.known, split)
            total -= float((share * np.log(found + 1e-12)).sum()) / len(data)
            gap = (found - share) / len(data)
            slope = slope + np.append(one.known.candidates.T @ gap[:-1], one.known.none * gap[-1])
        return total + RIDGE * float(weights @ weights), slope

    start = np.zeros(len(CANDIDATE) + len(NONE))
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 3_000}).x
    return Weights(found[: len(CANDIDATE)], found[len(CANDIDATE) :])


def figures(predicted: Sequence[tuple[Numbers, Numbers]]) -> dict[str, float]:
    """From pairs of probabilities and what is right: shares, and the expected calibration error in ten bins."""
    fits = [(found, right) for found, right in predicted if not right[-1]]
    none = [(found, right) for found, right in predicted if right[-1]]
    sure = np.array([found.max() for found, _ in predicted])
    hits = np.array([right[found.argmax()] for found, right in predicted])
    bins = np.clip((sure * BINS).astype(int), 0, BINS - 1)
    gaps = [(bins == at).mean() * abs(sure[bins == at].mean() - hits[bins == at].mean()) for at in set(bins.tolist())]
    return {
        "messages": len(predicted),
        "top_1": float(np.mean([right[found[:-1].argmax()] for found, right in fits])),
        "top_3": float(np.mean([right[np.argsort(-found[:-1])[:3]].any() for found, right in fits])),
        "none_recall": float(np.mean([found.argmax() == len(found) - 1 for found, _ in none])),
        "wrongly_none": float(np.mean([found.argmax() == len(found) - 1 for found, _ in fits])),
        "calibration_error": float(sum(gaps)),
    }


def cross_validated(data: Sequence[Known]) -> dict[str, float]:
    """Every message predicted by weights that were fitted without it."""
    order = np.random.default_rng(0).permutation(len(data))
    predicted = []
    for fold in range(FOLDS):
        out = set(order[fold::FOLDS].tolist())
        weights = fit([one for at, one in enumerate(data) if at not in out])
        predicted += [(probabilities(data[at].known, weights), data[at].right) for at in sorted(out)]
    return figures(predicted)


def main() -> None:
    """Print the figures and write the weights."""
    with open_desk(Settings.from_environment(), chat=False) as desk:
        first, second = observe(desk, load_faq_cases()), observe(desk, load_messages())
    weights = fit(first)
    apart = figures([(probabilities(one.known, weights), one.right) for one in second])
    both = cross_validated([*first, *second])
    for title, found in (("fitted on the first set, measured on the second", apart), ("ten-fold, both sets", both)):
        print(title + ": " + ", ".join(f"{name} {value:.3f}" for name, value in found.items()))
    if "--write" in sys.argv:
        weights = fit([*first, *second])
        stored = {
            "fitted": f"python -m eval.checks.fit_prediction --write, {date.today().isoformat()}",
            "ten_fold": {name: round(value, 4) for name, value in both.items()},
            "candidate": dict(zip(CANDIDATE, (round(float(w), 5) for w in weights.candidate), strict=True)),
            "none": dict(zip(NONE, (round(float(w), 5) for w in weights.none), strict=True)),
        }
        FILE.write_text(json.dumps(stored, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
