"""Goods asked about without a word of a market are looked for among the posts, where nothing else answers."""

from __future__ import annotations

import pytest
from shipped import PROMPTS

from assistant.domain import EntityName, Understanding
from assistant.retrieval.post_fallback import posts_instead
from assistant.understanding import Vocabulary

HANBIT = EntityName("housing:1", "한빛 트레비앙", "Hanbit Trebien")


def _tag(text: str) -> list[tuple[str, str, int]]:
    return [(word, "NNG", text.index(word)) for word in text.split()]


@pytest.mark.parametrize(
    ("text", "facets", "kinds"),
    [
        ("삼성 모니터 값", ("price",), ("monitor",)),
        ("애플펜슬 2세대랑 버즈 비교", ("price",), ("stylus", "galaxy_buds")),
        ("책상 얼마에 나왔어요", ("price",), ("desk",)),
    ],
)
def test_what_names_goods_is_asked_of_posts(text: str, facets: tuple[str, ...], kinds: tuple[str, ...]) -> None:
    instead = posts_instead(Understanding(text, "ko", None, "explore", facets=facets), Vocabulary(PROMPTS), _tag)
    assert instead is not None
    assert instead.listing is not None
    assert instead.listing.kinds == kinds


@pytest.mark.parametrize(
    "understanding",
    [
        Understanding("한빛 트레비앙 책상", "ko", "housing", "detail", entities=(HANBIT,)),
        Understanding("노을빛 시공사", "ko", None, "explore", facets=("builder",)),  # posts have no builder
        Understanding("노을빛 7차 분양가", "ko", None, "explore", facets=("price",)),  # speaks of homes
        Understanding("책상 환불 되나요", "ko", None, "howto"),  # asks for a rule
    ],
)
def test_what_is_of_homes_or_rules_is_not(understanding: Understanding) -> None:
    assert posts_instead(understanding, Vocabulary(PROMPTS), _tag) is None


def test_a_word_that_one_name_alone_has_names_the_complex() -> None:
    other = EntityName("housing:2", "노을 센트럴", "Noeul Central")
    third = EntityName("housing:3", "가람 센트럴", "Garam Central")
    vocabulary = Vocabulary(
        PROMPTS,
        entities=[(HANBIT, ()), (other, ()), (third, ())],
        is_word=lambda word: word in ("한빛", "노을", "가람"),
    )
    assert vocabulary.named_by_word("트레비앙은") == (HANBIT,)
    assert vocabulary.named_by_word("센트럴") == ()
    assert vocabulary.named_by_word("트레비") == ()
