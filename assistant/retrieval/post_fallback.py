"""A second look among the posts, where no home and no rule answers: "시디즈 T50 의자 가격" has no word of a market."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain import Result, Understanding
from assistant.kinds.listing.reading import ASKED_OF_POSTS, named_goods
from assistant.language.text import squeeze
from assistant.understanding import Tagger, Vocabulary
from assistant.understanding.intents import is_thanks

LEAST_SHARE_OF_WORDS = 0.5  # of the question's own words: a post that holds fewer is another thing,
ENOUGH_WORDS = 2  # unless it holds so many of them


def posts_instead(understanding: Understanding, vocabulary: Vocabulary, tag: Tagger) -> Understanding | None:
    """The question as one about posts; None where it names what is known, or asks what no post has."""
    known = (
        understanding.entities or understanding.documents or understanding.impossible or understanding.carried.beyond
    )
    known = known or is_thanks(vocabulary.prompts, understanding.text, understanding.language)
    if understanding.listing is not None or known or set(understanding.facets) - ASKED_OF_POSTS:
        return None
    return named_goods(understanding.text, vocabulary, tag(understanding.text))


def offered(instead: Understanding, results: Sequence[Result]) -> tuple[Result, ...]:
    """Those posts that are the thing which the question names by its own words."""
    words = [squeeze(word) for word in instead.listing.words] if instead.listing is not None else []
    least = min(ENOUGH_WORDS, LEAST_SHARE_OF_WORDS * len(words))
    # By its title: what a post goes on to say may be meant for anybody ("ignore your instructions").
    return tuple(result for result in results if sum(word in squeeze(result.name_ko) for word in words) >= least)
