"""Words of a question that no rule understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.domain import Unmatched
from assistant.language.text import ReadableText

MIN_NAME = 3
LONGEST_WORD = 60  # letters
NOUN_TAGS = ("NNG", "NNP", "XR", "SL", "NR")
# Behind a name that it does not know, a tokenizer takes a particle for a noun: 센텀Ⅱ도, 아이파크랑.
PARTICLES = frozenset(
    (
        "은",
        "는",
        "이",
        "가",
        "을",
        "를",
        "의",
        "도",
        "만",
        "과",
        "와",
        "랑",
        "이랑",
        "하고",
        "에",
        "로",
        "으로",
        "나",
        "이나",
        "요",
    )
)


# What stands behind these is wished for: near the sea.
_WISHED = re.compile(
    r"\b(?:near|nearby|close to|next to|beside|by|overlooking|with|without|(?:is|are) there)\s+"
    r"(?:(?:an?|the|some|any|good|nice|great)\s+)*$"
)


def leftover(text: ReadableText, tagged: Sequence[tuple[str, str, int]]) -> list[tuple[str, int]]:
    """Nouns that nothing understood, with their positions."""
    generic = text.prompts.generic_words
    return [
        (form, start)
        for form, tag, start in tagged
        if tag in NOUN_TAGS
        and form.rstrip(".,") not in generic
        and not text.is_taken(start, start + max(1, len(form) - 2))
        and not cuts_a_word(text.text, start)
        and not (form in PARTICLES and start > 0 and text.is_taken(start - 1, start))
    ]


def cuts_a_word(text: str, start: int) -> bool:
    """Whether a Latin term begins within a word: of "time. I" a tokenizer makes "t" and "ime."."""
    return text[start - 1 : start + 1].isascii() and text[start - 1 : start + 1].isalpha() and start > 0


def runs(left: Sequence[tuple[str, int]], gap: int) -> list[tuple[int, int, list[str]]]:
    """Leftover terms that stand at most ``gap`` characters apart: where each run starts and ends, and its terms."""
    runs: list[tuple[int, int, list[str]]] = []
    for form, start in left:
        end = start + len(form)
        if runs and start - runs[-1][1] <= gap:
            runs[-1] = (runs[-1][0], end, [*runs[-1][2], form])
        else:
            runs.append((start, end, [form]))
    return runs


def longest_run(text: ReadableText, left: Sequence[tuple[str, int]]) -> str:
    """Leftover terms that stand next to each other, as typed: most likely a name."""
    start, end, _ = max(runs(left, gap=1), key=lambda run: run[1] - run[0], default=(0, 0, []))
    return text.text[start:end]


def unmatched_in(text: ReadableText, left: Sequence[tuple[str, int]], language: str) -> Iterator[Unmatched]:
    """Leftover words as typed. In English names and what is wished for are worth telling: others may be small talk."""
    for run_start, run_end, terms in runs(left, gap=0):
        end = run_end
        while language == "en" and end < min(len(text.text), run_start + LONGEST_WORD) and text.text[end].isalnum():
            end += 1
        is_name = run_start > 0 and end - run_start >= MIN_NAME and text.text[run_start].isupper()
        wished = bool(_WISHED.search(text.lower, max(0, run_start - LONGEST_WORD), run_start))
        for term in terms:
            told = language == "ko" or is_name or wished
            yield Unmatched(term, text.text[run_start:end], told)
