"""What is known of a message and a help entry, as numbers that a prediction weighs.

Two sources speak for an entry: the search over the entries themselves, and past inquiries that it answered.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Language, Result
from assistant.domain.inquiries import SimilarInquiry

Numbers = NDArray[np.float64]

TOPICS = ("question", "faq", "synonyms")  # the chunks of a help entry
UNSEEN = -0.1  # cosine of a chunk that the search did not bring
ENGLISH_TWIN = "-en"
RUNNERS_UP = 5

CANDIDATE = (
    *("score", "dense", "coverage", "lexical", "dense_own", "dense_other", "dense_own_two", "score_three"),
    *("dense_question", "score_question", "rank"),
    *("inquiry", "inquiry_mean", "inquiry_terms", "inquiry_both"),
)
NONE = (
    *("bias", "score", "dense", "coverage", "lead", "length", "best_both", "english"),
    *("unanswered", "inquiry", "inquiry_terms"),
)


@dataclass
class _Entry:
    faq_id: str
    question: str
    score: float = 0.0
    dense: float = -1.0
    coverage: float = 0.0
    lexical: float = 0.0
    dense_by: dict[tuple[bool, str], float] = field(default_factory=dict)
    score_by: dict[tuple[bool, str], float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Features:
    """``candidates``: one row of :data:`CANDIDATE` per help entry; ``none``: the row of :data:`NONE`."""

    faq_ids: tuple[str, ...]
    questions: tuple[str, ...]
    candidates: Numbers
    none: Numbers


def twin_of(faq_id: str) -> str:
    """The entry that an English one is a translation of: they answer the same question."""
    return faq_id.removesuffix(ENGLISH_TWIN)


def features(
    results: Sequence[Result], similar: Sequence[SimilarInquiry], terms: Collection[str], language: Language
) -> Features:
    """``results``: the search of help entries alone, best first; ``terms``: lexical terms of the message."""
    entries = _entries(results, language)
    own = set(terms)
    shared = {item.inquiry.id: len(own & item.terms) / max(1, len(own | item.terms)) for item in similar}
    answered = defaultdict(list)
    for item in similar:
        answered[twin_of(item.inquiry.faq_id)].append(item)
    lexical = max((entry.lexical for entry in entries.values()), default=0.0) or 1.0
    rows = []
    for rank, (twin, entry) in enumerate(entries.items()):
        rows.append(_of_entry(entry, rank, lexical) + _of_inquiries(answered[twin], shared))
    candidates = np.array(rows, dtype=np.float64).reshape(len(rows), len(CANDIDATE))
    return Features(
        tuple(entry.faq_id for entry in entries.values()),
        tuple(entry.question for entry in entries.values()),
        candidates,
        _of_none(candidates, answered[""], similar, shared, len(own), language),
    )


def _entries(results: Sequence[Result], language: Language) -> dict[str, _Entry]:
    """Both languages of an entry as one, named by that of the message."""
    entries: dict[str, _Entry] = {}
    for result in results:
        entry = entries.setdefault(twin_of(result.source_id), _Entry(result.source_id, result.name_ko))
        own = result.language == language
        if own and not any(known for known, _ in entry.score_by):
            entry.faq_id, entry.question = result.source_id, result.name_ko
        topic = (own, _topic(result.chunk_id))
        entry.score = max(entry.score, result.score)
        entry.dense = max(entry.dense, result.dense)
        entry.coverage = max(entry.coverage, result.coverage)
        entry.lexical = max(entry.lexical, result.lexical)
        entry.dense_by[topic] = max(entry.dense_by.get(topic, UNSEEN), result.dense)
        entry.score_by[topic] = max(entry.score_by.get(topic, 0.0), result.score)
    return entries


def _topic(chunk_id: str) -> str:
    """The topic of a help entry's chunk; each of its variants is a question."""
    topic = chunk_id.split("#")[-1].split("-")[0]
    return "question" if topic == "variant" else topic


def _of_entry(entry: _Entry, rank: int, lexical: float) -> list[float]:
    own = [entry.dense_by.get((True, topic), UNSEEN) for topic in TOPICS]
    other = [entry.dense_by.get((False, topic), UNSEEN) for topic in TOPICS]
    scores = [entry.score_by.get((known, topic), 0.0) for known in (True, False) for topic in TOPICS]
    return [
        *(entry.score, entry.dense, entry.coverage, entry.lexical / lexical * entry.coverage),
        *(max(own), max(other), sum(sorted(own)[-2:]) / 2, sum(sorted(scores)[-3:]) / 3),
        *(max(own[0], other[0]), max(scores[0], scores[len(TOPICS)]), 1 / (1 + rank)),
    ]


def _of_inquiries(answered: Sequence[SimilarInquiry], shared: dict[str, float]) -> list[float]:
    """How near past inquiries that the entry answered are; zeros where there are none."""
    if not answered:
        return [0.0, 0.0, 0.0, 0.0]
    cosines = [item.cosine for item in answered]
    common = [shared[item.inquiry.id] for item in answered]
    both = max(0.7 * cosine + 0.3 * overlap for cosine, overlap in zip(cosines, common, strict=True))
    return [max(cosines), sum(cosines) / len(cosines), max(common), both]


def _of_none(
    candidates: Numbers,
    unanswered: Sequence[SimilarInquiry],
    similar: Sequence[SimilarInquiry],
    shared: dict[str, float],
    length: int,
    language: Language,
) -> Numbers:
    columns = dict(zip(CANDIDATE, candidates.T, strict=True)) if len(candidates) else {}
    best = {name: float(column.max()) for name, column in columns.items()}
    scores = sorted(columns.get("score", np.zeros(1)), reverse=True)
    both = float((columns["coverage"] * columns["dense"]).max()) if columns else 0.0
    return np.array(
        [
            *(1.0, -best.get("score", 0.0), -best.get("dense", 0.0), -best.get("coverage", 0.0)),
            *(-float(scores[0] - scores[min(RUNNERS_UP, len(scores) - 1)]), -math.log1p(length), -both),
            float(language == "en"),
            max((item.cosine for item in unanswered), default=0.0),
            *(-max((item.cosine for item in similar), default=0.0), -max(shared.values(), default=0.0)),
        ]
    )
