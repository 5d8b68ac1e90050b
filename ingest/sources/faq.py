"""Help-centre questions with their answers."""

from __future__ import annotations

from ingest.records import FaqEntry
from ingest.sources.jsonl import Entry, JsonlForm


def parse(entry: Entry) -> FaqEntry:
    return FaqEntry(
        entry.required("id"),
        entry.required("question"),
        entry.required("answer"),
        entry.text("category"),
        entry.texts("variants"),
    )


FORM = JsonlForm(name="FAQ", domain="faq", keys=("id", "question", "answer"), parse=parse)
