"""Goods that may not be traded, recognised by the words of ``prompts/listings.yaml``."""

from __future__ import annotations

from assistant.language.text import ReadableText
from prompts.loader import Prompts


def prohibited_kinds(prompts: Prompts, title: str, description: str = "") -> tuple[str, ...]:
    """Kinds of prohibited goods that a post offers (``tobacco``).

    The title says what is offered. The description counts only for kinds that are never an accessory: 의약품 and
    accounts hide there, while 와인 and 담배 are mostly words about something else.
    """
    found = []
    for kind, row in prompts.listings["prohibited"].items():
        text = ReadableText(title if kind not in ("medicine", "account") else f"{title} . {description}", prompts)
        for harmless in row["but"]:
            if span := text.find(harmless):
                text.take(span)
        if any(text.find(form) for form in (*row["ko"], *row["en"])):
            found.append(kind)
    return tuple(found)
