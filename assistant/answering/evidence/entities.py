"""Evidence about complexes that the question names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from assistant.answering.evidence.facets import preferred
from assistant.answering.evidence.quoting import MAX_SENTENCES, quote
from assistant.domain import Evidence, Result, Understanding
from assistant.retrieval.retriever import wanted_facets
from prompts.loader import Prompts

MAX_TYPES = 8
OVERVIEW = ("location", "households", "move_in", "price_range", "station", "park")

Terms = Callable[[str], list[str]]


def of_entities(
    prompts: Prompts, understanding: Understanding, results: Sequence[Result], terms: Terms
) -> list[Evidence]:
    """Depth within the named complexes: facets asked for, else sentences with the question's words, or an overview."""
    found: list[Evidence] = []
    wanted = wanted_facets(understanding) or (() if understanding.unmatched else OVERVIEW)
    share = max(1, MAX_SENTENCES // max(1, len(understanding.entities)))
    depth = 1
    for entity in understanding.entities:
        sentences = [
            (result, sentence) for result in results if result.document_id == entity.id for sentence in result.sentences
        ]
        # One complex and one thing asked: that thing in depth. Otherwise what answers first, of each.
        depth = 4 if len(wanted) == len(understanding.entities) == 1 else 1
        depth = MAX_TYPES if understanding.type_label == "*" else depth
        chosen = [pair for facet in wanted for pair in preferred(prompts, sentences, facet, understanding, depth)]
        if not wanted:
            # All of what is asked must be spoken of: "parking spaces per home" is not answered by any "per home".
            asked = {left.term for left in understanding.unmatched if left.told}
            chosen = [pair for pair in sentences if asked and asked <= set(terms(f"{pair[1].ko} {pair[1].en}"))]
        found += [quote(result, sentence, understanding.language) for result, sentence in chosen[: max(share, depth)]]
    return found
