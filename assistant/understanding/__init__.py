"""Understanding a question: :func:`understand` is the way in."""

from assistant.understanding.reading import Tagger, read, speaks_of_housing, understand
from assistant.understanding.vocabulary import Vocabulary

__all__ = ["Tagger", "Vocabulary", "read", "speaks_of_housing", "understand"]
