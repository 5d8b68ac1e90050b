"""Whether the evidence found answers the question that was asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from assistant.domain import Evidence, Filters, Understanding, Unmatched
from assistant.kinds.housing.attributes import place_kinds
from assistant.language.text import is_korean, squeeze
from assistant.understanding import speaks_of_housing
from prompts.loader import Prompts

# A neighbourhood by its name; what ends alike and is none is left out.
_DONG = re.compile(r"(?!.*(?:[활운이아자노행공변냉]동)$)[가-힣]{2,4}동")


def admit(
    prompts: Prompts, understanding: Understanding, chosen: tuple[Evidence, ...], terms: Callable[[str], list[str]]
) -> tuple[Understanding, tuple[Evidence, ...]]:
    """Take back evidence that would answer another question than the one asked.

    A question for a detail that names something which neither a filter nor the evidence knows is about a complex that
    is not there: the others' figures are no answer. A district alone does not make it about housing. And a question of
    general words alone ("recommend an apartment"), or of a detail alone ("and the move-in?"), is answered by no page
    of a document.
    """
    chosen = tuple(item for item in chosen if not _of_another(item, understanding))
    of_nothing = asks_nothing(replace(understanding, facets=()) if understanding.stage == "explore" else understanding)
    if of_nothing and all(item.facet == "text" for item in chosen):
        return understanding, ()
    held = {term for item in chosen for term in terms(f"{item.name_ko} {item.name_en} {item.text}")}
    said = squeeze(" ".join(f"{item.name_ko} {item.name_en} {item.text}" for item in chosen))
    strange = tuple(
        left
        for left in understanding.unmatched
        # 은하수 and 마을 may stand in the evidence, each by itself: that makes no 은하수마을 of them.
        if not (squeeze(left.word) in said if left.place else _is_held(left, held, terms))
    )
    if chosen and all(item.document_id.startswith("document:") for item in chosen):
        # Pages were chosen only where they speak of every name in the question; what no notice holds, a page may.
        return replace(understanding, unknown_names=(), unmatched=strange), chosen
    if understanding.unknown_names or not understanding.unmatched:
        return understanding, chosen
    understanding = replace(understanding, unmatched=strange)
    if understanding.entities and not understanding.facets and any(left.absent for left in strange):
        return understanding, ()  # the resale price of the 84 is not what the 84 was sold for
    if place := _unknown_place(understanding):
        return replace(understanding, unknown_names=(place,)), ()
    if understanding.entities or understanding.sort or understanding.criteria or not strange:
        return understanding, chosen
    if any(left.absent for left in strange) and (understanding.domain == "housing" or _could_tell(chosen, strange)):
        return understanding, ()
    # What asks about a rule (신혼부부 소득 기준이 어떻게 되나요) names no complex by its other words.
    about_housing = understanding.domain == "housing" or (not chosen and understanding.stage == "explore")
    if about_housing and any(left.told for left in strange) and set(understanding.facets) - set(place_kinds()):
        name = understanding.unmatched_words or strange[0].word
        return replace(understanding, unknown_names=(_with_phase(name, understanding.text),)), ()
    if understanding.domain == "housing" and not understanding.facets and not speaks_of_housing(prompts, understanding):
        return replace(understanding, domain=None), ()
    return understanding, chosen


def _is_held(left: Unmatched, held: set[str], terms: Callable[[str], list[str]]) -> bool:
    """Whether the evidence has a word, or all that a phrase is made of (tax of "taxes", but not "resale price")."""
    parts = set(terms(left.word))
    return left.term in held or bool(parts and parts <= held)


def _could_tell(chosen: Sequence[Evidence], strange: Sequence[Unmatched]) -> bool:
    """Whether help answers would say a word that is asked for, were it theirs: a Korean one does not say "review".

    Where they could and do not, they answer another question: how a loan is had is not how interim payments are split.
    """
    korean = any(is_korean(item.quote) for item in chosen)
    return all(item.facet == "faq" for item in chosen) and any(
        left.absent and is_korean(left.word[0]) == korean for left in strange
    )


def _unknown_place(understanding: Understanding) -> str:
    """A place asked about that no notice is in: homes elsewhere are no answer to it."""
    filters = understanding.filters
    if (
        understanding.domain != "housing"
        or understanding.entities
        or filters.sidos
        or filters.sigungus
        or filters.dongs
    ):
        return ""
    if filters.stations or filters.lines or filters.places:
        return ""
    told = (left for left in understanding.unmatched if left.told)
    return next((left.word for left in told if left.place or _DONG.fullmatch(left.word)), "")


def _with_phase(name: str, text: str) -> str:
    """``골드파크 9차`` for 골드파크, where the question goes on so: the phase is part of the name."""
    found = re.search(rf"{re.escape(name)}\s*\d+\s*(?:차|단지|블록)(?![가-힣]*\s*중)", text)
    return found.group() if found else name


def _of_another(item: Evidence, understanding: Understanding) -> bool:
    """Whether a document's page answers a question about a complex that the document is not about."""
    named = any(item.document_id == name.id for name in understanding.documents)
    if item.facet != "text" or not understanding.entities or named:
        return False
    document = squeeze(f"{item.name_ko} {item.name_en} {item.text}")
    names = [squeeze(name) for entity in understanding.entities for name in (entity.name_ko, entity.name_en)]
    return not any(name in document for name in names)


def asks_nothing(understanding: Understanding) -> bool:
    """Whether a question has general words alone: no name, no condition, nothing to look up."""
    return not (
        understanding.entities
        or understanding.unknown_names
        or understanding.unmatched
        or understanding.facets
        or understanding.criteria
        or understanding.sort
        or understanding.filters != Filters()
    )
