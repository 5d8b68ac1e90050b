"""Which help entry answers a message: :class:`EntryPredictor` is the way in."""

from assistant.entry_prediction.predictor import EntryPredictor

__all__ = ["EntryPredictor"]
