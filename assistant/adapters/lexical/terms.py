"""Terms for lexical search: Kiwi morphemes for Korean, stems for English, numbers as written."""

from __future__ import annotations

import threading
import unicodedata
from functools import cache, lru_cache
from itertools import zip_longest

import snowballstemmer
from kiwipiepy import Kiwi

from assistant.adapters.lexical.english_words import is_common_english

# Content morphemes: nouns, roots, verb and adjective stems, foreign words, numbers. Particles carry no topic.
CONTENT_TAGS = ("NNG", "NNP", "NNB", "NR", "XR", "VV", "VA", "SL", "SN", "SH")
UNIT_TAGS = ("NNG", "NNB", "SL", "SW")
FUNCTION_TAGS = ("V", "J", "E", "XS", "MA", "NP")
FUNCTIONAL = 3  # syllables: in a longer word a verb is rather a part of a name
FIRST_WORD = 100  # what Kiwi guesses has the number of its part of speech in place of one in the dictionary
LEAST_NUMBER = 2  # digits
REMEMBERED = 2048  # texts: a turn takes its question and its evidence apart several times
# Verbs and dependent nouns that stand in nearly every question and distinguish nothing.
STOP_TERMS = frozenset(
    (
        *("있", "하", "되", "알리", "보", "주", "것", "수", "등", "및", "이", "그", "저", "거", "곳", "때", "좋"),
        *("the", "a", "an", "of", "in", "on", "at", "to", "is", "are", "be", "was", "were", "do", "does", "did", "can"),
        *("i", "me", "my", "it", "its", "and", "or", "for", "with", "what", "which", "how", "there", "have", "has"),
        *("that", "this"),
    )
)
_ENGLISH = snowballstemmer.stemmer("english")
_STEMMING = threading.Lock()  # the stemmer keeps the word it works on in itself


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    """Stemming in Python takes longer than finding it again, and a corpus has few words that are new."""
    with _STEMMING:
        return str(_ENGLISH.stemWord(word))


class KiwiTokenizer:
    """Korean morphological analysis by Kiwi. Thread-safe; loading takes half a second: see :func:`open_tokenizer`."""

    def __init__(self) -> None:
        # The wordlists of named entities and typos double the loading time and change no result here.
        self._kiwi = Kiwi(num_workers=1, load_default_dict=False, load_typo_dict=False, load_multi_dict=False)
        self._lock = threading.Lock()
        self._remembered = lru_cache(maxsize=REMEMBERED)(self._tagged)

    def terms(self, text: str) -> list[str]:
        """Terms of ``text`` in order, repeats kept, stop terms left out."""
        return [term for term, _, _ in self.tagged(text)]

    def is_word(self, word: str) -> bool:
        """Whether the dictionary has ``word``, or a verb or adverb begins it (하고 is no misspelt 학교), or it
        holds a particle; of English, whether it is common."""
        if word.isascii():
            return is_common_english(word)
        with self._lock:
            tokens = self._kiwi.tokenize(word)
        if len(tokens) == 1 and tokens[0].id >= FIRST_WORD:
            return True
        return len(word) <= FUNCTIONAL and (
            tokens[0].tag.startswith(FUNCTION_TAGS) or any(token.tag.startswith("J") for token in tokens)
        )

    def tagged(self, text: str) -> list[tuple[str, str, int]]:
        """``(term, part of speech, position in the NFC text)`` of every content morpheme."""
        return list(self._remembered(text))

    def _tagged(self, text: str) -> tuple[tuple[str, str, int], ...]:
        with self._lock:
            tokens = self._kiwi.tokenize(unicodedata.normalize("NFC", text))
        found = []
        for token, following in zip_longest(tokens, tokens[1:]):
            tag = token.tag.split("-")[0]  # VV-I, VA-R: irregular stems
            if tag not in CONTENT_TAGS:
                continue
            word = token.form.lower()
            if tag == "SN" and following is not None and token.end == following.start and following.tag in UNIT_TAGS:
                # 1순위 is not any 1: a number is indexed with its unit, and alone only where it says something.
                found.append((word + following.form.lower(), "SN", token.start))
                if len(word) < LEAST_NUMBER:
                    continue
            if word not in STOP_TERMS:
                found.append((_stem(word) if tag == "SL" else word, tag, token.start))
        return tuple(found)


@cache
def open_tokenizer() -> KiwiTokenizer:
    """The one tokenizer of this process."""
    return KiwiTokenizer()
