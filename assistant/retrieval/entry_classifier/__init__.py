"""Which help entry answers a message: :class:`EntryPredictor` is the way in."""

from assistant.retrieval.entry_classifier.predictor import EntryPredictor

__all__ = ["EntryPredictor"]
