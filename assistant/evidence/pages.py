"""Evidence from the pages of documents (PDF, HTML) that a question names, or that alone speak of what it names."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence

from assistant.domain import Evidence, Result, Sentence, Understanding
from assistant.evidence.quoting import MAX_SENTENCES, quote
from assistant.understanding.text import squeeze

Terms = Callable[[str], list[str]]

MIN_COSINE = 0.2
MIN_COVERAGE = 0.34  # of the question's words by weight; a document's name in it is no word of the page
CHUNKS = 4  # of the best pages: an answer may stand in the second table of a page
CLOSE = 0.8  # of the best sentence's score: rows that fit as well (each floor's price) belong to the answer
FLOOR = re.compile(r"(?<![\d~,.-])(\d{1,2})\s*층|\b(\d{1,2})(?:st|nd|rd|th) floor|\bfloors? (\d{1,2})\b", re.IGNORECASE)
ROW_FLOORS = re.compile(r"층[^,]{0,8}? (\d{1,2})(?:\s*[~∼-]\s*(\d{1,2}))?(?=층|,|$)")
FLOOR_WEIGHT = 3.0


def of_pages(understanding: Understanding, pages: Sequence[Result], terms: Terms) -> list[Evidence]:
    """The sentences and rows of the best pages that share most with the question; none where the pages do not fit."""
    fitting = [page for page in pages if _fits(understanding, page)][:CHUNKS]
    if not fitting:
        return []
    asked = set(terms(understanding.text))
    held = {id(sentence): set(terms(f"{sentence.ko} {sentence.en}")) for page in pages for sentence in page.sentences}
    counts = Counter(term for words in held.values() for term in words & asked)
    floor = _floor(understanding.text)

    def weight(page: Result, sentence: Sentence) -> float:
        shared = sum(math.log(1 + len(held) / counts[term]) for term in held[id(sentence)] & asked)
        if floor and (spans := ROW_FLOORS.findall(sentence.ko)):
            fits = any(int(low) <= floor <= int(high or low) for low, high in spans)
            shared += FLOOR_WEIGHT if fits else -FLOOR_WEIGHT
        # Of equal sentences the one on the better page.
        return shared + 0.5 * page.score

    scored = [(weight(page, sentence), page, sentence) for page in fitting for sentence in page.sentences]
    best, top, chosen = max(scored, key=lambda item: item[0])
    if "row" in chosen.tags:
        good = [item for item in scored if item[0] >= CLOSE * best and "row" in item[2].tags]
        good.sort(key=lambda item: -item[0])
        return [quote(page, sentence, understanding.language) for _, page, sentence in good[: MAX_SENTENCES - 1]]
    own = [item for item in scored if item[1].chunk_id == top.chunk_id]
    kept = sorted(range(len(own)), key=lambda index: -own[index][0])[: MAX_SENTENCES - 1]
    return [quote(top, own[index][2], understanding.language) for index in sorted(kept)]


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
    return page.dense >= MIN_COSINE or page.coverage >= MIN_COVERAGE


def _floor(text: str) -> int:
    """The floor that a question asks about; 0 is none."""
    found = FLOOR.search(text)
    return int(next(group for group in found.groups() if group)) if found else 0


def speaks_of_more(understanding: Understanding, pages: Sequence[Evidence], others: Sequence[Evidence]) -> bool:
    """Whether the pages answer what the structured notices leave open: a floor, an option, a fee."""
    if not pages or not others:
        return bool(pages)
    told = [squeeze(left.word) for left in understanding.unmatched if left.told]
    in_pages, in_others = (squeeze(" ".join(item.text for item in found)) for found in (pages, others))
    if sum(word in in_pages for word in told) > sum(word in in_others for word in told):
        return True
    return _floor(understanding.text) > 0 and any(ROW_FLOORS.search(item.quote) for item in pages)
