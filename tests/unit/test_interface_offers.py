"""What stands around an answer: chips of what was understood, and homes as cards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from shipped import PROMPTS

from assistant.domain import (
    Answer,
    Carried,
    Citation,
    Complex,
    ConversationState,
    Criterion,
    EntityName,
    Filters,
    HomeSearch,
    ListingFilters,
    Nearby,
    Question,
    Reading,
    Understanding,
    Usage,
)
from assistant.entrypoints.chat.cards import card_props, shows_cards
from assistant.entrypoints.chat.chips import Chip, chips
from assistant.entrypoints.chat.offers import changes_topic
from assistant.entrypoints.chat.texts import texts

SEARCH = Understanding(
    "q", "ko", "housing", "explore",
    filters=Filters(sigungus=("금천구",), max_price=80_000),
    criteria=(Criterion("station", 500, name="near-station"),),
    readings=(Reading("price", "8억 이하"), Reading("households", "몇 세대")),
)  # fmt: skip
HOME = Complex(
    "housing:1", "가 단지", "Complex A", "금천구", 1_204, date(2031, 5, 1), date(2031, 2, 1), "sale", 54_000, 85_000,
    (Nearby("park", "가 공원", "Park A", 320), Nearby("station", "가역", "Station A", 1_540, lines=("7호선", "2호선"))),
)  # fmt: skip


def answer(understanding: Understanding, *names: str) -> Answer:
    return Answer(
        Question("q"), "text", understanding, abstained=False, degraded=False,
        entities=tuple(EntityName(f"housing:{number}", name, name) for number, name in enumerate(names, start=1)),
        citations=(Citation(3, "1", "housing:1#park", "housing:1", "가 단지에서 320m입니다."),),
        dropped=(), prompt_version="v", model="none", timings_ms={}, usage=Usage(),
    )  # fmt: skip


def test_chips_are_the_conditions_and_not_what_was_asked_of_the_homes() -> None:
    shown = chips(PROMPTS, SEARCH, texts("ko"))
    assert [chip.key for chip in shown] == ["sigungu", "price", "near-station"]
    assert shown[0].text == "지역: 금천구"
    assert shown[1].text == "가격: 8억 이하"
    assert "500m" in shown[2].text


def test_chips_hold_what_an_earlier_question_set_in_its_words() -> None:
    before = ConversationState(search=HomeSearch(SEARCH.filters, said=(Reading("price", "8억 넘지 않는"),)))
    later = replace(SEARCH, readings=(), carried=Carried(before))
    assert Chip("price", "가격: 8억 넘지 않는", "8억 넘지 않는") in chips(PROMPTS, later, texts("ko"))


def test_chips_of_a_question_about_posts_are_conditions_on_posts() -> None:
    posts = Understanding(
        "q", "en", "listing", "explore", listing=ListingFilters(kinds=("desk",), max_won=50_000, sigungus=("금천구",)),
        readings=(Reading("goods", "desk"), Reading("price", "under 50,000 won"), Reading("sigungu", "Geumcheon-gu")),
    )  # fmt: skip
    assert chips(PROMPTS, posts, texts("en")) == [
        Chip("goods", "goods: desk"),
        Chip("price", "price: under 50,000 won", "under 50,000 won"),
        Chip("sigungu", "area: Geumcheon-gu", "Geumcheon-gu"),
    ]


def test_a_card_tells_a_home_at_a_glance_with_the_sentence_that_was_cited() -> None:
    props = card_props(answer(SEARCH, "가 단지"), [HOME], date(2031, 3, 1), texts("ko"))
    assert props["cards"] == [
        {
            "id": "housing:1",
            "name": "가 단지",
            "other_name": "Complex A",
            "district": "금천구",
            "move_in": "2031년 5월",
            "households": "1,204세대",
            "price": "5억 4,000만원 – 8억 5,000만원",
            "why": "가 단지에서 320m입니다.",
            "closed": "청약 접수가 끝난 공고입니다.",
            "near": {
                "park": {"name": "가 공원", "distance": 320, "text": "가 공원 320m"},
                "station": {"name": "가역 (7호선·2호선)", "distance": 1540, "text": "가역 (7호선·2호선) 1,540m"},
            },
        }
    ]
    assert props["reach"] == 1_540
    assert props["kinds"][:2] == [  # type: ignore[index]
        {"key": "station", "label": "가까운 역", "mark": "■"},
        {"key": "park", "label": "가까운 공원", "mark": "●"},
    ]


def test_what_is_not_known_stays_empty() -> None:
    unknown = replace(
        HOME, households=None, move_in=None, receipt_end=None, lowest_price=None, highest_price=None, nearest=()
    )
    (card,) = card_props(answer(SEARCH), [unknown], date(2031, 3, 1), texts("en"))["cards"]  # type: ignore[misc]
    assert [card[key] for key in ("households", "move_in", "price", "closed", "near")] == ["", "", "", "", {}]


def test_cards_are_for_several_homes() -> None:
    assert shows_cards(answer(SEARCH, "가", "나"))
    assert not shows_cards(answer(SEARCH, "가"))
    assert not shows_cards(answer(replace(SEARCH, why_not=True), "가", "나"))


def test_another_topic_is_one_that_the_conversation_was_not_on() -> None:
    before = Carried(ConversationState(domain="housing", search=HomeSearch()))
    assert changes_topic(answer(replace(SEARCH, domain="listing", carried=before)))
    assert not changes_topic(answer(replace(SEARCH, carried=before)))
    assert not changes_topic(answer(SEARCH))
    assert not changes_topic(answer(replace(SEARCH, domain="listing", carried=replace(before, fresh=True))))
