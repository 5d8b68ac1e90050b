"""What a question wants to have done: find, compare, explain …"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain import Intent, Stage
from assistant.language.text import ReadableText, has_any, squeeze
from prompts.loader import Prompts

SCHEDULE = ("move_in", "receipt", "special_receipt", "first_rank", "announced", "winners", "contract")


def is_thanks(prompts: Prompts, text: str, language: str) -> bool:
    """Whether thanks are all there is."""
    return squeeze(text) in {squeeze(form) for form in prompts.words["thanks"][language]}


def read_intent(text: ReadableText, stage: Stage, named: bool, facets: Sequence[str], language: str) -> Intent:
    """``named``: a complex, known or not, is in the question."""
    vocabulary = text.prompts.words
    if stage == "shortlist":
        return "compare"
    if stage == "detail" or named:
        if any(facet in SCHEDULE for facet in facets):
            return "schedule"
        return "price" if "price" in facets else "detail"
    if stage == "explore":
        return "find"
    # 조건이 뭐야 asks for conditions; 전매제한 뜻 for a meaning.
    if has_any(text, vocabulary["eligibility"], language) and not has_any(text, vocabulary["meaning"], language):
        return "eligibility"
    return "define" if stage == "define" else "how-to"
