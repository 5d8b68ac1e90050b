"""What a question asks to be told: its facets, and the attributes that no document holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.domain import Reading
from assistant.language.text import ReadableText, longest_first
from prompts.loader import Prompts

SHORT = 2  # letters
_LIVES_SO = re.compile(r"(?:전세|월세)(?:로|에|집에|집)?\s*(?:살[고아았지]|살다|사는|삽|거주|끝나|만기|계약이|빼)")


def read_facets(text: ReadableText, language: str) -> tuple[list[Reading], list[str]]:
    """Facets, longest phrase first, and the words for absent attributes asked for."""
    absent = []
    for word in longest_first(text.prompts.words["absent"][language]):
        # 이자 is not in "어린이 자전거": a short word must begin where a word does.
        if (span := text.find(word)) and (len(word) > SHORT or not text.text[: span[0]][-1:].isalnum()):
            if living := _LIVES_SO.match(text.text, span[0]):  # how somebody lives now is not asked about
                text.take(living.span())
            else:
                absent.append(text.take(span))
    phrases = {
        phrase: lexeme.key
        for lexeme in text.prompts.facets
        for phrase in (lexeme.ko if language == "ko" else lexeme.en)
    }
    found = []
    for phrase in longest_first(phrases):
        if span := text.find(phrase):
            found.append(text.read(phrases[phrase], span))
    return found, absent


def strongest(prompts: Prompts, facets: Sequence[Reading], absent: bool) -> tuple[str, ...]:
    """Facets, less those that only a general word spoke for ("얼마", "type") where something else is asked."""
    weak = prompts.words["weak_facets"]
    strong = tuple(dict.fromkeys(facet.key for facet in facets if facet.words.lower() not in weak))
    if "units" in strong or "special" in strong:
        strong = tuple(facet for facet in strong if facet != "households")  # 일반공급 몇 세대 is not all of them
    return strong if strong or absent else tuple(dict.fromkeys(facet.key for facet in facets))
