"""Help-centre questions with their answers, as JSON, CSV, or Markdown: a heading for each question, its answer below.

# Payments               (category)
## When am I charged?    (question)
On the day you book.
"""

from __future__ import annotations

import hashlib
import re

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

LEAST = 2  # questions; a single one is a document's rhetorical heading
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.+?)\s*#*\s*$", re.MULTILINE)
_QUESTION = re.compile(r"\?$|(?:까요|나요|가요|인가|는가|는지)[.]?$|^Q\s?\d*[.:)]", re.IGNORECASE)
_MARK = re.compile(r"^Q\s?\d*[.:)]\s*", re.IGNORECASE)


def parse(place: Entry | Row) -> FaqEntry:
    given = Named(place, SPELLINGS)
    question, answer = given.required("question"), given.required("answer")
    variants = place.texts("variants") if isinstance(place, Entry) else ()
    return FaqEntry(given.text("id") or id_of(question), question, answer, given.text("category"), variants)


def id_of(question: str) -> str:
    """The id of an entry that has none: the same as long as the question is."""
    return f"question-{hashlib.sha256(' '.join(question.casefold().split()).encode()).hexdigest()[:16]}"


def markdown_entries(text: str, name: str) -> list[FaqEntry]:
    """The entries of a page of which every heading with text below it is a question; of any other page, none.

    An entry's id is ``name#question``, so that it stays the same where others are put before it.
    """
    parts = _HEADING.split(text)
    if parts[0].strip():
        return []
    found: list[FaqEntry] = []
    above: dict[int, str] = {}
    for marks, heading, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        above = {level: outer for level, outer in above.items() if level < len(marks)}
        category = above[max(above)] if above else ""
        if not body.strip():
            above[len(marks)] = heading
        elif _QUESTION.search(heading):
            question = _MARK.sub("", heading)
            found.append(FaqEntry(f"{name}#{question}", question, body.strip(), category))
        else:
            return []
    return found if len(found) >= LEAST else []


FORM = Form("FAQ", "faq", ("question", "answer"), parse, spellings=SPELLINGS)
