"""A page's conversation: what the next question carries, and messages that only repeat the last."""

from __future__ import annotations

import pytest

from assistant.domain import Message, Question
from assistant.entrypoints.chat.conversation import REMEMBERED_TURNS, Conversation, Turn


def _held(*texts: str) -> Conversation:
    talk = Conversation()
    for number, text in enumerate(texts):
        turn = Turn(str(number), Question(text))
        talk.begin(turn)
        turn.released = f"a{number}"
    return talk


def test_history_keeps_the_last_turns_in_order() -> None:
    history = _held(*(f"q{number}" for number in range(8))).history()
    kept = range(8 - REMEMBERED_TURNS, 8)
    assert [message.content for message in history] == [f"{who}{number}" for number in kept for who in "qa"]


def test_stopped_turn_is_remembered_by_its_question_alone() -> None:
    talk = Conversation()
    talk.begin(Turn("0", Question("q")))
    assert talk.history() == (Message("user", "q"),)


def test_edited_question_takes_back_what_followed() -> None:
    talk = _held("a", "b", "c")
    talk.take_back("1")
    assert talk.history() == (Message("user", "a"), Message("assistant", "a0"))


def test_what_was_forgotten_is_carried_no_more() -> None:
    talk = _held("a", "b")
    talk.forget()
    assert talk.history() == ()
    talk.take_back("1")
    talk.begin(Turn("1", Question("edited")))
    assert talk.question("next", "faq") == Question("next", (Message("user", "edited"),), domain="faq")


@pytest.mark.parametrize(
    ("text", "echo"),
    [("금천구 아파트", True), (" 금천구 아파트 ", True), ("트", True), ("구", False), ("파트", False), ("네", False)],
)
def test_what_an_input_method_hands_over_twice_is_an_echo(text: str, echo: bool) -> None:
    assert _held("금천구 아파트").echoes("new", text) is echo


def test_the_same_question_a_while_later_is_a_question() -> None:
    talk = _held("금천구 아파트")
    talk.asked_at -= 60
    assert not talk.echoes("new", "금천구 아파트")


def test_an_edited_message_is_no_echo_of_itself() -> None:
    assert not _held("금천구 아파트").echoes("0", "금천구 아파트")
