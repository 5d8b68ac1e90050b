"""The help entry that a prediction says answers, as evidence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.answering.evidence.free_text import shared_sentences
from assistant.domain import Evidence, Result, Understanding
from assistant.domain.inquiries import Prediction
from assistant.kinds.listing.reading import PROHIBITED
from assistant.retrieval.entry_classifier.features import twin_of
from assistant.retrieval.retriever import Retrieval

# Chosen by the 433 messages of eval.checks.fit_prediction, each predicted by weights fitted without it; UNLIKELY by
# reading answers to questions that no entry answers.
SURE = 0.5  # from which an entry answers what the search found nothing for
LIKELY = 0.3  # from which it is taken in place of what the search put first …
RIVAL = 0.8  # … unless that is nearly as likely
SURELY_NONE = 0.6  # from which what the search put first is no answer …
UNLIKELY = 0.15  # … nor is it below this, where that none fits is likelier than any entry
FAQ = "faq"


def may_be_an_entry(understanding: Understanding, found: Retrieval, chosen: Sequence[Evidence]) -> bool:
    """Whether a question is one for the help centre: no complex, condition or post answers it, no shared fact, and it
    is not for goods that may not be traded.
    """
    return (
        (understanding.listing is None or not chosen)
        and not any(reading.key == PROHIBITED for reading in understanding.readings)
        and understanding.domain != "housing"
        and not (understanding.entities or understanding.unknown_names or understanding.impossible)
        and not found.candidates
        and all(item.facet == FAQ for item in chosen)
        and not any(left.absent for left in understanding.unmatched)
    )


def of_prediction(
    prediction: Prediction,
    understanding: Understanding,
    chosen: tuple[Evidence, ...],
    chunks_of: Callable[[Sequence[str]], list[Result]],
    terms: Callable[[str], list[str]],
) -> tuple[Evidence, ...]:
    """``chosen``, or the predicted entry's sentences where it is surely another one; none where surely none fits."""
    taken = {twin_of(item.source_id) for item in chosen}
    if not prediction.fits:
        likely = max((one.probability for one in prediction.matches if twin_of(one.faq_id) in taken), default=0.0)
        return () if prediction.none >= SURELY_NONE or likely < UNLIKELY else chosen
    best = prediction.matches[0]
    rivals = {twin_of(match.faq_id) for match in prediction.matches if match.probability >= RIVAL * best.probability}
    if best.probability < (LIKELY if chosen else SURE) or taken & rivals:
        return chosen
    answers = [chunk for chunk in chunks_of([f"{FAQ}:{best.faq_id}"]) if chunk.topic == FAQ]
    found = shared_sentences(answers[0], understanding, terms) if answers else chosen
    return tuple(replace(item, n=n) for n, item in enumerate(found, start=1))
