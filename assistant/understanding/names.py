"""Which complexes a question names, and which names it uses that the store does not have."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from assistant.domain import EntityName, Reading
from assistant.understanding.leftover import MIN_NAME, leftover
from assistant.understanding.numbers import Readings
from assistant.understanding.text import ReadableText, has_any, squeeze
from assistant.understanding.vocabulary import Vocabulary
from prompts import loader

MAX_NAMESAKES = 8
MAX_SHARING_WORDS = 5  # more complexes than this share the words: they name none of them
_PHASE = re.compile(r"\d+\s*(?:차|단지|블록)")
# What makes another complex of it: 골드파크 (known) 5차 (not known).
_CONTINUES = re.compile(r"^(?:\d+|[ivx]+|[가-힣a-z]{0,6}\d+)(?:차|단지|블록|bl)")


def read_entities(
    text: ReadableText, vocabulary: Vocabulary, readings: Readings
) -> tuple[tuple[EntityName, ...], tuple[str, ...]]:
    """Complexes by name or alias, whatever the spacing, then with a typo. Second: names that no document has."""
    found: dict[str, tuple[int, EntityName]] = {}
    unknown: list[str] = []
    for alias in vocabulary.aliases():
        if alias not in text.squeezed:
            continue
        span = text.find_squeezed(alias)
        if span is None:
            continue
        end = text.squeezed.find(alias) + len(alias)
        named = vocabulary.named(alias)
        if rest := _CONTINUES.match(text.squeezed[end:]):
            whole = text.find_squeezed(alias + rest.group())
            if whole:
                unknown.append(text.take(whole))
                continue
        readings.append(text.read("entity", span))
        if len(named) > MAX_NAMESAKES:
            continue
        found.update((name.id, (span[0], name)) for name in named)
    if found or unknown:
        # In the order in which the question names them; of one place, in the store's.
        in_order = sorted(found.values(), key=lambda pair: pair[0])
        return tuple(name for _, name in in_order), tuple(unknown)
    if match := vocabulary.like(text.squeezed):
        alias, named = match
        if len(named) <= MAX_NAMESAKES:
            span = _span_like(text, alias)
            if span:
                readings.append(text.read("entity", span))
            return named, ()
    return (), ()


def _span_like(text: ReadableText, alias: str) -> tuple[int, int] | None:
    window = fuzz.partial_ratio_alignment(alias, text.squeezed)
    if window is None or window.dest_end <= window.dest_start:
        return None
    return text.original(window.dest_start, min(window.dest_end, len(text.squeezed)))


def read_by_sound(
    text: ReadableText, vocabulary: Vocabulary, left: Sequence[int], readings: Readings
) -> tuple[EntityName, ...]:
    """A complex whose English name is spelled otherwise than in the store. ``left``: where leftover words are."""
    found: list[EntityName] = []
    while True:
        spans = {match.group(): match.span() for match in re.finditer(r"[A-Za-z][A-Za-z'-]*", text.text)}
        telling = [word for word, span in spans.items() if span[0] in left and not text.is_taken(*span)]
        if any(char.isupper() for char in text.text[1:]):  # who capitalises names has capitalised this one too
            telling = [word for word in telling if word[0].isupper()]
        named, used = vocabulary.by_sound(list(spans), telling)
        if not named or len(named) > MAX_NAMESAKES:
            return tuple(found)
        for word in used:
            text.taken.append(spans[word])
        readings.append(Reading("entity", " ".join(sorted(used, key=lambda word: spans[word][0]))))
        found += named


def read_brands(
    text: ReadableText, vocabulary: Vocabulary, left: Sequence[int], readings: Readings
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Brands named without a known complex: 강남구 래미안 = every 래미안 of the district. As squeezed Korean names.

    Second: a brand with other name-like words beside it (``left``: where they start) is a complex the store lacks.
    """
    found, unknown = [], []
    for ko, en in vocabulary.brands:
        span = text.find_squeezed(ko) if len(ko) > 1 else None
        if span is None and en and len(en) > 3:
            span = text.find_word(en)
        if not span:
            continue
        if after := [start for start in left if 0 <= start - span[1] <= 1]:
            end = re.search(r"(?=\s)|$", text.text[after[0] :])
            text.take(span)
            unknown.append(text.text[span[0] : after[0] + (end.start() if end else 0)].strip("?!.,"))
        else:
            readings.append(text.read("brand", span))
            found.append(squeeze(ko))
    return tuple(dict.fromkeys(found)), tuple(unknown)


def _is_name(term: str, text: ReadableText, left: Sequence[tuple[str, int]]) -> bool:
    """Whether one word alone can pick out a complex: long in Korean, capitalised in English."""
    start = next(start for form, start in left if form == term)
    return text.text[start].isupper() if text.text[start].isascii() else len(term) >= MIN_NAME


def read_by_terms(
    text: ReadableText,
    vocabulary: Vocabulary,
    tagged: Sequence[tuple[str, str, int]],
    readings: Readings,
) -> tuple[tuple[EntityName, ...], tuple[str, ...]]:
    """A complex named by some of its name's words, in any order: 골드파크 3차."""
    left = leftover(text, tagged)
    found, used = vocabulary.by_name_terms(form for form, _ in left)
    if not found or len(found) > MAX_SHARING_WORDS or 2 * len(used) < len(left):
        return (), ()
    # One word alone names a complex only in a question about complexes: 외국인 is part of some names, too.
    asks_rules = any(has_any(text, loader.words("words.yaml")["howto"], language) for language in ("ko", "en"))
    if len(used) == 1 and (asks_rules or not _is_name(used[0], text, left)):
        return (), ()
    if (phase := _PHASE.search(text.text)) and not all(
        squeeze(phase.group()) in squeeze(name.name_ko) for name in found
    ):
        return (), (text.text,)  # 골드파크 5차 where only 3차 is known
    for form, start in left:
        if form in used:
            text.taken.append((start, start + len(form)))
    readings.append(Reading("entity", " ".join(used)))
    return found, ()
