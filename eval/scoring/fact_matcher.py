"""Whether a text says a fact of a dataset: words, or a figure in any form; and does not deny it."""

from __future__ import annotations

import re
import unicodedata

from eval.data.figures import located, parse_figure, readable, states

MARK = re.compile(r"\[(\d{1,2})\]")
_DENIED_AFTER = re.compile(r"\s*(?:[이가은는도]\s*아[니닌닙]|(?:하|되)?[지질][는도]?\s*(?:않|못))")
_DENIED_BEFORE = re.compile(r"(?:\bnot|n't|\bnever)\s+(?:(?:in|on|by|at|a|the|about)\s+)?$", re.IGNORECASE)
_NEGATING = "불비미무"  # 불가능, 비과세, 미지급, 무주택


def bare(text: str) -> str:
    """Text as names are compared: NFC, lower case, no citation marks, no spaces."""
    return re.sub(r"\s", "", MARK.sub("", unicodedata.normalize("NFC", text))).casefold()


def says(text: str, alternative: str) -> bool:
    """Whether ``text`` says an alternative of a dataset. Korean words may be spaced in any way, or not at all."""
    text = MARK.sub("", text)
    wanted = parse_figure(alternative)
    if wanted is None:
        text = unicodedata.normalize("NFC", text)
        return any(not _denied(text, *found.span()) for found in _words(alternative).finditer(text))
    text = readable(text)
    return any(states(said, wanted) and not _denied(text, start, end) for said, start, end in located(text))


def _words(alternative: str) -> re.Pattern[str]:
    letters = re.sub(r"\s", "", unicodedata.normalize("NFC", alternative))
    words = r"\s*".join(map(re.escape, letters))
    # A Latin word is a whole one ("free" is not in "freedom"); Korean words grow particles and stand in compounds.
    before = r"(?<![A-Za-z0-9])" if letters[0].isascii() else rf"(?<![{_NEGATING}])"
    return re.compile(before + words + (r"(?![A-Za-z0-9])" if letters[-1].isascii() else ""), re.IGNORECASE)


def _denied(text: str, start: int, end: int) -> bool:
    return bool(_DENIED_AFTER.match(text, end) or _DENIED_BEFORE.search(text, 0, start))
