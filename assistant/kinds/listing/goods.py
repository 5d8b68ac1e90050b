"""What goods a text names: a marketplace post's title, or a question about posts."""

from __future__ import annotations

import re
from itertools import zip_longest

from assistant.language.text import ReadableText, Span, is_korean, longest_first, squeeze
from prompts.loader import Prompts, kept

# Korean words this short are parts of many others (책 of 산책): they count where a word begins.
SHORT = 2
_BEFORE_SHORT = re.compile(r"(?:^|[^가-힣]|중고|무료|나눔|새|헌)$")
_AFTER_ONE = re.compile(r"(?:$|[^가-힣]|을|를|이|가|은|는|도|만|과|와|좀|나|들|있|팔|구)")


@kept
def _forms(prompts: Prompts) -> tuple[tuple[str, str, str, bool], ...]:
    """(form, squeezed, kind, whether it is Korean), longest first."""
    rows = prompts.listings["goods"]
    kinds = {form: key for key, row in rows.items() for form in (*row["ko"], *row["en"])}
    return tuple((form, squeeze(form), kinds[form], is_korean(form)) for form in longest_first(kinds))


@kept
def kinds_of(prompts: Prompts, key: str) -> tuple[str, ...]:
    """The kind itself, then those it belongs to, narrowest first: macbook, laptop, computer."""
    above = prompts.listings["goods"][key].get("of", [])
    return tuple(dict.fromkeys((key, *(kind for parent in above for kind in kinds_of(prompts, parent)))))


def label(prompts: Prompts, key: str, language: str) -> str:
    """A kind of goods in the reader's language."""
    return str(prompts.listings["goods"][key]["label"][language])


def read_goods(text: ReadableText) -> tuple[tuple[str, Span], ...]:
    """Narrowest kinds named, in order, with where they stand; their words are taken.

    A word right before another only tells which one: a 컴퓨터 책상 is a desk.
    """
    found: list[tuple[Span, str]] = []
    for form, squeezed, kind, korean in _forms(text.prompts):
        if squeezed not in text.squeezed:
            continue
        span = text.find_squeezed(form) if korean else text.find_word(form)
        if span and (not korean or _is_word(text, span, len(squeezed))):
            text.take(span)
            found.append((span, kind))
    found.sort()
    kept = [
        (span, key)
        for (span, key), after in zip_longest(found, found[1:])
        if after is None or after[0][0] - span[1] > 1 or after[1] in kinds_of(text.prompts, key)  # 갤럭시 버즈 이어폰
    ]
    named = {key for _, key in kept}
    general = {kind for key in named for kind in kinds_of(text.prompts, key)[1:]}
    return tuple((key, span) for span, key in kept if key not in general)


def _is_word(text: ReadableText, span: Span, length: int) -> bool:
    if length > SHORT:
        return True
    if not _BEFORE_SHORT.search(text.text[: span[0]]):
        return False
    return length > 1 or bool(_AFTER_ONE.match(text.text[span[1] :]))
