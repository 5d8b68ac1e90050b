"""What people say of answers: kept with the turn, masked, and read back as cases are made of it."""

from __future__ import annotations

from uuid import uuid4

from psycopg_pool import ConnectionPool

from assistant.adapters.postgres.feedback import Feedback
from assistant.domain import Answer, Citation, Message, Question, Rating, Understanding, Usage
from eval.checks.feedback import candidates

ANSWER = Answer(
    Question("제 번호는 010-1234-5678인데 가 단지 입주 언제예요?", (Message("user", "kim@example.com 입니다"),)),
    "2031년 5월입니다. [1]", Understanding("q", "ko", "housing", "detail"), abstained=False, degraded=True, entities=(),
    citations=(Citation(1, "1", "housing:1#schedule", "housing:1", "2031년 5월"),), dropped=(), prompt_version="v1",
    model="none", timings_ms={}, usage=Usage(),
)  # fmt: skip


def test_rating_is_kept_with_its_turn_and_without_what_is_private(pool: ConnectionPool) -> None:
    feedback = Feedback(pool)
    feedback.keep(Rating(str(uuid4()), False, "wrong", "010 9876 5432로 전화 주세요", "lee"), ANSWER)
    (row,) = feedback.all()
    assert (row["rating"], row["reason"], row["rated_by"]) == ("down", "wrong", "lee")
    assert (row["prompt_version"], row["model"], row["degraded"]) == ("v1", "none", True)
    assert row["evidence"] == ["housing:1#schedule"]
    assert "입주 언제예요?" in row["question"]
    assert not any(private in str(row) for private in ("1234", "9876", "kim@"))
    (candidate,) = candidates([row])
    assert candidate["reason"] == "wrong"


def test_second_thought_replaces_the_first(pool: ConnectionPool) -> None:
    feedback, id_ = Feedback(pool), str(uuid4())
    feedback.keep(Rating(id_, False, "wrong"), ANSWER)
    feedback.keep(Rating(id_, True), ANSWER)
    (row,) = feedback.all()
    assert (row["rating"], row["reason"]) == ("up", "")
