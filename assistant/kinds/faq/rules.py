"""Questions on rules that mention a place: where somebody lives is not where homes are looked for."""

from __future__ import annotations

from dataclasses import replace

from assistant.domain import Filters, Understanding
from assistant.kinds.housing.attributes import attributes
from assistant.language.text import ReadableText, has_any
from prompts.loader import Prompts

SPECIAL = "special"
BESIDE_SPECIAL = {SPECIAL, "school"}  # 다자녀: a child named with a kind of supply is no wish for a school
# How much of a deposit is no price of a home, "I live in" no moving in, and "may I apply" asks for no period; who asks
# for the conditions in a zone asks for no complex's.
GENERAL = {SPECIAL, "price", "move_in", "receipt", "regulation"}


def without_place(prompts: Prompts, understanding: Understanding) -> Understanding:
    """``understanding`` as a question on rules, where it was read as a search for homes and is none.

    Who says where they live and asks whether they may apply has named places and no wish for a home there; who asks
    what a kind of special supply demands does not look for the complexes that have it.
    """
    bare = understanding.filters.but(sidos=(), sigungus=(), dongs=(), neighbours=(), tenure=None)
    if has_any(ReadableText(understanding.text, prompts), prompts.faq["by_size"], understanding.language):
        bare = bare.without(attributes()["area"].fields)
    special = SPECIAL in understanding.facets or any(wish.key == SPECIAL for wish in understanding.criteria)
    searches = (
        understanding.domain not in ("housing", None)
        or understanding.stage != "explore"
        or understanding.entities
        or understanding.unknown_names
        or understanding.sort
        or bare != Filters()
        or {wish.key for wish in understanding.criteria} - (BESIDE_SPECIAL if special else {SPECIAL})
        or set(understanding.facets) - GENERAL
    )
    if searches or not _asks_for_a_rule(prompts, understanding):
        return understanding
    return replace(
        understanding, domain=None, stage="howto", filters=Filters(), criteria=(), facets=(), readings=(), impossible=()
    )


def _asks_for_a_rule(prompts: Prompts, understanding: Understanding) -> bool:
    text, language = ReadableText(understanding.text, prompts), understanding.language
    words = prompts.faq
    if has_any(text, words["searching"], language):
        return False
    resident = has_any(text, words["resident"], language) and has_any(text, words["may"], language)
    return resident or has_any(text, words["rules"], language)
