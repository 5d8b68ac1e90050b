"""Evidence from the facts that are true of all apartments."""

from __future__ import annotations

from assistant.domain import Evidence, Understanding
from assistant.understanding.text import ReadableText, longest_first
from prompts.loader import Fact, shared_facts


def of_facts(understanding: Understanding) -> list[Evidence]:
    """Shared facts whose term the question names."""
    text = ReadableText(understanding.text)
    forms = {form: fact for fact in shared_facts() for form in (fact.term_ko, fact.term_en, *fact.aliases) if form}
    named: dict[str, Fact] = {}
    for form in longest_first(forms):
        if span := text.find(form):
            text.take(span)
            named[forms[form].id] = forms[form]
    return [
        Evidence(
            n=0,
            document_id=f"fact:{fact.id}",
            source_id=f"fact:{fact.id}",
            chunk_id=f"fact:{fact.id}",
            name_ko=fact.term_ko,
            name_en=fact.term_en,
            facet="fact",
            quote=fact.statement_en if understanding.language == "en" else fact.statement_ko,
            text=f"{fact.statement_ko}\n{fact.statement_en}",
        )
        for fact in list(named.values())[:2]
    ]
