"""The beginning of an answer: what is to be known before it, in fixed words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.answering import remarks
from assistant.answering.composer.completion import closed, is_closed
from assistant.answering.evidence_finder import Found
from prompts.loader import Prompts


def introduce(prompts: Prompts, found: Found, today: date) -> Iterator[str]:
    """Paragraphs, each where it applies.

    The topic changed, a place was not read, what left a home out, what was relaxed, how many there are, it is over.
    """
    understanding, retrieval = found.understanding, found.retrieval
    language = understanding.language
    if found.chosen and (transition := remarks.transition(prompts, understanding, understanding.domain)):
        yield transition + "\n\n"
    if found.chosen and (instead := remarks.searched_instead(prompts, understanding)):
        yield instead + "\n\n"
    if found.unmet:
        yield found.unmet + "\n\n"
    if found.chosen and retrieval.relaxed and understanding.listing is None:
        yield remarks.relaxed(prompts, retrieval.relaxed, language) + "\n\n"
    if retrieval.candidates and remarks.asks_how_many(prompts, understanding):
        yield prompts.say("count", language, total=str(retrieval.total)) + "\n"
    if is_closed(found.chosen, today) and remarks.takes_for_open(prompts, understanding):
        yield closed(prompts, language, today) + "\n\n"
