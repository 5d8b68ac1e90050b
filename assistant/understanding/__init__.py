"""Understanding a question: :func:`understand` is the way in."""

from assistant.language.gazetteer.vocabulary import Vocabulary
from assistant.understanding.exclusion_reason import about_excluded, words_of
from assistant.understanding.history import after
from assistant.understanding.reading import Tagger, read, speaks_of_housing, understand

__all__ = ["Tagger", "Vocabulary", "about_excluded", "after", "read", "speaks_of_housing", "understand", "words_of"]
