"""The earlier turns of a conversation, as the next question carries them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.domain import Message

REMEMBERED_MESSAGES = 12  # six turns: the understanding reads as many


def remembered(history: Sequence[Message], question: str, answer: str) -> tuple[Message, ...]:
    """``history`` with this turn added, cut to the last ``REMEMBERED_MESSAGES`` messages, oldest first.

    ``answer`` is the text that was released; a turn without one (stopped, failed) is remembered by its question only.
    """
    turn = [Message("user", question)]
    if answer.strip():
        turn.append(Message("assistant", answer.strip()))
    return tuple([*history, *turn][-REMEMBERED_MESSAGES:])
