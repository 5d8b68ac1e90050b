"""A predicted help entry takes the place of another only where it is surely the one; the search stands otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.answering.evidence import may_be_an_entry, of_prediction
from assistant.domain import EntityName, Evidence, Language, ListingFilters, Reading, Result, Sentence, Understanding
from assistant.domain.inquiries import FaqMatch, Prediction
from assistant.retrieval.retriever import Retrieval

KO: Language = "ko"


def _entry(id_: str) -> Result:
    sentence = Sentence(f"{id_}의 답입니다.", facet="faq")
    return Result(1, 1.0, f"faq:{id_}", id_, f"faq:{id_}#faq", "faq", f"{id_}?", f"{id_}?", "faq", "", (sentence,))


def _evidence(id_: str) -> Evidence:
    return Evidence(1, f"faq:{id_}", id_, f"faq:{id_}#faq", f"{id_}?", f"{id_}?", "faq", "답", "답")


def _predicted(*probabilities: tuple[str, float], none: float = 0.0, chosen: str = "") -> list[str]:
    prediction = Prediction(tuple(FaqMatch(id_, f"{id_}?", share) for id_, share in probabilities), none)
    given = (_evidence(chosen),) if chosen else ()
    found = of_prediction(
        prediction,
        Understanding("수수료가 있나요", KO, None, "howto"),
        given,
        lambda ids: [_entry(id_.removeprefix("faq:")) for id_ in ids],
        str.split,
    )
    return [item.source_id for item in found]


@pytest.mark.parametrize(
    ("chosen", "probabilities", "none", "answers"),
    [
        ("", [("fee", 0.65)], 0.1, ["fee"]),
        ("", [("fee", 0.45)], 0.1, []),
        ("tax", [("fee", 0.9)], 0.0, ["fee"]),
        ("tax", [("fee", 0.45), ("tax", 0.4)], 0.0, ["tax"]),
        ("tax", [("fee", 0.45), ("tax", 0.3)], 0.0, ["fee"]),
        ("tax", [("fee", 0.25)], 0.1, ["tax"]),
        ("fee-en", [("fee", 0.9)], 0.0, ["fee-en"]),
        ("tax", [("fee", 0.1)], 0.85, []),
        ("tax", [("fee", 0.3), ("tax", 0.2)], 0.5, ["tax"]),
        ("tax", [("fee", 0.3), ("tax", 0.1)], 0.5, []),
    ],
)
def test_which_entry_answers(
    chosen: str, probabilities: list[tuple[str, float]], none: float, answers: list[str]
) -> None:
    assert _predicted(*probabilities, none=none, chosen=chosen) == answers


def test_a_question_about_a_complex_is_none_for_the_help_centre() -> None:
    name = EntityName("housing:1", "가온", "Gaon")
    assert may_be_an_entry(Understanding("수수료가 있나요", KO, None, "howto"), Retrieval(()), ())
    assert not may_be_an_entry(Understanding("가온 수수료", KO, None, "detail", entities=(name,)), Retrieval(()), ())
    assert not may_be_an_entry(Understanding("집", KO, "housing", "explore"), Retrieval(()), ())


def test_what_no_post_offers_may_be_asked_about_the_marketplace() -> None:
    posts = Understanding("판매글 올리는 법", KO, "listing", "explore", listing=ListingFilters())
    assert may_be_an_entry(posts, Retrieval(()), ())
    assert not may_be_an_entry(posts, Retrieval(()), (_evidence("post"),))
    forbidden = replace(posts, readings=(Reading("prohibited", "담배"),))
    assert not may_be_an_entry(forbidden, Retrieval(()), ())
