"""Understanding a question: :func:`understand` is the way in."""

from assistant.understanding.history import after
from assistant.understanding.reading import Tagger, read, speaks_of_housing, understand
from assistant.understanding.vocabulary import Vocabulary
from assistant.understanding.why_not import about_excluded, words_of

__all__ = ["Tagger", "Vocabulary", "about_excluded", "after", "read", "speaks_of_housing", "understand", "words_of"]
