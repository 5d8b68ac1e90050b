"""What a later turn of a conversation is about."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.domain import Message, Question, Understanding
from assistant.entrypoints.json_forms.conversation import state_from_json, state_json
from assistant.understanding import after, understand
from vocabularies import GAON, HANBIT, NARAE, tokenizer, vocabulary

LIST = "- 독산 한빛마루 자이 … [1]\n- 나래뷰 센트럴 … [2]\n- 광명 가온 푸르지오 3차 … [3]"
PRICE = "독산 한빛마루 자이 84 얼마야?"
ABOUT_HANBIT = "독산 한빛마루 자이의 … [1]"
ABOUT_GAON = "광명 가온 푸르지오 3차의 … [1]"


def ask(text: str, *history: str) -> Understanding:
    turns = tuple(Message("assistant" if index % 2 else "user", content) for index, content in enumerate(history))
    return understand(Question(text, turns), vocabulary(), tokenizer().tagged, date(2026, 11, 22))


@pytest.mark.parametrize(
    ("text", "history", "entities", "facets"),
    [
        ("두번째는?", ("금천구 아파트", LIST, "첫번째 입주 언제야", ABOUT_HANBIT), [NARAE], ["move_in"]),
        ("마지막 거는?", ("금천구 아파트", LIST, "첫번째 입주 언제야", ABOUT_HANBIT), [GAON], ["move_in"]),
        ("세 번째 세대수", ("금천구 아파트", LIST, "첫번째 입주 언제야", ABOUT_HANBIT), [GAON], ["households"]),
        ("1번이랑 3번 중 뭐가 더 싸?", ("금천구 아파트", LIST), [HANBIT, GAON], ["price"]),
        (
            "둘 중 어디가 더 싸?",
            (PRICE, ABOUT_HANBIT, "가온 푸르지오 3차는?", ABOUT_GAON),
            [HANBIT, GAON],
            ["price"],
        ),
        ("가온 푸르지오 3차랑 비교하면?", (PRICE, ABOUT_HANBIT), [HANBIT, GAON], ["price"]),
        ("근처에 공원은 있어?", (PRICE, ABOUT_HANBIT), [HANBIT], ["park"]),
        ("평당가는?", (PRICE, ABOUT_HANBIT), [HANBIT], ["unit_price"]),
        ("계약금 10%면?", (PRICE, ABOUT_HANBIT), [HANBIT], []),
        ("주차는?", (PRICE, ABOUT_HANBIT), [HANBIT], []),
        # A rule asked in between changes neither the complex nor the list.
        ("경쟁률은?", (PRICE, ABOUT_HANBIT, "전매제한이 뭐야?", "…"), [HANBIT], ["competition"]),
        ("두번째 입주는?", ("금천구 아파트", LIST, "전매제한이 뭐야?", ABOUT_GAON), [NARAE], ["move_in"]),
        ("what about the second one's move-in date?", ("apartments in Geumcheon-gu", LIST), [NARAE], ["move_in"]),
        ("which of the two is cheaper?", (PRICE, ABOUT_HANBIT, "가온 푸르지오 3차는?", ""), [HANBIT, GAON], ["price"]),
    ],
)
def test_what_is_left_out_is_the_complex_at_hand(
    text: str, history: tuple[str, ...], entities: list[object], facets: list[str]
) -> None:
    understood = ask(text, *history)
    assert list(understood.entities) == entities
    assert list(understood.facets) == facets


def test_the_size_asked_for_stays_with_the_question() -> None:
    understood = ask("가온 푸르지오 3차는?", PRICE, ABOUT_HANBIT)
    assert (understood.entities, understood.facets, understood.filters.min_area) == ((GAON,), ("price",), 84.0)
    assert ask("59는?", PRICE, ABOUT_HANBIT).filters.min_area == 59.0


def test_another_place_is_another_search() -> None:
    understood = ask("광명은?", "금천구 8억 이하 아파트", LIST, "첫번째 입주 언제야", ABOUT_HANBIT)
    assert not understood.entities
    assert (understood.filters.sigungus, understood.filters.max_price) == (("광명시",), 80_000)


def test_a_new_limit_replaces_both_ends_of_the_old() -> None:
    understood = ask("8억 이상은?", "금천구 5억 이하 아파트", LIST)
    assert (understood.filters.min_price, understood.filters.max_price) == (80_000, None)


def test_the_order_asked_for_holds_on() -> None:
    assert ask("광명만", "제일 싼 아파트 금천구", LIST).sort == "price:up"


def test_a_name_that_no_document_has_is_not_a_matter_of_the_complex_at_hand() -> None:
    understood = ask("그럼 헬리오시티는?", PRICE, ABOUT_HANBIT)
    assert understood.unknown_names
    assert not understood.entities
    assert not ask("가점은?", PRICE, ABOUT_HANBIT, "그럼 헬리오시티는?", "…").entities


def test_looking_for_others_leaves_the_complex_at_hand() -> None:
    assert not ask("금천구에 다른 아파트는?", PRICE, ABOUT_HANBIT).entities


def test_another_topic_leaves_the_complex_at_hand() -> None:
    for question in ("중고 어린이 자전거 있어?", "자전거 가격 얼마야?"):
        assert not ask(question, PRICE, ABOUT_HANBIT).entities
        assert not ask(question, "금천구 아파트", LIST).entities


def test_a_look_at_the_market_forgets_no_complex() -> None:
    understood = ask("그 단지 입주는?", PRICE, ABOUT_HANBIT, "중고 자전거 있어?", "- 자전거 … [1]")
    assert (understood.entities, understood.facets) == ((HANBIT,), ("move_in",))


@pytest.mark.parametrize(
    ("before", "text", "least", "most", "replaced"),
    [
        ("금천구 6억 이하 아파트", "아니 6억 말고 8억까지", None, 80_000, ("6억 이하", "8억까지")),
        ("금천구 6억 이하 아파트", "7억으로 올려줘", None, 70_000, ("6억 이하", "7억 이하")),
        ("금천구 6억 이하 아파트", "아니 9", None, 90_000, ("6억 이하", "9억 이하")),
        ("apartments in Geumcheon-gu under 600 million won", "make it 8 instead", None, 80_000, None),
        ("apartments in Geumcheon-gu under 600 million won", "no, 700 million", None, 70_000, None),
        ("apartments in Geumcheon-gu over 600 million won", "make it 700", 70_000, None, None),
    ],
)
def test_another_figure_takes_the_place_of_the_earlier_one_and_that_is_noted(
    before: str, text: str, least: int | None, most: int | None, replaced: tuple[str, str] | None
) -> None:
    understood = ask(text, before, LIST)
    assert (understood.filters.min_price, understood.filters.max_price) == (least, most)
    assert understood.filters.sigungus == ("금천구",)
    assert understood.carried.replaced
    if replaced and "말고" not in text:
        assert understood.carried.replaced == (replaced,)


@pytest.mark.parametrize("text", ["8층", "8월에 입주", "make it 8 rooms", "왜 8이야?"])
def test_a_figure_of_something_else_is_no_other_limit(text: str) -> None:
    understood = ask(text, "금천구 6억 이하 아파트", LIST)
    assert understood.filters.max_price in (60_000, None)
    assert not understood.carried.replaced


@pytest.mark.parametrize(
    ("before", "text", "least", "most"),
    [
        ("금천구 1000세대 이상 아파트", "아니 500 이상", 500, None),
        ("apartments in Geumcheon-gu with more than 1000 households", "no, at most 900", None, 900),
    ],
)
def test_a_limit_without_its_unit_is_in_that_of_the_condition_before(
    before: str, text: str, least: int | None, most: int | None
) -> None:
    filters = ask(text, before, LIST).filters
    assert (filters.min_households, filters.max_households) == (least, most)


def test_another_brand_leaves_no_word_of_the_one_before() -> None:
    understood = ask("그럼 자이", "금천구 푸르지오", LIST)
    assert "푸르지오" not in [reading.words for reading in understood.readings]


def test_how_far_is_asked_of_what_the_question_before_named() -> None:
    assert ask("걸어서 몇 분?", "독산 한빛마루 자이 근처 공원", ABOUT_HANBIT).facets == ("park",)
    assert ask("how far is it?", PRICE, ABOUT_HANBIT).facets == ("station",)


def test_cheaper_than_one_complex_is_looked_for_around_it_in_its_size() -> None:
    understood = ask("더 싼 거 없어?", PRICE, ABOUT_HANBIT)
    assert (understood.filters.min_area, understood.filters.except_ids) == (84.0, (HANBIT.id,))
    assert understood.carried.beside == HANBIT.name_ko


def test_a_place_beyond_the_last_list_is_none() -> None:
    assert ask("다섯 번째는?", "금천구 아파트", LIST).carried.beyond
    assert not ask("세 번째는?", "금천구 아파트", LIST).carried.beyond


def test_starting_over_leaves_every_condition_behind() -> None:
    understood = ask("처음부터 다시, 광명 아파트", "금천구 6억 이하 아파트", LIST)
    assert understood.carried.fresh
    assert (understood.filters.sigungus, understood.filters.max_price) == (("광명시",), None)


def test_what_still_applies_in_another_place_is_noted() -> None:
    assert ask("광명은?", "금천구 6억 이하 아파트", LIST).carried.kept == ("6억 이하",)
    assert not ask("그중 1000세대 이상", "금천구 6억 이하 아파트", LIST).carried.kept


@pytest.mark.parametrize(
    "history",
    [
        ("금천구 6억 이하 아파트", LIST, "첫번째 입주 언제야", ABOUT_HANBIT),
        ("금천구 아파트 중에 가장 싼 84", LIST, "가온 푸르지오 3차는?", ABOUT_GAON),
        (PRICE, ABOUT_HANBIT, "중고 자전거 5만원 이하", "- 자전거 … [1]"),
        ("apartments with a park nearby in Geumcheon-gu, moving in by 2031", LIST),
    ],
)
@pytest.mark.parametrize("text", ["두번째는?", "광명은?", "그 단지 입주는?", "더 싼 거", "what about the first one?"])
def test_a_state_that_is_carried_says_what_the_messages_would(history: tuple[str, ...], text: str) -> None:
    from_messages = ask(text, *history)
    carried = state_from_json(state_json(from_messages.carried.before))
    assert carried == from_messages.carried.before
    question = Question(text, state=carried)
    assert understand(question, vocabulary(), tokenizer().tagged, date(2026, 11, 22)) == from_messages


def test_a_read_out_can_be_taken_back_whoever_set_it() -> None:
    first = understand(
        Question("금천구 6억 이하 공원 가까운 아파트", without=("price",)),
        vocabulary(),
        tokenizer().tagged,
        date.today(),
    )
    assert (first.filters.max_price, first.filters.sigungus) == (None, ("금천구",))
    assert [wish.key for wish in first.criteria] == ["park"]
    state = after(first.carried.before, first, (HANBIT, NARAE))
    second = understand(
        Question("1000세대 이상만", state=state, without=("park",)), vocabulary(), tokenizer().tagged, date.today()
    )
    assert (second.filters.min_households, second.filters.sigungus, second.criteria) == (1000, ("금천구",), ())
    of_hanbit = Question("첫 번째 입주는?", state=state, without=(HANBIT.id,))
    assert understand(of_hanbit, vocabulary(), tokenizer().tagged, date.today()).entities == (NARAE,)


@pytest.mark.parametrize("state", ["x", {"stage": "never"}, {"search": {"filters": {"max_price": "much"}}}])
def test_a_state_of_another_form_is_refused_with_the_place(state: object) -> None:
    with pytest.raises(ValueError, match='"state'):
        state_from_json(state)
