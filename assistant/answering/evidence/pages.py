"""Evidence from the pages of documents (PDF, HTML) that a question names, or that alone speak of what it names."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence

from assistant.answering.evidence.quoting import MAX_SENTENCES, quote
from assistant.domain import Evidence, Result, Sentence, Understanding
from assistant.language.text import squeeze
from assistant.retrieval.reranker import bonus, floor, page_terms, speaks_of_floors
from prompts.loader import Prompts

Terms = Callable[[str], list[str]]

MIN_COSINE = 0.2
LEAST_COSINE = 0.1  # across languages, on the pages of a document that is named
MIN_COVERAGE = 0.34  # of the question's words by weight; a document's name in it is no word of the page
CHUNKS = 4  # of the best pages: an answer may stand in the second table of a page
SHARE_OF_BEST = 0.7  # of the best sentence's score: what fits nearly as well belongs to the answer
ROW_SHARE_OF_BEST = 0.85  # rows share the words of their columns: those beside the one asked for are close as well
# Against words shared by sentence and question, each weighing as much as it is rare:
KIND_WEIGHT = 20.0  # looking like the answer
HEAD_WEIGHT = 0.5  # words shared by the headings alone
PAGE_WEIGHT = 8.0  # how well the page fits
LENGTH_WEIGHT = 0.25  # a long sentence shares words by its length; as BM25's b
USUAL_LENGTH = 160  # characters


def of_pages(prompts: Prompts, understanding: Understanding, pages: Sequence[Result], terms: Terms) -> list[Evidence]:
    """The sentences and rows of the best pages that share most with the question; none where the pages do not fit."""
    fitting = [page for page in pages if _fits(understanding, page)][:CHUNKS]
    if not fitting:
        return []
    asked = set(page_terms(prompts, understanding, terms))
    held = {id(sentence): set(terms(f"{sentence.ko} {sentence.en}")) for page in pages for sentence in page.sentences}
    heads = {page.chunk_id: set(terms(page.text.partition("\n")[0])) for page in pages}
    counts = Counter(term for words in held.values() for term in words & asked)

    def weight(page: Result, sentence: Sentence) -> float:
        said = held[id(sentence)] & asked
        shared = sum(math.log(1 + len(held) / counts[term]) for term in said)
        # What the headings say is said of every sentence below them.
        above = sum(
            HEAD_WEIGHT * math.log(1 + len(held) / (1 + counts[term])) for term in (heads[page.chunk_id] & asked) - said
        )
        length = 1 + LENGTH_WEIGHT * (len(sentence.ko) / USUAL_LENGTH - 1)
        kind = KIND_WEIGHT * bonus(understanding.text, sentence.ko)
        return shared / max(length, 0.7) + above + kind + PAGE_WEIGHT * page.score

    scored = [(weight(page, sentence), page, sentence) for page in fitting for sentence in page.sentences]
    scored.sort(key=lambda item: -item[0])
    best, top, first = scored[0]
    near = ROW_SHARE_OF_BEST if "row" in first.tags else SHARE_OF_BEST
    chosen = [(page, sentence) for score, page, sentence in scored if score >= near * best][: MAX_SENTENCES - 1]
    if "row" not in first.tags:  # what a sentence announces stands in those after it
        follows = [page for page in pages if page.chunk_id == _next(top.chunk_id)]
        after = [(top, sentence) for sentence in top.sentences[top.sentences.index(first) + 1 :]]
        after += [(page, sentence) for page in follows for sentence in page.sentences]
        chosen += [pair for pair in after if pair not in chosen]
    return [quote(page, sentence, understanding.language) for page, sentence in chosen[: MAX_SENTENCES - 1]]


def _next(chunk_id: str) -> str:
    """The chunk after this one on its page: ``…#p40-3`` → ``…#p40-4``."""
    head, _, number = chunk_id.rpartition("-")
    return f"{head}-{int(number) + 1}" if number.isdecimal() else ""


def _fits(understanding: Understanding, page: Result) -> bool:
    """Whether the page is about the question, and speaks of every name in it that nothing else knows."""
    text = squeeze(f"{page.name_ko} {page.name_en} {page.text}")
    if any(squeeze(name) not in text for name in understanding.unknown_names):
        return False
    named = any(name.id == page.document_id for name in understanding.documents)
    told = [left.word for left in understanding.unmatched if left.told]
    if not named and not (told or understanding.unknown_names):
        return False
    if not named and any(squeeze(word) not in text for word in told):
        return False
    least = LEAST_COSINE if named and page.language != understanding.language else MIN_COSINE
    return page.dense >= least or page.coverage >= MIN_COVERAGE


def speaks_of_more(understanding: Understanding, pages: Sequence[Evidence], others: Sequence[Evidence]) -> bool:
    """Whether the pages answer what the structured notices leave open: a floor, an option, a fee."""
    if not pages or not others:
        return bool(pages)
    told = [squeeze(left.word) for left in understanding.unmatched if left.told]
    in_pages, in_others = (squeeze(" ".join(item.text for item in found)) for found in (pages, others))
    if sum(word in in_pages for word in told) > sum(word in in_others for word in told):
        return True
    # Asked for an amount or a date, a notice that holds none says less than a page that does.
    question = understanding.text
    if any(bonus(question, item.text) for item in pages) and not any(bonus(question, item.text) for item in others):
        return True
    return floor(understanding.text) > 0 and any(speaks_of_floors(item.quote) for item in pages)
