"""Help-centre questions with their answers, as JSON or CSV."""

from __future__ import annotations

import hashlib

from ingest.records import FaqEntry
from ingest.sources.columns import Named
from ingest.sources.jsonl import Entry, JsonlForm
from ingest.sources.tables import CsvForm, Row

# What people call the columns and keys.
SPELLINGS = {
    "id": ("번호", "url", "링크"),
    "question": ("질문", "Q"),
    "answer": ("답변", "답", "A"),
    "category": ("분류", "카테고리"),
}


def parse(entry: Entry) -> FaqEntry:
    return _faq(Named(entry, SPELLINGS), entry.texts("variants"))


def parse_row(row: Row) -> FaqEntry:
    return _faq(Named(row, SPELLINGS), ())


def _faq(given: Named, variants: tuple[str, ...]) -> FaqEntry:
    question, answer = given.required("question"), given.required("answer")
    return FaqEntry(given.text("id") or id_of(question), question, answer, given.text("category"), variants)


def id_of(question: str) -> str:
    """The id of an entry that has none: the same as long as the question is."""
    return f"question-{hashlib.sha256(' '.join(question.casefold().split()).encode()).hexdigest()[:16]}"


FORM = JsonlForm(name="FAQ", domain="faq", keys=("question", "answer"), parse=parse, spellings=SPELLINGS)
CSV_FORM = CsvForm(name="FAQ", domain="faq", columns=("question", "answer"), parse=parse_row, spellings=SPELLINGS)
