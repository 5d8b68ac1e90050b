"""A question's text, and which of its words have already been understood."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from assistant.domain import MOST_QUESTION, Reading
from prompts.loader import Prompts

Span = tuple[int, int]

_HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")
_LATIN = re.compile(r"[A-Za-z]")
_ENGLISH_QUESTION = re.compile(
    r"(?:what|what'?s|how|when|where|who|which|why|is|are|can|does|do|tell|explain|define)\b(?!.*[가-힣](?:요|야|까|줘|죠|어|니)\b)",
    re.IGNORECASE | re.DOTALL,
)
LONGEST_NUMBER = 20  # digits: more is no figure
LONGEST_REPEAT = 20  # times that one character means more than it does once
_LONG = re.compile(rf"(\d{{{LONGEST_NUMBER}}})\d+|((.)\3{{{LONGEST_REPEAT - 1}}})\3+", re.DOTALL)


def clean(text: str) -> str:
    """NFC, control characters (NUL included) out, white space folded, at most :data:`MOST_QUESTION` characters.

    Long runs of digits, and of one character, are cut: what reads a text may go through each as often as it is long.
    """
    text = unicodedata.normalize("NFC", text)
    text = "".join(" " if unicodedata.category(char) in ("Cc", "Cs", "Zs") else char for char in text)
    text = re.sub(r" +", " ", text).strip()[:MOST_QUESTION]
    return _LONG.sub(lambda match: match[1] or match[2], text)


@lru_cache(maxsize=8192)
def is_korean(text: str) -> bool:
    """Korean when Hangul is at least a fifth of the letters: a Korean question may name things in Latin letters."""
    if _ENGLISH_QUESTION.match(text):  # "What's 분양가상한제?"
        return False
    hangul, latin = len(_HANGUL.findall(text)), len(_LATIN.findall(text))
    return hangul > 0 and hangul * 4 >= latin


@lru_cache(maxsize=65_536)
def squeeze(text: str) -> str:
    """Letters and digits only, lower case: names match whatever their spacing and punctuation."""
    return "".join(char for char in unicodedata.normalize("NFC", text).lower() if char.isalnum())


@dataclass
class ReadableText:
    """Text with spans marked as they are understood, so that what is left over can be seen.

    ``prompts`` have the words that it is read by.
    """

    text: str
    prompts: Prompts
    taken: list[Span] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._at = [index for index, char in enumerate(self.text) if char.isalnum()]
        self.squeezed = "".join(self.text[index].lower()[:1] for index in self._at)
        self.lower = self.text.lower()

    def _free(self, span: Span) -> bool:
        return all(span[1] <= start or span[0] >= end for start, end in self.taken)

    def is_taken(self, start: int, end: int) -> bool:
        """Whether any character of the span has been understood."""
        return not self._free((start, end))

    def words(self, span: Span) -> str:
        return self.text[span[0] : span[1]]

    def take(self, span: Span) -> str:
        """Mark as understood; returns the words."""
        self.taken.append(span)
        return self.words(span)

    def read(self, key: str, span: Span) -> Reading:
        """Mark as understood; returns the read-out with its words, white space at the ends left out."""
        words = self.take(span)
        start = span[0] + len(words) - len(words.lstrip())
        return Reading(key, words.strip(), start, start + len(words.strip()))

    def original(self, start: int, end: int) -> Span:
        """Span in the text of a span in ``squeezed``."""
        return self._at[start], self._at[end - 1] + 1

    def at_words(self, start: int, end: int) -> bool:
        """Whether a span in ``squeezed`` begins and ends where words of the text do."""
        first, last = self.original(start, end)
        return not self.text[first - 1 : first].isalnum() and not self.text[last : last + 1].isalnum()

    def find_squeezed(self, phrase: str, *, taken: bool = False) -> Span | None:
        """First place of ``phrase`` without regard to spacing, among what is not yet understood."""
        needle = squeeze(phrase)
        start = self.squeezed.find(needle) if needle else -1
        while start >= 0:
            span = self.original(start, start + len(needle))
            if taken or self._free(span):
                return span
            start = self.squeezed.find(needle, start + 1)
        return None

    def find_in_words(self, needle: str) -> Span | None:
        """First place of a squeezed ``needle`` that begins and ends where words do, spaces within it or not."""
        start = self.squeezed.find(needle)
        end = start + len(needle)
        return self.original(start, end) if start >= 0 and self.at_words(start, end) else None

    def find_word(self, phrase: str, *, taken: bool = False) -> Span | None:
        """First place of ``phrase`` as whole Latin words, any case; spaces and hyphens are alike."""
        if squeeze(phrase) not in self.squeezed:  # spares compiling a thousand patterns that cannot match
            return None
        pattern = r"(?<![a-z0-9])" + re.sub(r"[ \\-]+", r"[ -]?", re.escape(phrase.lower())) + r"(?![a-z0-9])"
        for match in re.finditer(pattern, self.lower):
            if taken or self._free(match.span()):
                return match.span()
        return None

    def find(self, phrase: str, *, taken: bool = False) -> Span | None:
        """Korean phrases by letters, Latin ones by whole words."""
        if is_korean(phrase):
            return self.find_squeezed(phrase, taken=taken)
        return self.find_word(phrase, taken=taken)

    def finditer(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """Matches among what is not yet understood."""
        for match in pattern.finditer(self.lower):
            if self._free(match.span()):
                yield match


def has_any(text: ReadableText, words: Mapping[str, Sequence[str]], language: str) -> bool:
    """Whether the text holds any of a word list's words of its language, understood already or not.

    A word of one syllable must begin a word of the text: 맛집 is no 집.
    """
    return any(
        text.find(word, taken=True) if len(word) > 1 else re.search(rf"(?<![가-힣]){word}", text.text)
        for word in words[language]
    )


def longest_first(phrases: Iterable[str]) -> list[str]:
    """So that 총 세대수 is found before 세대수."""
    return sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
