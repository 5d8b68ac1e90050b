"""Predicts help entries from a search over them and from past inquiries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain import Filters, Language
from assistant.domain.inquiries import Prediction, SimilarInquiry
from assistant.ports import Inquiries, SearchRequest, SearchStore, Vectors
from assistant.retrieval.entry_classifier.features import Features, features
from assistant.retrieval.entry_classifier.prediction import predict

ENTRIES = 400  # chunks of help entries that are looked at
NEIGHBOURS = 200  # past inquiries that are looked at


@dataclass(frozen=True)
class EntryPredictor:
    """Over the help entries of ``store`` and the past inquiries that they answered."""

    store: SearchStore
    inquiries: Inquiries

    def predict(
        self, vector: Vectors, terms: Sequence[str], language: Language
    ) -> tuple[Prediction, list[SimilarInquiry]]:
        """The likeliest entries for a message, and the past inquiries nearest to it.

        ``vector`` is the raw query embedding of the message, ``terms`` its lexical terms.
        """
        known, similar = self.observe(vector, terms, language)
        return predict(known), similar

    def observe(
        self, vector: Vectors, terms: Sequence[str], language: Language
    ) -> tuple[Features, list[SimilarInquiry]]:
        """What a prediction weighs, and the past inquiries nearest to the message."""
        # First what fails where the model's index was dropped: inquiries would be embedded for nothing.
        entries = self.store.search(SearchRequest(vector, terms, language, Filters(), domains=("faq",), limit=ENTRIES))
        similar = self.inquiries.nearest(vector, language, NEIGHBOURS)
        return features(entries, similar, terms, language), similar
