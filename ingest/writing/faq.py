"""A help-centre entry as a document: its question in the ways people ask it, and its answer as it was given."""

from __future__ import annotations

from dataclasses import replace

from assistant.domain import Document
from assistant.errors import SourceError
from assistant.language.text import ReadableText
from ingest.chunking import as_sentences, pack, single_line
from ingest.records import FaqEntry
from ingest.splitting import language_of, sentences
from prompts.loader import Prompts


def faq_document(prompts: Prompts, entry: FaqEntry, origin: str = "") -> Document:
    """A help-centre entry. Its question heads every chunk, its answer's sentences are cited (facet ``faq``).

    A first chunk holds the question alone: what people ask is more like it than like question and answer together. A
    second adds the other words that people have for what it asks about (``prompts/faq.yaml``), and one more holds each
    of the entry's variants, other ways in which people ask it: all of them to be found by, never to be cited.

    Raises:
        SourceError: question or answer is empty.
    """
    question = single_line(entry.question)
    if not question:
        raise SourceError(origin or "FAQ", f"FAQ {entry.faq_id!r} has no question.", "Add one.")
    head = f"{question} ({entry.category})" if entry.category else question
    language = language_of(f"{question} {entry.answer}")
    chunks = pack("faq", head, as_sentences(sentences(entry.answer), "faq", language))
    if not chunks:
        raise SourceError(origin or "faq", f"faq {entry.faq_id!r} has no text.", "Add some, or remove the entry.")
    asked = [replace(chunks[0], topic="question", text=question)]
    if others := other_words(prompts, question):
        asked.append(replace(chunks[0], topic="synonyms", text=f"{question}\n{', '.join(others)}"))
    variants = dict.fromkeys(single_line(variant) for variant in entry.variants)
    asked += [replace(chunks[0], topic="variant", text=variant) for variant in variants if variant]
    chunks = (*asked, *chunks)
    return Document("faq", entry.faq_id, question, question, chunks, origin=origin)


def other_words(prompts: Prompts, question: str) -> list[str]:
    """What people also call the things that an entry's question names, in both languages."""
    text = ReadableText(question, prompts)
    found: dict[str, None] = {}
    for group in prompts.faq["synonyms"]:
        forms = [*group["ko"], *group["en"]]
        if any(text.find(form, taken=True) for form in forms):
            found |= dict.fromkeys(form for form in forms if not text.find(form, taken=True))
    return list(found)
