"""Evidence about complexes that meet the question's conditions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answering.evidence.facets import preferred
from assistant.answering.evidence.quoting import MAX_SENTENCES, quote
from assistant.domain import Candidate, Evidence, Result, Sentence, Understanding, Value
from assistant.retrieval.retriever import Retrieval, wanted_facets
from prompts.loader import Prompts, render

MAX_ENTITIES = 5


def of_candidates(prompts: Prompts, understanding: Understanding, retrieval: Retrieval) -> list[Evidence]:
    """Breadth over complexes: for each, one sentence per condition that it meets.

    A complex about which the data does not hold what was asked gives way to the next.
    """
    wanted = wanted_facets(understanding) or ("location",)
    count = min(MAX_ENTITIES, max(3, MAX_SENTENCES // len(wanted)))
    shown: list[list[Evidence]] = []
    for candidate in retrieval.candidates:
        sentences = [pair for pair in _sentences_of(candidate, retrieval.results) if "none" not in pair[1].tags]
        places = dict(candidate.places)
        found = [
            quote(result, sentence, understanding.language)
            for facet in wanted
            for result, sentence in preferred(prompts, sentences, facet, understanding, 1, places.get(facet, ""))
        ]
        if found:
            shown.append([_compared(prompts, item, candidate, understanding.language) for item in found])
        if len(shown) == count:
            break
    return [item for found in shown for item in found]


def _sentences_of(candidate: Candidate, results: Sequence[Result]) -> list[tuple[Result, Sentence]]:
    chunks = sorted(
        (item for item in results if item.document_id == candidate.document_id), key=lambda item: item.chunk_id
    )
    return [(result, sentence) for result in chunks for sentence in result.sentences]


def _compared(prompts: Prompts, item: Evidence, candidate: Candidate, language: str) -> Evidence:
    """A price per 3.3 ㎡ goes on to say how it compares with others of its district and time."""
    if item.facet != "unit_price" or not candidate.median or not candidate.unit_price:
        return item
    share = round(100 * (candidate.unit_price / candidate.median - 1))
    key = "compared_lower" if share < 0 else "compared_higher" if share > 0 else "compared_same"
    share, median = abs(share), round(candidate.median)
    added = {
        each: render(
            prompts.messages[key][each],
            count=str(candidate.compared),
            median=f"{median:,}",
            share=str(share),
        )
        for each in ("ko", "en")
    }
    values = item.values and (
        *item.values,
        Value("compared", candidate.compared, "number"),
        Value("median", median * 10_000, "won"),
        Value("share", share, "percent"),
    )
    text = "\n".join([item.text, *added.values()])
    return replace(item, quote=f"{item.quote} {added[language]}", text=text, values=values)
