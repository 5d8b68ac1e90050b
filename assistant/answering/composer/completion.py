"""The end of an answer: what a model left out, and what is to be known beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from assistant.answering import remarks
from assistant.answering.draft import Draft
from assistant.answering.grounding import FREE_TEXT
from assistant.domain import Event, Evidence, Language, Understanding
from assistant.language.claims import told
from assistant.language.text import squeeze
from assistant.retrieval.retriever import Retrieval, wanted_facets
from assistant.understanding import Vocabulary
from prompts.loader import Prompts

MOSTLY = 0.75  # of a sentence's pairs of characters: the rest are endings


def complete(
    understanding: Understanding,
    found: Retrieval,
    chosen: Sequence[Evidence],
    draft: Draft,
    vocabulary: Vocabulary,
    today: date,
) -> Iterator[Event]:
    """What the model left out, in the evidence's own words; and what of the question no document speaks of."""
    definitions = [item for item in chosen if item.facet == "criterion"]
    chosen = [item for item in chosen if item.facet != "criterion"]
    several = len({item.document_id for item in chosen}) > 1
    free_text = any(item.facet in FREE_TEXT for item in chosen)
    if not draft.cited:
        entry = ""
        for item in chosen:
            if item.facet == "faq" and item.document_id != entry:
                # An answer that begins with "No." needs the question it answers, and each its own.
                question = vocabulary.prompts.say("answer_to", understanding.language, question=item.name_ko)
                yield draft.append(f"\n\n{question}" if entry else question)
                entry = item.document_id
            yield draft.release(remarks.plain(item.quote), [item], bullet=several and not free_text)
    elif not free_text:
        asked = wanted_facets(understanding)
        spoken = set(draft.told) if draft.only_concluded else draft.told  # which grows with each release
        for item in chosen:
            if (item.facet in asked or several) and (item.document_id, item.facet) not in spoken:
                yield draft.release(item.quote, [item], bullet=several)
    elif all(item.facet == "faq" for item in chosen):
        # An entry's answer is short already: what a model leaves out of it may be what was asked.
        for item in chosen:
            if item not in draft.cited and not _said(item.quote, draft.text):
                yield draft.release(item.quote, [item], bullet=False)
    language = understanding.language
    for remark in dict.fromkeys(conclusion.remark for conclusion in draft.concluded if conclusion.remark):
        yield draft.append("\n\n" + remark)
    shown = len({item.document_id for item in chosen})
    if (
        found.candidates
        and found.total > shown
        and not (free_text or remarks.asks_how_many(vocabulary.prompts, understanding))
    ):
        yield draft.append("\n\n" + vocabulary.prompts.say("more", language, total=str(found.total), shown=str(shown)))
        if remarks.asks_for_all(vocabulary.prompts, understanding) and found.total <= len(found.candidates):
            named = {item.document_id for item in chosen}
            others = [vocabulary.name(one.document_id) for one in found.candidates if one.document_id not in named]
            names = ", ".join(one.name_ko if language == "ko" else one.name_en for one in others if one)
            yield draft.append(" " + vocabulary.prompts.say("others", language, names=names))
    if found.candidates and understanding.filters.neighbours and not free_text:
        names = ", ".join(vocabulary.district_name(ko, language) for ko in understanding.filters.neighbours)
        yield draft.append("\n\n" + vocabulary.prompts.say("around", language, names=names))
    for item in definitions:
        yield draft.append("\n\n")
        yield draft.release(item.quote, [item], bullet=False)
    if is_closed(draft.cited, today) and closed(vocabulary.prompts, language, today) not in draft.text:
        yield draft.append("\n\n" + closed(vocabulary.prompts, language, today))
    if free_text and remarks.tells_rules(vocabulary.prompts, draft.cited, language):
        yield draft.append("\n\n" + vocabulary.prompts.say("confirm", language))
    # A rule's answer uses few of a question's words; only what no document holds is worth telling beside it.
    told = [left for left in understanding.unmatched if left.absent or not free_text]
    for remark in remarks.ignored(
        vocabulary.prompts, replace(understanding, unmatched=tuple(told)), vocabulary.aliases()
    ):
        yield draft.append("\n\n" + remark)


def closed(prompts: Prompts, language: Language, today: date) -> str:
    """That applications are over."""
    return prompts.say("closed", language, today=today.isoformat())


def is_closed(cited: Sequence[Evidence], today: date) -> bool:
    """Whether application periods were told and every one of them is over."""
    periods = [told(item.values, item.text) for item in cited if item.facet == "receipt"]
    days = {value for period in periods for unit, value in period if unit == "date"}
    return bool(days) and max(days) < int(today.strftime("%Y%m%d"))


def _said(quote: str, text: str) -> bool:
    """Whether a sentence's words, by their pairs of characters, are nearly all in ``text`` already."""
    wanted, held = _pairs(quote), _pairs(text)
    return len(wanted & held) >= MOSTLY * len(wanted)


def _pairs(text: str) -> set[str]:
    squeezed = squeeze(text)
    return {squeezed[at : at + 2] for at in range(len(squeezed) - 1)}
