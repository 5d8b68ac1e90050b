"""Plain text into lines and sentences that can be cited alone. Rows of lists and tables stay whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from assistant.domain import Language, Sentence

HANGUL = re.compile(r"[가-힣ㄱ-ㅎㅏ-ㅣ]")
LETTER = re.compile(r"[^\W\d_]")
KOREAN_SHARE = 0.3  # of the letters; English prose with Korean names in it stays below
FEW_LETTERS = 20  # fewer say nothing about the language: a row of figures

ROW = re.compile(r"\s*(?:[-*+•·‧∙○◦●□■▪▫◇◆※▶▷☞]\s|[①-⑳]|\(?\d{1,2}[.)]\s|\(?[가-하][.)]\s|[ⅰ-ⅹⅠ-Ⅹ][.)]\s)")
TABLE_ROW = re.compile(r"\||\t|\S {3,}\S.* {3,}\S")
SENTENCE_END = re.compile(r"(?<=[.!?。…])[\"'”’)\]]*\s+")
# What ends in a full stop without ending a sentence: "1.", "가.", "No.", "e.g.".
NOT_AN_END = re.compile(r"(?:^|[\s(])(?:\d+|[가-하]|[A-Za-z]|No|Mr|Mrs|Ms|Dr|St|vs|etc|e\.g|i\.e|approx|Co|Ltd|Inc)\.$")
WRAPPED_WIDTH = 60  # columns (a Hangul syllable has two): a line this long without an end goes on in the next


def language_of(text: str, default: Language | None = None) -> Language:
    """By the share of Hangul among the letters; ``default`` where a few Latin letters tell nothing (``84A``)."""
    letters, hangul = len(LETTER.findall(text)), len(HANGUL.findall(text))
    if default is not None and letters < FEW_LETTERS and not hangul:
        return default
    return "ko" if hangul >= KOREAN_SHARE * letters else "en"


def sentences(text: str) -> list[str]:
    """Sentences and rows of ``text`` in order, white space tidied; empty ones left out."""
    return [sentence for line in _lines(text) for sentence in _split(line)]


def _lines(text: str) -> Iterator[str]:
    """Lines, with those that were only wrapped joined again."""
    current = ""
    for line in unicodedata.normalize("NFC", text).splitlines():
        if not line.strip():
            if current:
                yield current
            current = ""
        elif current and _goes_on(current) and not ROW.match(line) and not TABLE_ROW.search(line):
            current = f"{current.rstrip()} {line.strip()}"
        else:
            if current:
                yield current
            current = line.rstrip()
    if current:
        yield current


def _goes_on(line: str) -> bool:
    last = line.rstrip()[-1:]
    width = sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line.splitlines()[-1])
    return last not in ".!?。…:;" and width >= WRAPPED_WIDTH and not TABLE_ROW.search(line)


def _split(line: str) -> Iterator[str]:
    if TABLE_ROW.search(line):
        yield " | ".join(cell for cell in (_tidy(cell) for cell in re.split(r"\||\t| {3,}", line)) if cell)
        return
    if ROW.match(line):
        yield _tidy(line)
        return
    start = 0
    for end in SENTENCE_END.finditer(line):
        piece = line[start : end.end()].strip()
        if not NOT_AN_END.search(piece):
            yield _tidy(piece)
            start = end.end()
    if rest := _tidy(line[start:]):
        yield rest


def pieces(text: str, limit: int) -> Iterator[str]:
    """A statement as it is, or, where it is too long to be found or cited, cut between words."""
    while len(text) > limit:
        cut = text.rfind(" ", limit // 2, limit)
        cut = cut if cut > 0 else limit
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    yield text


def sentence_of(text: str, facet: str, language: Language, tags: tuple[str, ...] = ()) -> Sentence:
    """English stands in both fields: there is no Korean of it, and English readers are shown ``en``."""
    return Sentence(text, text if language_of(text, language) == "en" else "", facet, tags)


def _tidy(text: str) -> str:
    return " ".join(text.split())
