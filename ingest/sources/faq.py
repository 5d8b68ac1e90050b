"""Help-centre questions with their answers, as JSON or CSV."""

from __future__ import annotations

import hashlib

from ingest.records import FaqEntry
from ingest.sources.columns import Form, Named
from ingest.sources.jsonl import Entry
from ingest.sources.tables import Row

# What people call the columns and keys.
SPELLINGS = {
    "id": ("번호", "url", "링크"),
    "question": ("질문", "Q"),
    "answer": ("답변", "답", "A"),
    "category": ("분류", "카테고리"),
}


def parse(place: Entry | Row) -> FaqEntry:
    given = Named(place, SPELLINGS)
    question, answer = given.required("question"), given.required("answer")
    variants = place.texts("variants") if isinstance(place, Entry) else ()
    return FaqEntry(given.text("id") or id_of(question), question, answer, given.text("category"), variants)


def id_of(question: str) -> str:
    """The id of an entry that has none: the same as long as the question is."""
    return f"question-{hashlib.sha256(' '.join(question.casefold().split()).encode()).hexdigest()[:16]}"


FORM = Form("FAQ", "faq", ("question", "answer"), parse, spellings=SPELLINGS)
