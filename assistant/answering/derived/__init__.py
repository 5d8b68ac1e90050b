"""What follows from cited figures by computing: which is cheaper, what 10 % of a price is, what a question has wrong.

Models guess at these. Here they are computed, worded by ``prompts/conclusions.yaml``, and cite every figure they use.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.derived.calculation import calculate
from assistant.answering.derived.comparison import compare
from assistant.answering.derived.conclusion import Conclusion
from assistant.answering.derived.conversion import convert
from assistant.answering.derived.numbering import with_conclusions
from assistant.answering.derived.premises import correct
from assistant.answering.derived.superlative import check_first
from assistant.answering.derived.threshold import check_limit
from assistant.answering.derived.types_of_one import rank_types
from assistant.domain import Evidence, Result, Understanding
from prompts.loader import Prompts


def conclude(
    prompts: Prompts, understanding: Understanding, results: Sequence[Result], chosen: Sequence[Evidence]
) -> list[Conclusion]:
    """All that can be computed for this question, in the order it is said. ``chosen``: the evidence of the answer."""
    return [
        *convert(prompts, understanding),
        *correct(prompts, understanding, results, chosen),
        *check_limit(prompts, understanding, results),
        *compare(prompts, understanding, results),
        *rank_types(prompts, understanding, results),
        *calculate(prompts, understanding, results),
    ]


__all__ = ["Conclusion", "check_first", "conclude", "with_conclusions"]
