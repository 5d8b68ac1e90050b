"""A conversation that was kept goes on where it stood."""

from __future__ import annotations

import json
from datetime import date

from assistant.domain import (
    Answer,
    Carried,
    Citation,
    ConversationState,
    Criterion,
    Dropped,
    EntityName,
    Filters,
    HomeSearch,
    Message,
    NextQuestion,
    Question,
    Reading,
    Understanding,
    Usage,
)  # fmt: skip
from assistant.entrypoints.chat.conversation import Conversation, Turn
from assistant.entrypoints.chat.turn_record import conversation_from_records, turn_record

HOME = EntityName("housing:1", "가 단지", "Complex A")
STATE = ConversationState(
    domain="housing",
    search=HomeSearch(Filters(sigungus=("금천구",)), (Criterion("park", 800, name="near-park"),),
                      said=(Reading("park", "공원"),)),
    candidates=(HOME,),
)  # fmt: skip


def _turns() -> list[Turn]:
    first = Question("공원 옆 아파트", domain="housing")
    second = Question("더 싼 곳은?", (Message("user", "공원 옆 아파트"),), state=STATE, without=("price",))
    answer = Answer(
        second, "가 단지입니다. [1]", Understanding("q", "ko", "housing", "shortlist", carried=Carried(STATE)),
        abstained=False, degraded=True, entities=(HOME,), dropped=(Dropped("지어낸 문장", "no evidence"),),
        citations=(Citation(1, "1", "housing:1#supply", "housing:1", "512세대"),), prompt_version="v1", model="none",
        timings_ms={"search": 1.5}, usage=Usage(3, 4), state=STATE, next=NextQuestion("예산은?", ("6억 이하",)),
    )  # fmt: skip
    stopped = Turn("1", first, (), "stopped in the middle")
    return [stopped, Turn("2", second, (Reading("price", "가격: 6억"),), "가 단지입니다. [1]", answer)]


def _kept(turns: list[Turn], forgotten: int) -> Conversation:
    return conversation_from_records(json.loads(json.dumps([turn_record(turn, forgotten) for turn in turns])))


def test_conversation_comes_back_as_it_was() -> None:
    turns = _turns()
    talk = _kept(turns, 1)
    assert talk.turns == turns
    assert talk.forgotten == 1
    assert talk.question("다음", None).state == STATE


def test_turn_that_another_version_wrote_is_left_out() -> None:
    records = [turn_record(turn, 0) for turn in _turns()]
    records[1]["turn"]["answer"]["state"] = {"domain": "housing", "search": 7}
    assert [turn.id for turn in conversation_from_records(records).turns] == ["1"]
    assert conversation_from_records([{"turn": {"id": "1"}}]).turns == []


def test_day_in_a_condition_is_a_day_again() -> None:
    turn = _turns()[0]
    turn.question = Question("q", state=ConversationState(search=HomeSearch(Filters(move_in_from=date(2031, 5, 1)))))
    assert _kept([turn], 0).turns[0].question == turn.question
