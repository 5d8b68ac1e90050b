"""The order in which a question wants its list."""

from __future__ import annotations

from assistant.language.text import ReadableText, longest_first
from prompts.loader import Prompts


def orders(prompts: Prompts, language: str) -> dict[str, str]:
    """Each phrase that names an order, with the order: ``price:down`` is from the highest."""
    return {
        phrase: f"{sort['key']}:{'down' if sort['down'] else 'up'}"
        for sort in prompts.words["sorts"]
        for phrase in sort[language]
    }


def read_sort(text: ReadableText, language: str) -> str:
    """The order asked for; the longest phrase decides, for 비싼 holds 싼."""
    known = orders(text.prompts, language)
    for phrase in longest_first(known):
        if span := text.find(phrase):
            text.take(span)
            return known[phrase]
    return ""
