"""Evidence from the facts that are true of all apartments."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Final

from assistant.domain import Evidence, Understanding
from assistant.language.ko.romanization import romanise
from assistant.language.text import ReadableText, longest_first, squeeze
from prompts.loader import Fact, Prompts

MAX_FACTS = 2
# Two types of one size, of no complex that is named: 59A와 59B.
_TWO_LETTERS: Final = re.compile(
    r"(?<!\d)(\d{2,3})\s*([a-z])(?![a-z]).{1,8}?(?<![\da-z])(?:\1\s*)?(?!\2)[a-z](?![a-z])", re.IGNORECASE
)
_HANGUL: Final = re.compile(r"[가-힣 ]{2,}")
# What may stand around a term in a question about that term alone, squeezed: 전매제한[이 뭐야].
_BEFORE: Final = re.compile(r"(?:그럼|그러면|혹시|청약에서|아파트|부동산|주택)*")
_AFTER: Final = re.compile(
    r"(?:이라는게|라는게|이라는건|라는건|이란게|란게|이란건|란건|이란|란|에대해서?|의|이|가|은|는|을|를)?(?:기간|기준)?(?:이|가|은|는|을|를)?"
    r"(?:\d+(?:이?면|은|는|이라는건|이란건)?)?(?:이거|이게|그거|그게)?"  # a figure of it: 경쟁률 12.5면, 미달 (△5)
    r"(?:정확히|대체|도대체|보통|쉽게|자세히|간단히)?"
    r"(?:(?:뭐|뭔|뭘|무엇|무슨뜻|뜻|의미|정의|개념|설명|알려|궁금|몇|얼마|어떻게되|어떻게돼|차이)[가-힣]{0,8})?"
)
_ENGLISH_AROUND: Final = re.compile(
    r"what|whats|s|is|are|the|an?|does|do|mean|means|meaning|of|in|korean?|explain|define|definition|tell|me|about|please"
    r"|how|long|much|many|it|works?|required|needed|i|need|apartments?|exactly|term"
)


def of_definition(prompts: Prompts, understanding: Understanding) -> list[Evidence]:
    """The fact that a question asks about and nothing else: its term with only "what is …?" around it."""
    text = ReadableText(understanding.text, prompts)
    # A fact's term comes before a wish's word: 미달 is a term first.
    forms = {form: fact for fact in (*prompts.wish_definitions, *prompts.facts_in_force()) for form in fact.names}
    for form in longest_first(forms):
        span = text.find(form)
        if span is None and understanding.language == "en" and (said := _romanised(form)):
            span = text.find_in_words(said)
        if span and _is_all(text.text[: span[0]], text.text[span[1] :]):
            return [_evidence(forms[form], understanding.language)]
    return []


@cache
def _romanised(term: str) -> str:
    """A Korean term in Latin letters, squeezed: 전매제한, jeonmaejehan; nothing where it is not all Hangul."""
    return "".join(map(romanise, term.split())).lower() if _HANGUL.fullmatch(term) else ""


def of_wishes(prompts: Prompts, understanding: Understanding) -> list[Evidence]:
    """What the question's qualitative words were taken to mean, where that is a judgement."""
    told = {wish.name for wish in prompts.criteria if wish.told}
    used = {criterion.name for criterion in understanding.criteria} & told
    found = [_evidence(fact, understanding.language) for fact in prompts.wish_definitions if fact.id in used]
    return [replace(item, facet="criterion") for item in found[:MAX_FACTS]]


def of_facts(prompts: Prompts, understanding: Understanding) -> list[Evidence]:
    """Shared facts of which the question holds an alias."""
    text = ReadableText(understanding.text, prompts)
    forms = {form: fact for fact in prompts.facts_in_force() for form in fact.aliases}
    named: dict[str, Fact] = {}
    if _TWO_LETTERS.search(understanding.text):
        named = {fact.id: fact for fact in prompts.facts_in_force() if fact.id == "type-letters"}
    for form in longest_first(forms):
        if span := text.find(form):
            text.take(span)
            named[forms[form].id] = forms[form]
    return [_evidence(fact, understanding.language) for fact in list(named.values())[:MAX_FACTS]]


def of_fact(prompts: Prompts, id_: str, language: str) -> Evidence | None:
    """One fact by its id; None where it is not in force."""
    return next((_evidence(fact, language) for fact in prompts.facts_in_force() if fact.id == id_), None)


def of_mentioned(prompts: Prompts, understanding: Understanding, terms: Callable[[str], list[str]]) -> list[Evidence]:
    """The fact whose term the question mentions, for where nothing found answers it: "신혼부부 특공 자격 되나".

    It must speak of everything the question asks: how a member's share is reckoned is not told by what 재건축 is.
    """
    text = ReadableText(understanding.text, prompts)
    forms = {form: fact for fact in prompts.facts_in_force() for form in fact.names}
    found = next((forms[form] for form in longest_first(forms) if text.find(form)), None)
    if found is None:
        return []
    asked = {left.term for left in understanding.unmatched if left.told}
    held = set(terms(" ".join((found.statement_ko, found.statement_en, *found.names))))
    return [_evidence(found, understanding.language)] if asked <= held else []


def _is_all(before: str, after: str) -> bool:
    """Whether what stands before and after a term only asks what it is."""
    if _BEFORE.fullmatch(squeeze(before)) and _AFTER.fullmatch(squeeze(after)):
        return True
    around = f"{before} {after}"
    return not re.search("[가-힣]", around) and all(
        _ENGLISH_AROUND.fullmatch(word) for word in re.findall("[a-z]+", around.lower())
    )


def _evidence(fact: Fact, language: str) -> Evidence:
    return Evidence(
        n=0,
        document_id=f"fact:{fact.id}",
        source_id=f"fact:{fact.id}",
        chunk_id=f"fact:{fact.id}",
        name_ko=fact.term_ko,
        name_en=fact.term_en,
        facet="fact",
        quote=fact.statement_en if language == "en" else fact.statement_ko,
        text=f"{fact.statement_ko}\n{fact.statement_en}",
    )
